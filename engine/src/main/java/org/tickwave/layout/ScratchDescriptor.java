package org.tickwave.layout;

/**
 * What a pass into a layer needs for itself: one vector of partial sums a row, what folding them leaves on its way, and
 * the sums. Rows beyond the layer's width are never written, so their partial sums stay zero.
 *
 * @param partials vectors, one a row, rows rounded up to whole vectors
 * @param folds    a quarter as many
 * @param sums     float32, padded to whole panels
 */
public record ScratchDescriptor(long partials, long folds, long sums) {
    static long bytes(final Geometry geometry, final int width) {
        final long partials = geometry.wholeVectors(width) * geometry.lanes() * Float.BYTES;
        return partials + lines(partials / 4) + lines(geometry.padded(width) * Float.BYTES);
    }

    static ScratchDescriptor of(final Geometry geometry, final int width, final long offset) {
        final long partials = geometry.wholeVectors(width) * geometry.lanes() * Float.BYTES;
        final long folds = offset + partials;
        return new ScratchDescriptor(offset, folds, folds + lines(partials / 4));
    }

    private static long lines(final long bytes) {
        return Geometry.roundUp(bytes, SlotDescriptor.LINE_BYTES);
    }
}
