package org.tickwave.bench.jmh;

import java.util.Arrays;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.tickwave.Activation;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Rule;
import org.tickwave.pipeline.Layer;

/**
 * The cost of the hand-shake between two bands, which is the difference between a tick with the hand-shake and a tick without.
 * For comparison, a bare round trip between two threads is timed. After the benchmark, the percentiles of the single waits are
 * printed.
 */
public class HandshakeBenchmark extends Timed {
    /** Ticks of an invocation: enough to make the costs at its start and end negligible. */
    static final int TICKS = 1000;
    /** All polls are without a pause. An engine polls a limited number of times without a pause. */
    private static final int BARE_POLLS = Integer.MAX_VALUE;
    private static final int SAMPLES = 20_000;

    /** A tick of a held frame in two bands, on two threads. */
    @State(Scope.Benchmark)
    public static class Bands {
        /** {@code true}, or {@code false}: the bands do not wait for each other, and only the number of ticks is verified. */
        @Param("true")
        public String handshake;

        /** L. */
        @Param("10")
        public int depth;

        /** Neurons in each layer. The default is small, so that a tick is not much longer than a hand-shake. */
        @Param("64")
        public int width;

        TwoBands bands;
        private long weightBytes;
        private long multiplyAdds;

        @Setup
        public void setUp() {
            if (!shakesHands() && Layer.class.desiredAssertionStatus()) {
                throw new IllegalStateException("handshake false: expected assertions to be off, since they detect the missing hand-shake");
            }
            bands = new TwoBands(
                shakesHands(), depth, width, BARE_POLLS, new BusySpinIdleStrategy(), new BusySpinIdleStrategy());
            final long weights = (long) width * width;
            weightBytes = 2L * Float.BYTES * depth * weights;
            multiplyAdds = (3L * depth - 1) * weights;
            verify();
        }

        private boolean shakesHands() {
            return switch (handshake) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new IllegalArgumentException("handshake " + handshake + ": expected true or false");
            };
        }

        @TearDown
        public void tearDown() {
            verify();
            bands.close();
        }

        /** Expects the requested number of ticks and, with the hand-shake, the same weights as an engine with one thread. */
        void verify() {
            if (shakesHands()) {
                verifyBits();
            }
            bands.advance(TICKS);
            if (!bands.complete()) {
                throw new IllegalStateException("a layer has not completed the requested number of ticks");
            }
        }

        /** The engine with one thread is verified by the reference. */
        private void verifyBits() {
            try (Workload oneThread = new Workload("diffusion", depth, width, 1, 1)) {
                Answer.verify(oneThread);
            }
            final float[] weights = new float[width * width];
            final float[] biases = new float[width];
            final Frames frames = new Frames(width);
            try (Engine oneThread = Engine.open(
                Workload.chain(depth, width).activation(Activation.LEAKY_RELU).build(),
                new Context().rule(Rule.diffusion()).rate(Workload.RATE))) {
                for (int l = 1; l <= depth; l++) {
                    bands.weights(l, weights, biases);
                    oneThread.setWeights(l, weights, biases);
                }
                bands.reset();
                for (int i = 0; i < 2; i++) {
                    frames.give(oneThread);
                    oneThread.advance(2L * depth);
                    bands.advance(2 * depth);
                }
                final float[] expected = weights.clone();
                for (int l = 1; l <= depth; l++) {
                    bands.weights(l, weights, biases);
                    oneThread.weights(l, expected);
                    if (!Arrays.equals(expected, weights)) {
                        throw new IllegalStateException("the weights of layer " + l + " differ from the weights on one thread");
                    }
                }
            }
        }

        @TearDown
        public void printWaits() {
            if (!shakesHands()) {
                return;
            }
            final Waits lower = new Waits();
            final Waits upper = new Waits();
            try (TwoBands timed = new TwoBands(true, depth, width, 0, lower, upper)) {
                timed.advance(SAMPLES);
                lower.clear();
                upper.clear();
                timed.advance(SAMPLES);
                final String ticks = " of " + SAMPLES + " ticks of " + depth + " x " + width;
                System.out.println("\n" + lower + ticks + ", frame held, lower band");
                System.out.println(upper + ticks + ", frame held, upper band");
                lower.clear();
                for (int i = 0; i < SAMPLES; i++) {
                    timed.advance(1);
                }
                System.out.println(lower + ticks + ", a frame each, the caller");
            }
        }
    }

    /** Round trips between two threads. */
    @State(Scope.Benchmark)
    public static class RoundTripTimes {
        RoundTrip trip;
        private long trips;

        @Setup
        public void setUp() {
            trip = new RoundTrip();
            verify();
        }

        void go() {
            trips++;
            trip.go();
        }

        void verify() {
            go();
            if (trip.answered() != trips) {
                throw new IllegalStateException(trip.answered() + " answers to " + trips + " calls");
            }
        }

        @TearDown
        public void tearDown() {
            verify();
            final Waits waits = new Waits();
            for (int i = 0; i < SAMPLES; i++) {
                waits.idle();
                trip.go();
                waits.reset();
            }
            System.out.println("\n" + waits + " round trips");
            trip.close();
        }
    }

    @Benchmark
    @OperationsPerInvocation(TICKS)
    public void tick(final Bands bands, final Work counted) {
        bands.bands.advance(TICKS);
        counted.add(TICKS * bands.weightBytes, TICKS * bands.multiplyAdds);
    }

    @Benchmark
    public void roundTrip(final RoundTripTimes trip) {
        trip.go();
    }
}
