package org.tickwave;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** An arena that always gives the same memory: a slab, a mapped file, or an image to attach to. The test closes the memory's arena. */
public record Slab(MemorySegment memory) implements Arena {
    @Override
    public MemorySegment allocate(final long byteSize, final long byteAlignment) {
        return memory;
    }

    @Override
    public MemorySegment.Scope scope() {
        return memory.scope();
    }

    @Override
    public void close() {
        // The test closes the arena of the memory.
    }
}
