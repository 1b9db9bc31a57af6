package org.tickwave;

import org.tickwave.kernel.OutputError;

/** Losses, which compare an output with its target. */
public enum Loss {
    /** Half the sum of squared differences. */
    SQUARED_ERROR(OutputError.Loss.SQUARED_ERROR),
    /** Cross-entropy of the softmax. The output holds logits; the target adds up to 1. */
    SOFTMAX_CROSS_ENTROPY(OutputError.Loss.SOFTMAX_CROSS_ENTROPY),
    /** Cross-entropy of the logistic function of each output. The output holds logits; each target is from 0 to 1. */
    LOGISTIC_CROSS_ENTROPY(OutputError.Loss.LOGISTIC_CROSS_ENTROPY);

    final OutputError.Loss kernel;

    Loss(final OutputError.Loss kernel) {
        this.kernel = kernel;
    }
}
