package org.tickwave.layout;

/**
 * The working memory of a forward pass through all layers that leaves the waves alone. It means nothing between two passes. All
 * layers share the sums, so these are as large as the widest layer needs. Each layer has an activation of its own, whose padding
 * stays zero; that of an input is the frame.
 */
public final class AnswerDescriptor {
    private final ScratchDescriptor widest;
    private final long[] activations;
    private final long end;

    AnswerDescriptor(final Geometry geometry, final long offset) {
        widest = ScratchDescriptor.of(geometry.widest(), offset);
        activations = new long[geometry.wiring().layers()];
        long next = widest.taught();
        for (int l = 0; l < activations.length; l++) {
            activations[l] = next;
            next += Geometry.padded(geometry.width(l)) * Float.BYTES;
        }
        end = next;
    }

    static long bytes(final Geometry geometry) {
        return new AnswerDescriptor(geometry, 0).end;
    }

    /** The sixteen partial sums of each row of a layer, in one, two or four parts; rows rounded up to a multiple of sixteen. */
    public long partials() {
        return widest.partials();
    }

    /** The partial sums, folds and sums of the widest layer. Those of a narrower layer begin at the same place, and are shorter. */
    public ScratchDescriptor widest() {
        return widest;
    }

    /** Where a layer's activation stands, in float32, padded. */
    public long activation(final int layer) {
        return activations[layer];
    }
}
