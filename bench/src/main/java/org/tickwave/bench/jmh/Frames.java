package org.tickwave.bench.jmh;

import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.tickwave.Engine;

/** Some frames of noise and their targets, given in place in turn, as an embedder would who has them in memory. */
final class Frames {
    private static final int COUNT = 16;

    private final int width;
    private final float[] frames;
    private final float[] targets;
    private final MemorySegment frameBytes;
    private final MemorySegment targetBytes;
    private int next;

    Frames(final int width) {
        this.width = width;
        frames = noise(2);
        targets = noise(3);
        frameBytes = MemorySegment.ofArray(frames);
        targetBytes = MemorySegment.ofArray(targets);
    }

    private float[] noise(final long seed) {
        final Random random = new Random(seed);
        final float[] numbers = new float[COUNT * width];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = 2 * random.nextFloat() - 1;
        }
        return numbers;
    }

    /** Gives the next one. */
    void give(final Engine engine) {
        final long bytes = (long) width * Float.BYTES;
        final long at = next * bytes;
        next = (next + 1) % COUNT;
        MemorySegment.copy(frameBytes, at, engine.inputInPlace(), 0, bytes);
        MemorySegment.copy(targetBytes, at, engine.targetInPlace(), 0, bytes);
    }

    /** The next one is the first. */
    void rewind() {
        next = 0;
    }

    double frame(final int number, final int i) {
        return frames[number % COUNT * width + i];
    }

    double target(final int number, final int i) {
        return targets[number % COUNT * width + i];
    }
}
