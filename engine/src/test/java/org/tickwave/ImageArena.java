package org.tickwave;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.stream.LongStream;
import org.tickwave.layout.ImageLayout;
import org.tickwave.layout.RingDescriptor;
import org.tickwave.layout.SlotDescriptor;

/** An arena that gives a test access to the image. */
public final class ImageArena implements Arena {
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final byte POISON = 0x5a;

    private final Arena arena;
    private MemorySegment largest;

    public ImageArena(final Arena arena) {
        this.arena = arena;
    }

    /** The largest segment that was allocated; null if there is none. */
    public MemorySegment image() {
        return largest;
    }

    @Override
    public MemorySegment allocate(final long byteSize, final long byteAlignment) {
        final MemorySegment segment = arena.allocate(byteSize, byteAlignment);
        if (largest == null || byteSize > largest.byteSize()) {
            largest = segment;
        }
        return segment;
    }

    @Override
    public MemorySegment.Scope scope() {
        return arena.scope();
    }

    @Override
    public void close() {
        arena.close();
    }

    /** Writes a wrong tick into a slot of an activation. */
    void misdate(final Network network, final Rule rule, final int layer, final long tick) {
        final ImageLayout layout = new ImageLayout(network.geometry(rule.on(network.wiring()), 0));
        final RingDescriptor ring = layout.activation(layer);
        largest.set(LONG, ring.slot(tick) + SlotDescriptor.TICK_OFFSET, tick + 1_000);
    }

    void poison() {
        largest.fill(POISON);
    }

    boolean stillPoisoned() {
        return LongStream.range(0, largest.byteSize()).allMatch(at -> largest.get(ValueLayout.JAVA_BYTE, at) == POISON);
    }
}
