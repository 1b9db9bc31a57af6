package org.tickwave.bench.jmh;

import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.tickwave.Activation;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Feedback;
import org.tickwave.GraphBuilder;
import org.tickwave.Network;
import org.tickwave.Rule;

/**
 * One {@code tick()} of a graph: a chain with skips between random layers, under the aligned rule. Without skips the tick is that of
 * {@link TickBenchmark}. Before and after the measurement the answers of some ticks must have
 * the bits of one thread.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class GraphBenchmark {
    private static final int SEED = 1;
    private static final int VERIFIED = 50;

    /** L: layers with weights, each of which has a projection into the next. */
    @Param("64")
    public int depth;

    /** Neurons in each layer. */
    @Param("128")
    public int width;

    /** Further projections, each past at least one layer; no more than there is room for. */
    @Param("192")
    public int skips;

    /** How errors come down: {@code TRANSPOSE}, {@code RANDOM}, {@code SIGN_SYMMETRIC} or {@code DIRECT}. */
    @Param("TRANSPOSE")
    public Feedback feedback;

    @Param("2")
    public int threads;

    private Network network;
    private Frames frames;
    private Engine engine;

    @Setup
    public void setUp() {
        network = network();
        frames = new Frames(width);
        engine = open(threads);
        verify();
    }

    private Network network() {
        final Set<Integer> past = new HashSet<>();
        final Random random = new Random(SEED);
        while (past.size() < Math.min(skips, depth * (depth - 1) / 2)) {
            final int to = 2 + random.nextInt(depth - 1);
            past.add(to * depth + random.nextInt(to - 1));
        }
        final GraphBuilder graph = Network.graph().input("0", width);
        for (int l = 1; l <= depth; l++) {
            final GraphBuilder layer = l < depth ? graph.layer(Integer.toString(l), width).activation(Activation.LEAKY_RELU)
                : graph.output(Integer.toString(l), width);
            layer.from(Integer.toString(l - 1));
            for (int from = 0; from < l - 1; from++) {
                if (past.contains(l * depth + from)) {
                    layer.from(Integer.toString(from));
                }
            }
        }
        return graph.build().withFeedback(feedback);
    }

    private Engine open(final int count) {
        return Engine.open(network, new Context().rule(Rule.aligned()).rate(Workload.NARROW_RATE).seed(SEED).threads(count));
    }

    @Benchmark
    public void tick() {
        frames.give(engine);
        engine.tick();
    }

    private void verify() {
        try (Engine one = open(1)) {
            for (int k = 1; k <= network.projections(); k++) {
                final float[] weights = new float[width * width];
                engine.weights(k, weights);
                one.setWeights(k, weights, new float[width]);
            }
            for (int l = network.inputs(); l <= network.last(); l++) {
                final float[] biases = new float[width];
                engine.biases(l, biases);
                one.setBiases(l, biases);
            }
            engine.reset();
            final float[] expected = answers(one);
            final float[] actual = answers(engine);
            if (!Arrays.equals(expected, actual)) {
                throw new IllegalStateException("the answers on " + threads + " threads differ from those on one thread");
            }
            if (!(expected[0] != 0 && Math.abs(expected[0]) < Float.POSITIVE_INFINITY)) {
                throw new IllegalStateException("the first number of the answer is " + expected[0]);
            }
        }
    }

    private float[] answers(final Engine of) {
        frames.rewind();
        for (int t = 0; t < network.latency() + VERIFIED; t++) {
            frames.give(of);
            of.tick();
        }
        return of.output().toArray(ValueLayout.JAVA_FLOAT);
    }

    @TearDown
    public void tearDown() {
        verify();
        engine.close();
    }
}
