package org.tickwave.bench.ceiling;

import java.lang.foreign.MemorySegment;

/** Loops that do nothing else than what they are named for. The memory is native, and its size a multiple of 512 bytes. */
public interface Loops {
    /** Reads all numbers once, and returns their sum. */
    float read(MemorySegment memory);

    /** Reads and writes all numbers once: each is multiplied. */
    void readWrite(MemorySegment memory, float factor);

    /** Multiplies and adds in registers, in independent sums that start at 1. Returns the sum of the sums. */
    float multiplyAdd(int rounds, float factor, float addend);

    /** How many multiply-adds a round has: one for each independent sum. */
    int multiplyAddsOfARound();
}
