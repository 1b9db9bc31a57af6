package org.tickwave;

import org.tickwave.kernel.OutputError;

/** What an output is held to. */
public enum Loss {
    /** Half the sum of the squared differences. */
    SQUARED_ERROR(OutputError.Loss.SQUARED_ERROR),
    /** Cross-entropy of the softmax of the output, which holds logits, with a target that adds up to 1. */
    SOFTMAX_CROSS_ENTROPY(OutputError.Loss.SOFTMAX_CROSS_ENTROPY),
    /** Cross-entropy of the logistic function of each output, which is a logit, with a target from 0 to 1. */
    LOGISTIC_CROSS_ENTROPY(OutputError.Loss.LOGISTIC_CROSS_ENTROPY);

    final OutputError.Loss kernel;

    Loss(final OutputError.Loss kernel) {
        this.kernel = kernel;
    }
}
