package org.tickwave.layout.docs;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Remembers what an engine allocates in it: its image. */
final class RecordingArena implements Arena {
    private final Arena arena = Arena.ofShared();
    private MemorySegment last;

    MemorySegment image() {
        return last;
    }

    @Override
    public MemorySegment allocate(final long byteSize, final long byteAlignment) {
        last = arena.allocate(byteSize, byteAlignment);
        return last;
    }

    @Override
    public MemorySegment.Scope scope() {
        return arena.scope();
    }

    @Override
    public void close() {
        arena.close();
    }
}
