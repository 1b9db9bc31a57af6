package org.tickwave.bench.jmh;

import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.tickwave.Engine;
import org.tickwave.bench.ceiling.CChain;

/**
 * One tick of the network of {@link TickBenchmark} under the rule aligned, in C, with the same frames: what the engine's tick could reach
 * without the JVM. The tick in C has no guard and no hand-shake but the one between two ticks. Before and after the measurement, what another
 * chain in C learns from a hundred frames must be what the engine learns from them; and the engine is verified as in {@link TickBenchmark}.
 */
@State(Scope.Benchmark)
public class TickInCBenchmark extends Timed {
    private static final String ALIGNED = "aligned";
    /** From which the first layer learns, too. */
    private static final int FRAMES = 100;
    /** By the square roots of width and depth: a hundred frames change weights by a hundredth or so. */
    private static final double RATE = 0.03;
    /** Of the size of a layer's weights. */
    private static final double TOLERANCE = 1e-4;
    /** Of the change of a layer's weights or biases. One bias that has not changed is a larger part of a layer of up to 2048 neurons. */
    private static final double CHANGE_TOLERANCE = 2e-2;
    /** Of the change of a row. Rounding decides about the slope of a neuron whose sum is nearly zero, so that a frame may teach it otherwise. */
    private static final double ROW_TOLERANCE = 0.3;

    /** L. */
    @Param("10")
    public int depth;

    /** Neurons in each layer. */
    @Param("256")
    public int width;

    /** One, or more: the first is the caller's. */
    @Param("2")
    public int threads;

    private Workload work;
    private CChain chain;

    @Setup
    public void setUp() {
        chain = CChain.open(depth, width, threads);
        work = new Workload(ALIGNED, depth, width, 1, 1);
        verify();
        copyWeights(work.engine, chain);
        chain.rate(Workload.rate(width));
    }

    @Benchmark
    public void tick(final Work counted) {
        tick(chain, work.frames);
        counted.add(work.weightBytes, work.multiplyAdds);
    }

    /** One tick, not counted. */
    public void tick() {
        tick(chain, work.frames);
    }

    @TearDown
    public void tearDown() {
        verify();
        chain.close();
        work.close();
    }

    private static void tick(final CChain chain, final Frames frames) {
        frames.give(chain.given(), 0, chain.target());
        chain.tick();
    }

    private void verify() {
        verify(ignored -> { });
    }

    /**
     * The chain that is measured must not learn so much, so another one is verified.
     *
     * @param spoil changes the chain in C before its weights are compared: for tests
     * @throws IllegalStateException if the answer is wrong
     */
    void verify(final Consumer<CChain> spoil) {
        Answer.verify(work);
        try (Workload expected = new Workload(ALIGNED, depth, width, 1, 1); CChain actual = chain.another()) {
            final float rate = (float) (RATE / Math.sqrt((double) width * depth));
            final int ticks = 2 * depth - 1 + FRAMES;
            copyWeights(expected.engine, actual);
            final float[][] start = Steady.weights(expected.engine);
            final float[][] startBiases = Steady.biases(expected.engine);
            expected.engine.rate(rate);
            actual.rate(rate);
            for (int t = 0; t < ticks; t++) {
                expected.tick();
            }
            expected.frames.rewind();
            for (int t = 0; t < ticks; t++) {
                tick(actual, expected.frames);
            }
            spoil.accept(actual);
            final float[][] right = Steady.weights(expected.engine);
            final float[][] rightBiases = Steady.biases(expected.engine);
            final float[] weights = new float[width * width];
            final float[] biases = new float[width];
            for (int l = 1; l <= depth; l++) {
                actual.weights(l, weights, biases);
                compareWeights("layer " + l, start[l], right[l], weights);
                compare("the biases of layer " + l, size(startBiases[l], rightBiases[l]), CHANGE_TOLERANCE, rightBiases[l], biases);
            }
        }
    }

    private void compareWeights(final String layer, final float[] start, final float[] expected, final float[] actual) {
        compare("the weights of " + layer, size(new float[start.length], expected), TOLERANCE, expected, actual);
        compare("the change of the weights of " + layer, size(start, expected), CHANGE_TOLERANCE, expected, actual);
        for (int row = 0; row < width; row++) {
            final int first = row * width;
            final double change = distance(start, expected, first, first + width);
            final double error = distance(expected, actual, first, first + width);
            if (!(error <= ROW_TOLERANCE * change)) {
                throw new IllegalStateException(layer + ", row " + row + ": the change of the weights differs by " + error
                    + " from that in the engine, which is " + change);
            }
        }
    }

    private static void compare(final String what, final double size, final double tolerance, final float[] expected, final float[] actual) {
        final double error = size(expected, actual);
        if (!(size > 0 && error <= tolerance * size)) {
            throw new IllegalStateException(what + " after " + FRAMES + " frames: differs by " + error + " from the engine: expected at most "
                + tolerance + " of " + size);
        }
    }

    private static double size(final float[] from, final float[] to) {
        return distance(from, to, 0, to.length);
    }

    private static double distance(final float[] a, final float[] b, final int from, final int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += Math.pow((double) a[i] - b[i], 2);
        }
        return Math.sqrt(sum);
    }

    private static void copyWeights(final Engine from, final CChain to) {
        final float[][] weights = Steady.weights(from);
        final float[][] biases = Steady.biases(from);
        for (int l = 1; l <= from.network().layers(); l++) {
            to.setWeights(l, weights[l], biases[l]);
        }
    }
}
