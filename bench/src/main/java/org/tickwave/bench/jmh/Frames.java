package org.tickwave.bench.jmh;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.tickwave.Engine;
import org.tickwave.bench.peer.TrainingStep;
import org.tickwave.pipeline.Source;

/**
 * Frames and targets of noise, given in place, as by an embedder that has them in memory. Every frame is combined with every
 * target. So the network cannot learn the targets, and the errors stay large during the whole measurement.
 */
final class Frames {
    private static final int FRAMES = 16;
    private static final int TARGETS = 17;

    private final int width;
    private final long bytes;
    private final float[] frames;
    private final float[] targets;
    private final float[][] singleFrames;
    private final float[][] singleTargets;
    private final MemorySegment frameBytes;
    private final MemorySegment targetBytes;
    private int next;

    Frames(final int width) {
        this.width = width;
        bytes = (long) width * Float.BYTES;
        frames = noise(FRAMES, 2);
        targets = noise(TARGETS, 3);
        singleFrames = single(frames);
        singleTargets = single(targets);
        frameBytes = MemorySegment.ofArray(frames);
        targetBytes = MemorySegment.ofArray(targets);
    }

    private float[] noise(final int count, final long seed) {
        final Random random = new Random(seed);
        final float[] numbers = new float[count * width];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = 2 * random.nextFloat() - 1;
        }
        return numbers;
    }

    private float[][] single(final float[] all) {
        return IntStream.range(0, all.length / width).mapToObj(i -> Arrays.copyOfRange(all, i * width, (i + 1) * width))
            .toArray(float[][]::new);
    }

    /** Gives the next frame and the next target to an engine. */
    void give(final Engine engine) {
        MemorySegment.copy(frameBytes, next % FRAMES * bytes, engine.inputInPlace(), 0, bytes);
        MemorySegment.copy(targetBytes, next % TARGETS * bytes, engine.targetInPlace(), 0, bytes);
        next = (next + 1) % (FRAMES * TARGETS);
    }

    /** Copies the next frame and the next target to two places of a segment. */
    void give(final MemorySegment to, final long frame, final long target) {
        MemorySegment.copy(frameBytes, next % FRAMES * bytes, to, frame, bytes);
        MemorySegment.copy(targetBytes, next % TARGETS * bytes, to, target, bytes);
        next = (next + 1) % (FRAMES * TARGETS);
    }

    /** Trains a peer with the next frame and the next target. */
    void give(final TrainingStep step) {
        step.step(singleFrames[next % FRAMES], singleTargets[next % TARGETS]);
        next = (next + 1) % (FRAMES * TARGETS);
    }

    /** Has an engine answer the next frame at once. */
    boolean answer(final Engine engine, final MemorySegment to) {
        final long offset = next % FRAMES * bytes;
        next = (next + 1) % (FRAMES * TARGETS);
        return engine.answer(frameBytes, offset, to, 0);
    }

    /** Gives the next frame and the next target to a source. */
    void give(final Source source) {
        MemorySegment.copy(frameBytes, next % FRAMES * bytes, source.newFrame(0).giveOneInPlace(0, source.committed()), 0, bytes);
        MemorySegment.copy(targetBytes, next % TARGETS * bytes, source.newTarget().giveOneInPlace(0, source.committed()), 0, bytes);
        next = (next + 1) % (FRAMES * TARGETS);
    }

    /** Starts again with the first frame and the first target. */
    void rewind() {
        next = 0;
    }

    float[] frame(final int number) {
        return singleFrames[number % FRAMES];
    }

    float[] target(final int number) {
        return singleTargets[number % TARGETS];
    }

    double frame(final int number, final int i) {
        return frames[number % FRAMES * width + i];
    }

    double target(final int number, final int i) {
        return targets[number % TARGETS * width + i];
    }
}
