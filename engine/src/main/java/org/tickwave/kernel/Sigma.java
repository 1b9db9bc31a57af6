package org.tickwave.kernel;

/** The activation functions: those whose slope is a function of their output. */
public enum Sigma {
    IDENTITY, TANH, LOGISTIC, RELU, LEAKY_RELU;

    /** The slope of the leaky ReLU below zero. */
    public static final float LEAK = 0.01f;
}
