package org.tickwave.layout;

/** How the errors of an upper layer come down along an edge of a {@link Wiring}. The ordinal is the code in the digest. */
public enum Feedback {
    /** By the transposed weights. */
    TRANSPOSE,
    /** By a fixed random matrix as large as the weights. */
    RANDOM,
    /** By the signs of the transposed weights. */
    SIGN_SYMMETRIC,
    /** From an output straight to a layer, by a fixed random matrix. */
    DIRECT
}
