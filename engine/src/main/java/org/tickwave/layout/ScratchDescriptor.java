package org.tickwave.layout;

/**
 * The working memory of a pass into a layer. No pass writes the rows beyond the layer's width, so their partial sums stay
 * zero.
 *
 * @param partials vectors of partial sums, one for each row; rows rounded up to whole vectors
 * @param folds    intermediate results of folding, a quarter as many vectors
 * @param sums     the folded sums in float32, padded to whole panels
 * @param taught   past activation of the layer below times the negated rate, in float32, padded to whole panels
 */
public record ScratchDescriptor(long partials, long folds, long sums, long taught) {
    static long bytes(final Geometry geometry, final int layer) {
        final ScratchDescriptor scratch = of(geometry, geometry.width(layer), 0);
        return scratch.taught + geometry.padded(geometry.width(layer - 1)) * Float.BYTES;
    }

    /** @param width of the layer */
    static ScratchDescriptor of(final Geometry geometry, final int width, final long offset) {
        final long partialBytes = geometry.wholeVectors(width) * geometry.lanes() * Float.BYTES;
        final long folds = offset + partialBytes;
        final long sums = folds + lines(partialBytes / 4);
        return new ScratchDescriptor(offset, folds, sums, sums + geometry.padded(width) * Float.BYTES);
    }

    private static long lines(final long bytes) {
        return Geometry.roundUp(bytes, SlotDescriptor.LINE_BYTES);
    }
}
