package org.tickwave.bench.jmh;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.tickwave.Context;
import org.tickwave.Engine;

/**
 * A tick of a deep network, with a new frame and target in every tick. The benchmark shows whether vanishing waves cost more
 * than lively waves, as they would if their numbers became denormal. The rate is so small that learning does not change the
 * waves, and so large that its product with the smallest number that is kept is normal. Compare the best iterations: a mean
 * includes disturbances by other processes.
 */
@State(Scope.Thread)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class VanishingWaveBenchmark extends Timed {
    /** Decay of a vanishing wave over the whole network. Half-way, its numbers would be denormal, 1e-38 to 1e-45. */
    private static final double DECADES = 80;
    /** The engine flushes smaller numbers to zero. */
    private static final float KEPT = 1e-30f;
    /** Lower bound of the largest number in a lively vector. */
    private static final float LIVELY = 1e-3f;

    /** {@code lively} or {@code vanishing}. */
    @Param("vanishing")
    public String wave;

    /** L; even, so that there is a layer in the middle. */
    @Param("32")
    public int depth;

    /** Neurons in each layer. */
    @Param("256")
    public int width;

    Engine engine;
    private Frames frames;
    /** The weights of a lively wave, and those that are measured. */
    private float[][] lively;
    private float[][] measured;

    @Setup
    public void setUp() {
        if (depth < 2 || depth % 2 != 0) {
            throw new IllegalArgumentException("depth " + depth + ": expected an even number");
        }
        frames = new Frames(width);
        engine = Engine.open(Workload.chain(depth, width).build(), new Context().rate(Workload.RATE).seed(1));
        lively = Steady.weights(engine);
        if (vanishes()) {
            weaken();
            expectDenormals("forward", true);
            expectDenormals("backward", false);
        }
        measured = Steady.weights(engine);
        settle();
        verify();
    }

    /** So many ticks that the rings hold the waves of the weights that are measured. */
    private void settle() {
        for (int i = 0; i < 4 * depth; i++) {
            tick();
        }
    }

    private boolean vanishes() {
        return switch (wave) {
            case "lively" -> false;
            case "vanishing" -> true;
            default -> throw new IllegalArgumentException("wave " + wave + ": expected lively or vanishing");
        };
    }

    private void weaken() {
        final float gain = (float) Math.pow(10, -DECADES / depth);
        for (int l = 1; l <= depth; l++) {
            final float[] weights = lively[l].clone();
            for (int i = 0; i < weights.length; i++) {
                weights[i] *= gain;
            }
            engine.setWeights(l, weights, new float[width]);
        }
    }

    private void setWeights(final float[][] weights) {
        for (int l = 1; l <= depth; l++) {
            engine.setWeights(l, weights[l], new float[width]);
        }
    }

    @Benchmark
    public void tick(final Work counted) {
        tick();
        final long weights = (long) width * width;
        counted.add(2 * Float.BYTES * depth * weights, (3L * depth - 1) * weights);
    }

    /** One tick, not counted. */
    public void tick() {
        frames.give(engine);
        engine.tick();
    }

    @TearDown
    public void tearDown() {
        verify();
        engine.close();
    }

    /** Expects that the same weights produce denormal numbers if nothing is flushed to zero. */
    private void expectDenormals(final String direction, final boolean up) {
        final float[] weights = new float[width * width];
        float[] from = new float[width];
        Arrays.fill(from, 1f);
        int denormals = 0;
        for (int i = 1; i <= depth; i++) {
            engine.weights(up ? i : depth + 1 - i, weights);
            final float[] to = new float[width];
            for (int row = 0; row < width; row++) {
                for (int column = 0; column < width; column++) {
                    final float w = weights[row * width + column];
                    if (up) {
                        to[row] += w * from[column];
                    } else {
                        to[column] += w * from[row];
                    }
                }
            }
            for (final float v : to) {
                denormals += v != 0 && Math.abs(v) < Float.MIN_NORMAL ? 1 : 0;
            }
            from = to;
        }
        if (denormals < width) {
            throw new IllegalStateException(
                direction + ": " + denormals + " denormal numbers without a flush: expected at least " + width);
        }
    }

    /**
     * Verifies all vectors in the rings. A lively wave is lively in all layers. A vanishing wave is lively where it starts and
     * zero in the middle. No number is denormal. Then verifies what the engine computes and learns: see {@link #verifyKernels()}.
     */
    void verify() {
        final float[] vector = new float[width];
        for (int l = 0; l <= depth; l++) {
            final int layer = l;
            for (long t = Math.max(0, engine.ticks() - 2L * depth); t <= engine.ticks(); t++) {
                if (engine.waves().activation(l, t, vector)) {
                    verify("x", l, t, l == 0, vector);
                }
                if (layer > 0 && engine.waves().delta(l, t, vector)) {
                    verify("delta", l, t, l == depth, vector);
                }
            }
        }
        verifyKernels();
        if (engine.guardTrips() != 0) {
            throw new IllegalStateException(engine.guardTrips() + " guard trips: expected none");
        }
    }

    /** A vanishing wave teaches nothing, and a row that is missing is as good as zero. So the same engine is verified with lively weights. */
    private void verifyKernels() {
        if (vanishes()) {
            setWeights(lively);
        }
        Steady.verify(engine, frames.frame(0), frames.target(0));
        engine.rate(Workload.RATE);
        if (vanishes()) {
            setWeights(measured);
            settle();
        }
    }

    private void verify(final String what, final int layer, final long tick, final boolean start, final float[] vector) {
        float largest = 0;
        for (final float v : vector) {
            final float magnitude = Math.abs(v);
            if (magnitude > 0 && magnitude < KEPT) {
                throw new IllegalStateException(what + " of layer " + layer + " in tick " + tick + " holds " + v);
            }
            largest = Math.max(largest, magnitude);
        }
        final boolean vanishes = vanishes();
        if ((start || !vanishes) && largest < LIVELY || vanishes && layer == depth / 2 && largest > 0) {
            throw new IllegalStateException(
                what + " of layer " + layer + " in tick " + tick + " has the largest number " + largest + ", but the wave is " + wave);
        }
    }
}
