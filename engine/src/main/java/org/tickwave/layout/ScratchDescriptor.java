package org.tickwave.layout;

/**
 * What a pass into a layer needs for itself: one vector of partial sums a row, what folding them leaves on its way, the
 * sums, and what the tick teaches of the layer below. Rows beyond the layer's width are never written, so their partial sums
 * stay zero.
 *
 * @param partials vectors, one a row, rows rounded up to whole vectors
 * @param folds    a quarter as many
 * @param sums     float32, padded to whole panels
 * @param taught   float32, as many as the layer below is wide, padded to whole panels
 */
public record ScratchDescriptor(long partials, long folds, long sums, long taught) {
    static long bytes(final Geometry geometry, final int layer) {
        final ScratchDescriptor scratch = of(geometry, layer, 0);
        return scratch.taught + geometry.padded(geometry.width(layer - 1)) * Float.BYTES;
    }

    static ScratchDescriptor of(final Geometry geometry, final int layer, final long offset) {
        final int width = geometry.width(layer);
        final long partialBytes = geometry.wholeVectors(width) * geometry.lanes() * Float.BYTES;
        final long folds = offset + partialBytes;
        final long sums = folds + lines(partialBytes / 4);
        return new ScratchDescriptor(offset, folds, sums, sums + geometry.padded(width) * Float.BYTES);
    }

    private static long lines(final long bytes) {
        return Geometry.roundUp(bytes, SlotDescriptor.LINE_BYTES);
    }
}
