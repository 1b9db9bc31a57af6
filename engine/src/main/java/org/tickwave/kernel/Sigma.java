package org.tickwave.kernel;

/** Activation functions. The slope of each is a function of its output. */
public enum Sigma {
    IDENTITY, TANH, LOGISTIC, RELU, LEAKY_RELU;

    /** The slope of the leaky ReLU below zero. */
    public static final float LEAK = 0.01f;
}
