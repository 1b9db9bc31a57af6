package org.tickwave;

import org.tickwave.kernel.Sigma;

/** The activation functions: those whose slope is a function of their output. */
public enum Activation {
    /** x = a. */
    IDENTITY(Sigma.IDENTITY),
    /** x = tanh a. */
    TANH(Sigma.TANH),
    /** x = 1 / (1 + e^-a). */
    LOGISTIC(Sigma.LOGISTIC),
    /** x = max(a, 0); its slope at 0 is 0. */
    RELU(Sigma.RELU),
    /** x = a, and a / 100 below zero; its slope at 0 is 1. */
    LEAKY_RELU(Sigma.LEAKY_RELU);

    final Sigma sigma;

    Activation(final Sigma sigma) {
        this.sigma = sigma;
    }
}
