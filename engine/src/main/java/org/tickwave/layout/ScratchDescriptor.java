package org.tickwave.layout;

/**
 * The working memory of the passes into a layer. No pass writes the rows beyond the layer's width, so their partial sums stay
 * zero. Partial sums, folds and sums follow one another without a gap, because one loop folds twice.
 *
 * @param partials the sixteen partial sums of each row, in one, two or four parts; rows rounded up to a multiple of sixteen
 * @param folds    intermediate results of folding, a quarter as large
 * @param sums     the folded sums in float32, padded
 * @param taught   past activation of a lower layer times the negated rate, in float32, padded; one projection after the other
 */
public record ScratchDescriptor(long partials, long folds, long sums, long taught) {
    static long bytes(final Geometry geometry, final int layer) {
        int widest = 0;
        for (final int projection : geometry.wiring().into(layer)) {
            widest = Math.max(widest, geometry.width(geometry.wiring().from(projection)));
        }
        return of(geometry.width(layer), 0).taught + Geometry.padded(widest) * Float.BYTES;
    }

    /** @param width of the layer */
    static ScratchDescriptor of(final int width, final long offset) {
        final long sums = sums(offset, width);
        return new ScratchDescriptor(offset, folds(offset, width), sums, sums + Geometry.padded(width) * Float.BYTES);
    }

    /** Where the folds of so many rows stand. */
    public static long folds(final long partials, final int rows) {
        return partials + sumBytes(rows);
    }

    /** Where the sums of so many rows stand. */
    public static long sums(final long partials, final int rows) {
        return folds(partials, rows) + sumBytes(rows) / 4;
    }

    /** Bytes of the partial sums of so many rows. A multiple of four lines. */
    static long sumBytes(final int rows) {
        return Geometry.roundUp(rows, WeightsDescriptor.SUMS) * WeightsDescriptor.SUMS * Float.BYTES;
    }
}
