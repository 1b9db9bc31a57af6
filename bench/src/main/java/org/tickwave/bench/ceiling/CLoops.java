package org.tickwave.bench.ceiling;

import java.lang.foreign.MemorySegment;

/** The loops in C. */
final class CLoops implements Loops {
    private final CLibrary c;
    private final int multiplyAddsOfARound;

    CLoops(final CLibrary c) {
        this.c = c;
        multiplyAddsOfARound = c.roundSize.call();
    }

    @Override
    public float read(final MemorySegment memory) {
        return c.read.call(memory, memory.byteSize());
    }

    @Override
    public void readWrite(final MemorySegment memory, final float factor) {
        c.readWrite.call(memory, memory.byteSize(), factor);
    }

    @Override
    public float multiplyAdd(final int rounds, final float factor, final float addend) {
        return c.multiplyAdd.call(rounds, factor, addend);
    }

    @Override
    public int multiplyAddsOfARound() {
        return multiplyAddsOfARound;
    }
}
