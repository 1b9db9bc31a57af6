package org.tickwave;

/**
 * How an error comes down from an upper layer to a lower one. Layers learn the gradient only with TRANSPOSE, under a rule that gives the
 * gradient. Each of the others uses something else in place of the transposed weights.
 */
public enum Feedback {
    /** By the transposed weights of the projection. */
    TRANSPOSE(org.tickwave.layout.Feedback.TRANSPOSE),
    /**
     * By a fixed random matrix as large as the weights of the projection, transposed. Its numbers are normal with variance 1/columns, and
     * come from the engine's seed.
     */
    RANDOM(org.tickwave.layout.Feedback.RANDOM),
    /** By the signs of the transposed weights of the projection, times .8 / &#8730; of their columns. The sign of a zero is zero. */
    SIGN_SYMMETRIC(org.tickwave.layout.Feedback.SIGN_SYMMETRIC),
    /**
     * Straight from every output that the lower layer reaches, each by a fixed random matrix with a row for each neuron of the output and
     * a column for each neuron of the layer, transposed. Its numbers are normal with variance 1/columns, and come from the engine's seed.
     * The projections out of the layer then bring no error down. For a layer, not for a projection.
     */
    DIRECT(org.tickwave.layout.Feedback.DIRECT);

    final org.tickwave.layout.Feedback kind;

    Feedback(final org.tickwave.layout.Feedback kind) {
        this.kind = kind;
    }
}
