package org.tickwave.pipeline;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.tickwave.layout.SlotDescriptor;

/**
 * What threads share in the image: counters, and the line of a slot, as its one writer and its observers use it. A writer opens
 * the slot, writes, and seals it with the tick; an observer reads the tick, copies, and reads the tick again: the one it wanted
 * both times, or it was overwritten.
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

    /** The tick that the slot holds; what is read after it is at least as new. */
    public static long tickAcquire(final MemorySegment image, final long slot) {
        return (long) LONG.getAcquire(image, slot + SlotDescriptor.TICK_OFFSET);
    }

    /** The same after what was read before it. */
    public static long tickAgainOpaque(final MemorySegment image, final long slot) {
        VarHandle.loadLoadFence();
        return (long) LONG.getOpaque(image, slot + SlotDescriptor.TICK_OFFSET);
    }

    /** The number of the frame whose wave stands in an activation, from 1; 0 for none. */
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

    /** Whether the guard refused the vector, which then is zero; of an activation also whether it was made from a refused one. */
    public static boolean refusedOpaque(final MemorySegment image, final long slot) {
        return (int) INT.getOpaque(image, slot + SlotDescriptor.REFUSED_OFFSET) != 0;
    }

    static void refusedOpaque(final MemorySegment image, final long slot, final boolean refused) {
        INT.setOpaque(image, slot + SlotDescriptor.REFUSED_OFFSET, refused ? 1 : 0);
    }
}
