package org.tickwave.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A native segment for one call of a kernel, and the expected content after the call, to the bit. Each region has a cache line
 * of canaries before and after it, and holds canaries until it is filled.
 */
final class TestImage implements AutoCloseable {
    static final int LINE_BYTES = 64;
    /** Canaries are NaNs, so they spoil every sum that reads one. The low half of a canary is its place. */
    private static final int CANARY = 0x7fc5_0000;
    private static final int PLACE = 0xffff;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);

    final MemorySegment segment;
    private final Arena arena = Arena.ofConfined();
    private final int[] expected;
    private final boolean[] anything;
    private int end = LINE_BYTES / Float.BYTES;

    TestImage(final int floats) {
        segment = arena.allocate((long) floats * Float.BYTES, 4096);
        expected = new int[floats];
        anything = new boolean[floats];
        Arrays.setAll(expected, i -> CANARY | i & PLACE);
        MemorySegment.copy(expected, 0, segment, INT, 0, floats);
    }

    /** A region of canaries. */
    long region(final int floats) {
        final int line = LINE_BYTES / Float.BYTES;
        final int at = end;
        end = (at + floats + line - 1) / line * line + line;
        if (end > expected.length) {
            throw new IllegalStateException("a test image of " + expected.length + " numbers: needs " + end);
        }
        return (long) at * Float.BYTES;
    }

    /** A region that holds the values, then zeros. */
    long filled(final int floats, final float... values) {
        final long at = region(floats);
        fill(at, Arrays.copyOf(values, floats));
        return at;
    }

    void fill(final long at, final float... values) {
        expect(at, values);
        MemorySegment.copy(expected, index(at), segment, INT, at, values.length);
    }

    void expect(final long at, final float... values) {
        for (int i = 0; i < values.length; i++) {
            expected[index(at) + i] = Float.floatToRawIntBits(values[i]);
        }
    }

    /** For scratch, which may hold anything after the call. */
    void expectAnything(final long at, final int floats) {
        Arrays.fill(anything, index(at), index(at) + floats, true);
    }

    float[] read(final long at, final int floats) {
        final int[] bits = new int[floats];
        MemorySegment.copy(segment, INT, at, bits, 0, floats);
        final float[] values = new float[floats];
        for (int i = 0; i < floats; i++) {
            values[i] = Float.intBitsToFloat(bits[i]);
        }
        return values;
    }

    /** Compares the whole segment. Any NaN equals any NaN, but a canary must be unchanged. */
    void check(final String what) {
        final int[] bits = new int[expected.length];
        MemorySegment.copy(segment, INT, 0, bits, 0, bits.length);
        if (Arrays.equals(bits, expected)) {
            return;
        }
        for (int i = 0; i < bits.length; i++) {
            if (bits[i] != expected[i] && !anything[i] && !bothNaN(bits[i], expected[i])) {
                throw new AssertionError(String.format("%s: at byte %d there is %s (%08x), expected %s (%08x)", what, i * 4L,
                    Float.intBitsToFloat(bits[i]), bits[i], Float.intBitsToFloat(expected[i]), expected[i]));
            }
        }
    }

    private static boolean bothNaN(final int a, final int b) {
        return isNaN(a) && isNaN(b) && !isCanary(a) && !isCanary(b);
    }

    private static boolean isNaN(final int bits) {
        return (bits & 0x7fff_ffff) > 0x7f80_0000;
    }

    private static boolean isCanary(final int bits) {
        return (bits & ~PLACE) == CANARY;
    }

    private static int index(final long at) {
        return Math.toIntExact(at / Float.BYTES);
    }

    @Override
    public void close() {
        arena.close();
    }
}
