package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tickwave.pipeline.Draw;

/** The guard: what happens to numbers that are not good, and which vectors they reach. */
class GuardTest {
    private static final float HUGE = 0x1p30f;

    private static Context counting(final float rate) {
        return new Context().guard(Engine.Guard.COUNT).rate(rate);
    }

    /** A chain of single neurons, with one weight for each layer. */
    private static Engine chain(final Activation hidden, final Context context, final float... weights) {
        final int[] widths = new int[weights.length + 1];
        Arrays.fill(widths, 1);
        final Engine engine = Engine.open(Network.chain(widths).activation(hidden).build(), context);
        for (int l = 1; l <= weights.length; l++) {
            engine.setWeights(l, new float[] {weights[l - 1]}, new float[1]);
        }
        return engine;
    }

    private static void give(final Engine engine, final float frame, final float target) {
        engine.input(new float[] {frame}).target(new float[] {target}).tick();
    }

    private static void give(final Engine engine, final float frame) {
        engine.input(new float[] {frame}).tick();
    }

    private static float weight(final Engine engine, final int layer) {
        return Bits.weights(engine, layer)[0];
    }

    private static float bias(final Engine engine, final int layer) {
        return Bits.biases(engine, layer)[0];
    }

    /** tanh makes a good number of a bad one, so the guard inspects the number before tanh. */
    @ParameterizedTest
    @EnumSource
    void anActivationIsRefusedByWhatItIsMadeOf(final Activation hidden) {
        try (Engine engine = chain(hidden, counting(0), HUGE, 1)) {
            give(engine, 1);
            assertEquals(0, engine.guardTrips());
            give(engine, 1.0001f);
            assertEquals(1, engine.guardTrips(1));
            assertEquals(1, engine.firstGuardTrip(1));
            assertEquals(0, Bits.activation(engine, 1, 2)[0]);
            give(engine, -1);
            assertEquals(1, engine.guardTrips());
            assertEquals(-1, engine.firstGuardTrip(2));
        }
    }

    @Test
    void aBiasCountsToo() {
        try (Engine engine = chain(Activation.TANH, counting(0), HUGE, 1)) {
            engine.setWeights(1, new float[] {HUGE}, new float[] {1000});
            give(engine, 1);
            assertEquals(1, engine.guardTrips(1));
        }
    }

    /** Only the first frame has a target, so the network learns from the wave of that frame alone. */
    @Test
    void aRefusedActivationTeachesNothing() {
        try (Engine engine = chain(Activation.IDENTITY, counting(.5f), 1, 1)) {
            engine.setWeights(1, new float[] {HUGE}, new float[1]);
            give(engine, 2, 3);
            for (int t = 0; t < 8; t++) {
                give(engine, 0);
            }
            assertEquals(1, engine.guardTrips());
            assertEquals(1, weight(engine, 2));
            assertEquals(0, bias(engine, 2));
            assertEquals(HUGE, weight(engine, 1));
            assertEquals(0, bias(engine, 1));
        }
    }

    @Test
    void aRefusedOutputIsNoAnswerAndTheNextTickHasNoErrorThere() {
        try (Engine engine = chain(Activation.IDENTITY, counting(.5f), 1, HUGE)) {
            give(engine, 1, 7);
            give(engine, 2, 7);
            assertEquals(1, engine.answeredFrame());
            give(engine, 0, 7);
            assertEquals(1, engine.guardTrips(2));
            assertEquals(2, engine.firstGuardTrip(2));
            assertEquals(0, engine.answeredFrame());
            assertEquals(0, Bits.activation(engine, 2, 3)[0]);
            final float weight = weight(engine, 2);
            final float bias = bias(engine, 2);
            give(engine, 0, 7);
            assertEquals(0, Bits.delta(engine, 2, 3)[0]);
            assertEquals(weight, weight(engine, 2));
            assertEquals(bias, bias(engine, 2));
            assertEquals(3, engine.answeredFrame());
            give(engine, 0, 7);
            assertTrue(Bits.delta(engine, 2, 4)[0] != 0);
        }
    }

    /** x_2 = 2^10, so delta_2 is good. Its echo, 2^40, is not good, and the layer below refuses it one tick later. */
    @Test
    void aRefusedErrorIsZeroChangesNothingAndSendsNothingDown() {
        final float small = 0x1p-20f;
        try (Engine engine = chain(Activation.IDENTITY, counting(.5f), 1, small, HUGE)) {
            give(engine, 1, 0);
            for (int t = 0; t < 10; t++) {
                give(engine, 0);
            }
            assertEquals(1, engine.guardTrips());
            assertEquals(1, engine.guardTrips(2));
            assertEquals(4, engine.firstGuardTrip(2));
            assertEquals(1, weight(engine, 1));
            assertEquals(0, bias(engine, 1));
            assertEquals(small, weight(engine, 2));
            assertEquals(0, bias(engine, 2));
            assertTrue(bias(engine, 3) != 0);
        }
    }

    @Test
    void aRefusedErrorLeavesAZeroInTheRing() {
        try (Engine engine = chain(Activation.IDENTITY, counting(.5f), 0x1p-20f, HUGE)) {
            give(engine, 1, 0);
            give(engine, 0);
            give(engine, 0);
            assertEquals(0x1p10f, Bits.delta(engine, 2, 2)[0]);
            give(engine, 0);
            assertEquals(0, Bits.delta(engine, 1, 3)[0]);
            assertEquals(3, engine.firstGuardTrip(1));
        }
    }

    @Test
    void anErrorAtTheOutputIsRefusedToo() {
        try (Engine engine = chain(Activation.IDENTITY, counting(.5f), HUGE)) {
            give(engine, 1, -HUGE);
            give(engine, 0, 0);
            assertEquals(1, engine.guardTrips(1));
            assertEquals(1, engine.firstGuardTrip(1));
            assertEquals(HUGE, weight(engine, 1));
        }
    }

    @Test
    void theGuardLooksBeforeTheClip() {
        try (Engine engine = chain(Activation.IDENTITY, counting(.5f).clip(3), HUGE)) {
            give(engine, 1, -HUGE);
            give(engine, -1, 0);
            assertEquals(1, engine.guardTrips());
            assertEquals(0, Bits.delta(engine, 1, 1)[0]);
            give(engine, 0, 0);
            assertEquals(1, engine.guardTrips());
            assertEquals(-3, Bits.delta(engine, 1, 2)[0]);
        }
    }

    @Test
    void stoppingNamesTheSmallestTickAndThenTheSmallestLayer() {
        final Context stop = new Context().rate(0);
        try (Engine engine = chain(Activation.IDENTITY, stop, 0x1p20f, 0x1p20f, 1)) {
            engine.input(new float[] {2});
            // Layer 2 trips in tick 1 and later; layer 1 never.
            final GuardTripException first = assertThrows(GuardTripException.class, () -> engine.advance(5));
            assertEquals(2, first.layer());
            assertEquals(1, first.tick());
            assertEquals(4, first.trips());
            assertTrue(first.getMessage().contains("layer 2, tick 1"), first.getMessage());
            assertEquals(5, engine.ticks());
            assertEquals(0, engine.guardTrips());
            assertEquals(-1, engine.firstGuardTrip(2));

            engine.input(new float[] {0x1p20f});
            final GuardTripException second = assertThrows(GuardTripException.class, engine::tick);
            assertEquals(1, second.layer());
            assertEquals(5, second.tick());
            assertEquals(2, second.trips());

            engine.input(new float[] {0}).tick();
            engine.tick();
            assertEquals(0, engine.guardTrips());
        }
    }

    @Test
    void countingKeepsTheFirstTickAndGoesOn() {
        try (Engine engine = chain(Activation.IDENTITY, counting(0), HUGE)) {
            give(engine, 1);
            engine.input(new float[] {2}).advance(5);
            assertEquals(5, engine.guardTrips());
            give(engine, 1);
            assertEquals(5, engine.guardTrips(1));
            assertEquals(1, engine.firstGuardTrip(1));
        }
    }

    /** With far too high a rate numbers go bad again and again, but the weights stay finite. */
    @ParameterizedTest
    @EnumSource
    void weightsStayFiniteAtTheHighestRate(final Engine.Guard guard) {
        final long seed = 17;
        final Random random = new Random(seed);
        final Network network = Network.chain(Draw.widths(4)).activation(Activation.LEAKY_RELU).build();
        long stops = 0;
        try (Engine engine = Engine.open(network, new Context().rate(1024).guard(guard))) {
            for (int t = 0; t < 2_000; t++) {
                final float[] target = Draw.vector(random, network.width(4));
                try {
                    engine.input(Draw.vector(random, network.width(0))).target(target).tick();
                } catch (final GuardTripException e) {
                    stops++;
                    assertEquals(t, e.tick());
                }
            }
            assertEquals(guard == Engine.Guard.STOP, stops > 0, "seed " + seed);
            assertEquals(guard == Engine.Guard.COUNT, engine.guardTrips() > 0, "seed " + seed);
            for (int l = 1; l <= 4; l++) {
                for (final float weight : Bits.weights(engine, l)) {
                    assertTrue(Float.isFinite(weight), "seed " + seed);
                }
                for (final float bias : Bits.biases(engine, l)) {
                    assertTrue(Float.isFinite(bias), "seed " + seed);
                }
            }
        }
    }

    @Test
    void stoppingAndCountingLearnTheSame() {
        final Random random = new Random(5);
        final Network network = Network.chain(Draw.widths(3)).build();
        try (Engine stops = Engine.open(network, new Context().rate(50)); Engine counts = Engine.open(network, counting(50))) {
            boolean stopped = false;
            for (int t = 0; t < 200; t++) {
                final float[] frame = Draw.vector(random, network.width(0));
                final float[] target = Draw.vector(random, network.width(3));
                counts.input(frame).target(target).tick();
                try {
                    stops.input(frame).target(target).tick();
                } catch (final GuardTripException e) {
                    stopped = true;
                }
            }
            assertTrue(stopped);
            assertEquals(Bits.of(counts), Bits.of(stops));
        }
    }

    @Test
    void goodNumbersTripNothing() {
        try (Engine engine = chain(Activation.TANH, counting(.1f), 1, 1)) {
            for (int t = 0; t < 100; t++) {
                give(engine, .5f, .25f);
            }
            assertEquals(0, engine.guardTrips());
            assertFalse(Arrays.equals(new float[] {1}, Bits.weights(engine, 1)));
            assertArrayEquals(new long[] {-1, -1}, new long[] {engine.firstGuardTrip(1), engine.firstGuardTrip(2)});
        }
    }
}
