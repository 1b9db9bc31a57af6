package org.tickwave.kernel;

/** Offsets at which no vector of an image stands. */
final class WrongOffsets {
    private WrongOffsets() {
    }

    /** At the end, over the end, before the start, far away. For kernels that go on for more than one vector. */
    static long[] of(final TestImage image) {
        final long end = image.segment.byteSize();
        return new long[] {
            end, end - Float.BYTES, end - Lanes.VECTOR / 2, -TestImage.LINE_BYTES, 1L << 40, Long.MIN_VALUE,
        };
    }
}
