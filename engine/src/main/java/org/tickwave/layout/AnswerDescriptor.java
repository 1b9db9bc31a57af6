package org.tickwave.layout;

/**
 * The working memory of a forward pass through all layers that leaves the waves alone. All layers share it. So it is as large as
 * the widest layer needs, and means nothing between two passes.
 *
 * @param partials the sixteen partial sums of each row, in one, two or four parts; rows rounded up to a multiple of sixteen
 * @param folds    intermediate results of folding, a quarter as large
 * @param sums     the folded sums in float32, padded
 * @param frame    the frame in float32, padded; its padding stays zero
 * @param odd      the activation of layer 1, then of layer 3, and so on, in float32, padded
 * @param even     the activation of layer 2, then of layer 4, and so on, in float32, padded
 */
public record AnswerDescriptor(long partials, long folds, long sums, long frame, long odd, long even) {
    static long bytes(final Geometry geometry) {
        return of(geometry, 0).even + widestBytes(geometry);
    }

    static AnswerDescriptor of(final Geometry geometry, final long offset) {
        final ScratchDescriptor pass = ScratchDescriptor.of(geometry.widest(), offset);
        final long frame = pass.taught();
        final long odd = frame + Geometry.padded(geometry.width(0)) * Float.BYTES;
        return new AnswerDescriptor(pass.partials(), pass.folds(), pass.sums(), frame, odd, odd + widestBytes(geometry));
    }

    private static long widestBytes(final Geometry geometry) {
        return Geometry.padded(geometry.widest()) * Float.BYTES;
    }

    /** Where a layer's activation stands. */
    public long activation(final int layer) {
        return (layer & 1) == 1 ? odd : even;
    }
}
