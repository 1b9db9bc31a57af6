package org.tickwave.bench.jmh;

import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.tickwave.Activation;
import org.tickwave.Balance;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Feedback;
import org.tickwave.GraphBuilder;
import org.tickwave.Network;
import org.tickwave.Rule;

/**
 * One {@code tick()} of a graph: a chain with skips between random layers and projections that lead back. Without cycles the rule is
 * aligned, and the tick without skips is that of {@link TickBenchmark}. With cycles the rule is diffusion. Before and after the
 * measurement the answers of some ticks must have the bits of one thread, and be those of a network in double precision.
 */
@State(Scope.Benchmark)
public class GraphBenchmark extends Timed {
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

    /** Projections from a hidden layer back to itself or to a lower hidden layer; no more than there is room for. */
    @Param("0")
    public int cycles;

    /** How errors come down: {@code TRANSPOSE}, {@code RANDOM}, {@code SIGN_SYMMETRIC} or {@code DIRECT}. */
    @Param("TRANSPOSE")
    public Feedback feedback;

    @Param("2")
    public int threads;

    private long bytes;
    private long multiplyAdds;
    private Network network;
    private Frames frames;
    private Engine engine;

    @Setup
    public void setUp() {
        network = network();
        count();
        frames = new Frames(width);
        engine = open(threads);
        verify();
    }

    private Network network() {
        final Random random = new Random(SEED);
        final Set<Integer> further = new HashSet<>();
        final int room = depth * (depth - 1) / 2;
        while (further.size() < Math.min(skips, room)) {
            final int to = 2 + random.nextInt(depth - 1);
            further.add(number(random.nextInt(to - 1), to));
        }
        final int forward = further.size();
        while (further.size() < forward + Math.min(cycles, room)) {
            final int to = 1 + random.nextInt(depth - 1);
            further.add(number(to + random.nextInt(depth - to), to));
        }
        final GraphBuilder graph = Network.graph().input("0", width);
        for (int l = 1; l <= depth; l++) {
            final GraphBuilder layer = l < depth ? graph.layer(Integer.toString(l), width).activation(activation())
                : graph.output(Integer.toString(l), width);
            layer.from(Integer.toString(l - 1));
            for (int from = 0; from < depth; from++) {
                if (further.contains(number(from, l))) {
                    layer.from(Integer.toString(from));
                }
            }
        }
        return (cycles > 0 ? graph.balance(Balance.RECURRENT) : graph).build().withFeedback(feedback);
    }

    private int number(final int from, final int to) {
        return to * depth + from;
    }

    /** With cycles the numbers have to stay small in any number of ticks. */
    private Activation activation() {
        return cycles > 0 ? Activation.TANH : Activation.LEAKY_RELU;
    }

    private Engine open(final int count) {
        return Engine.open(network, new Context().rule(cycles > 0 ? Rule.diffusion() : Rule.aligned()).rate(Workload.NARROW_RATE).seed(SEED)
            .threads(count));
    }

    /** Other feedback than the transposed weights reads further numbers: a random matrix, or the weights for a second time. */
    private void count() {
        final long one = (long) width * width;
        final long fromInput = IntStream.rangeClosed(1, network.projections()).filter(k -> network.from(k) < network.inputs()).count();
        final long echoes = feedback == Feedback.DIRECT ? depth - 1 : network.projections() - fromInput;
        bytes = Float.BYTES * one * (2L * network.projections() + (feedback == Feedback.TRANSPOSE ? 0 : echoes));
        multiplyAdds = one * (2L * network.projections() + echoes);
    }

    @Benchmark
    public void tick(final Work counted) {
        tick(engine);
        counted.add(bytes, multiplyAdds);
    }

    private void tick(final Engine of) {
        frames.give(of);
        of.tick();
    }

    private void verify() {
        try (Engine one = open(1)) {
            final float[][] weights = Steady.weights(engine);
            final float[][] biases = Steady.biases(engine);
            for (int k = 1; k <= network.projections(); k++) {
                one.setWeights(k, weights[k], biases[network.to(k)]);
            }
            engine.reset();
            engine.rate(Workload.RATE);
            one.rate(Workload.RATE);
            final float[] expected = answers(one);
            if (!Arrays.equals(expected, answers(engine)) || !Arrays.deepEquals(Steady.weights(one), Steady.weights(engine))) {
                throw new IllegalStateException("the answers or the weights on " + threads + " threads differ from those on one thread");
            }
            engine.rate(Workload.NARROW_RATE);
            if (cycles == 0) {
                Steady.verify(one, frames.frame(0), frames.target(0));
            } else {
                Unrolled.verify(one, frames.frame(0), frames.target(0));
            }
        }
    }

    private float[] answers(final Engine of) {
        frames.rewind();
        for (int t = 0; t < 2 * network.latency() + VERIFIED; t++) {
            tick(of);
        }
        return of.output().toArray(ValueLayout.JAVA_FLOAT);
    }

    @TearDown
    public void tearDown() {
        verify();
        engine.close();
    }
}
