package org.tickwave.layout;

/** A ring: the last {@code slots} vectors of one kind; that of tick t stands in slot t mod slots. */
public record RingDescriptor(long offset, int slots, long strideBytes) {
    RingDescriptor(final Region region) {
        this(region.offset(), region.slots(), region.strideBytes());
    }

    /** The slot of {@code tick}, in bytes from the start of the image; ticks before 0 have slots too, still zero. */
    public long slot(final long tick) {
        return offset + Math.floorMod(tick, slots) * strideBytes;
    }

    public long slotAt(final int index) {
        return offset + index * strideBytes;
    }
}
