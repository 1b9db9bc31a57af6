package org.tickwave.layout;

/**
 * The working memory of a forward pass through all layers that leaves the waves alone. It means nothing between two passes. All
 * layers share the sums, so these are as large as the widest layer needs. Each layer has an activation of its own, whose padding
 * stays zero; that of an input is the frame.
 */
public final class AnswerDescriptor {
    private final ScratchDescriptor sums;
    private final long[] activations;
    private final long end;

    AnswerDescriptor(final Geometry geometry, final long offset) {
        sums = ScratchDescriptor.of(geometry.widest(), offset);
        activations = new long[geometry.wiring().layers()];
        long next = sums.taught();
        for (int l = 0; l < activations.length; l++) {
            activations[l] = next;
            next += Geometry.padded(geometry.width(l)) * Float.BYTES;
        }
        end = next;
    }

    static long bytes(final Geometry geometry) {
        return new AnswerDescriptor(geometry, 0).end;
    }

    /** The sixteen partial sums of each row, in one, two or four parts; rows rounded up to a multiple of sixteen. */
    public long partials() {
        return sums.partials();
    }

    /** Intermediate results of folding, a quarter as large. */
    public long folds() {
        return sums.folds();
    }

    /** The folded sums in float32, padded. */
    public long sums() {
        return sums.sums();
    }

    /** Where a layer's activation stands, in float32, padded. */
    public long activation(final int layer) {
        return activations[layer];
    }
}
