package org.tickwave.pipeline;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.tickwave.layout.SlotDescriptor;

/**
 * The accesses to shared words of the image: the counters, the settings, and the cache line before a slot's vector. A writer opens
 * the slot, writes, and seals the slot with the tick. An observer reads the tick, copies the vector, and reads the tick again. The
 * copy is whole if the tick was the wanted one both times.
 */
public final class Slot {
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();
    private static final VarHandle INT = ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();

    private Slot() {
    }

    static long longAcquire(final MemorySegment image, final long at) {
        return (long) LONG.getAcquire(image, at);
    }

    static void longRelease(final MemorySegment image, final long at, final long value) {
        LONG.setRelease(image, at, value);
    }

    static long longOpaque(final MemorySegment image, final long at) {
        return (long) LONG.getOpaque(image, at);
    }

    static void longOpaque(final MemorySegment image, final long at, final long value) {
        LONG.setOpaque(image, at, value);
    }

    static int intAcquire(final MemorySegment image, final long at) {
        return (int) INT.getAcquire(image, at);
    }

    static void intRelease(final MemorySegment image, final long at, final int value) {
        INT.setRelease(image, at, value);
    }

    static int intOpaque(final MemorySegment image, final long at) {
        return (int) INT.getOpaque(image, at);
    }

    static void intOpaque(final MemorySegment image, final long at, final int value) {
        INT.setOpaque(image, at, value);
    }

    static float floatOpaque(final MemorySegment image, final long at) {
        return Float.intBitsToFloat((int) INT.getOpaque(image, at));
    }

    static void floatOpaque(final MemorySegment image, final long at, final float value) {
        INT.setOpaque(image, at, Float.floatToRawIntBits(value));
    }

    static long vector(final long slot) {
        return slot + SlotDescriptor.VECTOR_OFFSET;
    }

    static void open(final MemorySegment image, final long slot) {
        LONG.setOpaque(image, slot + SlotDescriptor.TICK_OFFSET, SlotDescriptor.NO_TICK);
        VarHandle.storeStoreFence();
    }

    static void sealRelease(final MemorySegment image, final long slot, final long tick) {
        LONG.setRelease(image, slot + SlotDescriptor.TICK_OFFSET, tick);
    }

    /** The tick that the slot holds. Later loads see at least what the writer had stored before the tick. */
    public static long tickAcquire(final MemorySegment image, final long slot) {
        return (long) LONG.getAcquire(image, slot + SlotDescriptor.TICK_OFFSET);
    }

    /** The tick that the slot holds, loaded after all earlier loads. */
    public static long tickAgainOpaque(final MemorySegment image, final long slot) {
        VarHandle.loadLoadFence();
        return (long) LONG.getOpaque(image, slot + SlotDescriptor.TICK_OFFSET);
    }

    /** The number of the frame that an activation was made from, counted from 1; 0 if there is no frame. */
    public static long frameOpaque(final MemorySegment image, final long slot) {
        return (long) LONG.getOpaque(image, slot + SlotDescriptor.FRAME_OFFSET);
    }

    static void frameOpaque(final MemorySegment image, final long slot, final long number) {
        LONG.setOpaque(image, slot + SlotDescriptor.FRAME_OFFSET, number);
    }

    static boolean presentOpaque(final MemorySegment image, final long slot) {
        return (int) INT.getOpaque(image, slot + SlotDescriptor.PRESENT_OFFSET) != 0;
    }

    static void presentOpaque(final MemorySegment image, final long slot, final boolean present) {
        INT.setOpaque(image, slot + SlotDescriptor.PRESENT_OFFSET, present ? 1 : 0);
    }

    /**
     * Whether the guard refused the vector, which is zero then. In the ring of an activation also: whether the activation was
     * made from a refused vector.
     */
    public static boolean refusedOpaque(final MemorySegment image, final long slot) {
        return (int) INT.getOpaque(image, slot + SlotDescriptor.REFUSED_OFFSET) != 0;
    }

    static void refusedOpaque(final MemorySegment image, final long slot, final boolean refused) {
        INT.setOpaque(image, slot + SlotDescriptor.REFUSED_OFFSET, refused ? 1 : 0);
    }
}
