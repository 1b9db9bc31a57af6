package org.tickwave.kernel;

/** Offsets outside an image. */
final class WrongOffsets {
    private WrongOffsets() {
    }

    /** At the end, across the end, before the start, and far away. For kernels that handle more than one vector. */
    static long[] of(final TestImage image) {
        final long end = image.segment.byteSize();
        return new long[] {
            end, end - Float.BYTES, end - Lanes.VECTOR / 2, -TestImage.LINE_BYTES, 1L << 40, Long.MIN_VALUE,
        };
    }
}
