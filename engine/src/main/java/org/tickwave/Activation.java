package org.tickwave;

import org.tickwave.kernel.Sigma;

/** Activation functions. The slope of each is a function of its output. */
public enum Activation {
    /** x = a. */
    IDENTITY(Sigma.IDENTITY),
    /** x = tanh a. */
    TANH(Sigma.TANH),
    /** x = 1 / (1 + e^-a). */
    LOGISTIC(Sigma.LOGISTIC),
    /** x = max(a, 0). The slope at 0 is 0. */
    RELU(Sigma.RELU),
    /** x = a from zero on, a / 100 below zero. The slope at 0 is 1. */
    LEAKY_RELU(Sigma.LEAKY_RELU);

    final Sigma sigma;

    Activation(final Sigma sigma) {
        this.sigma = sigma;
    }
}
