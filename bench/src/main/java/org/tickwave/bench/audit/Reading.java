package org.tickwave.bench.audit;

/**
 * What an audit measures at a projection. The gradient that is learnt is compared with the true gradient of the frame that is taught,
 * in two readings: at today's weights, which the audited tick read, and at the weights that the frame met on its way up. An error is
 * a share of the norm of the true gradient.
 */
public enum Reading {
    /** The error of the gradient that is learnt, at today's weights. */
    RELATIVE_TODAY,
    /** The same at the weights that the frame met. */
    RELATIVE_MET,
    /** The cosine of the angle between the gradient that is learnt and the true one, at today's weights. */
    COSINE_TODAY,
    /** The same at the weights that the frame met. */
    COSINE_MET,
    /** The error of a gradient of the true error and the activation that was used. */
    FORWARD,
    /** The error of a gradient of the error that was used and the true activation. */
    BACKWARD,
    /** The difference of the true gradients at today's weights and at those that the frame met. */
    DELAY;

    /** How many there are. */
    static final int COUNT = values().length;
}
