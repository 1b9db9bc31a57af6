package org.tickwave.layout;

import java.math.BigInteger;

/**
 * A ring: the last {@code slots} vectors of one kind. The vector of tick t stands in slot t mod slots. A layer computes seven
 * slots in a tick, and division is slow, so t / slots is a multiplication by a rounded reciprocal. The result is exact for
 * every t from 0 to 2^63 - 1 (Granlund and Montgomery, Division by Invariant Integers using Multiplication, Theorem 4.2).
 */
public record RingDescriptor(long offset, int slots, long strideBytes, long reciprocal, int shift) {
    private static final int TICK_BITS = Long.SIZE - 1;

    public RingDescriptor(final long offset, final int slots, final long strideBytes) {
        this(offset, slots, strideBytes, reciprocalOf(slots), bits(slots) - 1);
    }

    RingDescriptor(final Region region) {
        this(region.offset(), region.slots(), region.strideBytes());
    }

    /** ceil(2^(63+bits) / slots), unsigned. A ring of one slot does not use this number. */
    private static long reciprocalOf(final int slots) {
        final BigInteger divisor = BigInteger.valueOf(slots);
        return BigInteger.ONE.shiftLeft(TICK_BITS + bits(slots)).add(divisor).subtract(BigInteger.ONE).divide(divisor).longValue();
    }

    /** ceil(log2(slots)), but at least 1. */
    private static int bits(final int slots) {
        return Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(slots - 1));
    }

    /** The slot of {@code tick}, in bytes from the start of the image. Ticks before 0 have slots too; they hold zeros. */
    public long slot(final long tick) {
        return tick < 0 || slots == 1 ? slotAt(Math.floorMod(tick, slots))
            : offset + (tick - (Math.unsignedMultiplyHigh(reciprocal, tick) >>> shift) * slots) * strideBytes;
    }

    public long slotAt(final int index) {
        return offset + index * strideBytes;
    }
}
