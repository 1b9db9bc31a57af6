package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tickwave.pipeline.Draw;

/** The mark of a refused activation: which vectors bear it, and that a marked vector teaches nothing. */
class RefusedTest {
    private static final long SEED = 23;
    private static final int LAYERS = 4;
    private static final int FRAMES = 40;
    private static final int BAD = 17;
    private static final Network NETWORK =
        Network.chain(Draw.widths(LAYERS)).activation(Activation.RELU).build();

    /**
     * @param trips the layer in which the guard refuses the wave of the bad frame
     * @param hold  ticks for each frame
     */
    record Case(Rule rule, int trips, int hold) {
        /** Other rules mix frames. Neurons below then learn from the bad frame and another frame's error, and trip again. */
        float rate() {
            return trips == 1 || rule.equals(Rule.aligned()) ? .01f : 0;
        }
    }

    static List<Case> cases() {
        final List<Case> cases = new ArrayList<>();
        for (int trips = 1; trips <= LAYERS; trips++) {
            for (final int hold : new int[] {1, 3}) {
                cases.add(new Case(Rule.diffusion(), trips, hold));
                for (int window = 1; window < 2 * LAYERS - 1; window++) {
                    cases.add(new Case(Rule.window(window), trips, hold));
                }
                cases.add(new Case(Rule.aligned(), trips, hold));
            }
        }
        return cases;
    }

    static List<Case> aligned() {
        return cases().stream().filter(of -> of.rule.equals(Rule.aligned())).toList();
    }

    /**
     * The first neuron of each layer has one input, the first neuron of the layer below. The weight of that input is huge in
     * one layer. Good frames have a zero there, so the weight stays as it is.
     */
    private static Engine open(final Case of) {
        final Engine engine =
            Engine.open(NETWORK, new Context().rule(of.rule).hold(of.hold).rate(of.rate()).guard(Engine.Guard.COUNT));
        final Random random = new Random(SEED);
        for (int l = 1; l <= LAYERS; l++) {
            final int rows = NETWORK.width(l);
            final int columns = NETWORK.width(l - 1);
            final float[] weights = new float[rows * columns];
            final float[] biases = new float[rows];
            for (int row = 1; row < rows; row++) {
                for (int column = 1; column < columns; column++) {
                    weights[row * columns + column] = (float) (random.nextGaussian() * 1.4 / Math.sqrt(columns));
                }
                biases[row] = .1f;
            }
            weights[0] = l == of.trips ? 0x1p30f : 1;
            engine.setWeights(l, weights, biases);
        }
        return engine;
    }

    private static void give(final Engine engine, final Random random, final boolean bad) {
        final float[] frame = Draw.vector(random, NETWORK.width(0));
        frame[0] = bad ? 4 : 0;
        engine.input(frame).target(Draw.vector(random, NETWORK.width(LAYERS)));
    }

    /**
     * Only under the aligned rule does a frame teach alone. So the other engine can leave the bad frame out by giving it no
     * target.
     */
    @ParameterizedTest
    @MethodSource("aligned")
    void aFrameWhoseWaveIsRefusedTeachesNothingInAnyLayer(final Case of) {
        final Random random = new Random(SEED);
        final Random same = new Random(SEED);
        try (Engine refuses = open(of); Engine expected = open(of)) {
            for (int frame = 1; frame <= FRAMES; frame++) {
                give(refuses, random, frame == BAD);
                refuses.advance(of.hold);
                give(expected, same, false);
                if (frame == BAD) {
                    expected.input(new float[NETWORK.width(0)]);
                }
                expected.advance(of.hold);
            }
            assertEquals(of.hold, refuses.guardTrips());
            assertEquals(of.hold, refuses.guardTrips(of.trips));
            assertEquals(0, expected.guardTrips());
            for (int l = 1; l <= LAYERS; l++) {
                assertArrayEquals(Bits.weights(expected, l), Bits.weights(refuses, l), "layer " + l + ", seed " + SEED);
                assertArrayEquals(Bits.biases(expected, l), Bits.biases(refuses, l), "layer " + l + ", seed " + SEED);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anErrorThatWouldMeetTheSlopeOfARefusedActivationIsZeroAndTeachesNothing(final Case of) {
        final Random random = new Random(SEED);
        final int[] met = new int[LAYERS + 1];
        try (Engine engine = open(of)) {
            for (int frame = 1; frame <= FRAMES; frame++) {
                give(engine, random, frame == BAD);
                for (int t = 0; t < of.hold; t++) {
                    tickAndLook(engine, of, met);
                }
            }
        }
        for (int l = 1; l <= LAYERS; l++) {
            assertEquals(l < of.trips ? 0 : of.hold, met[l], "layer " + l);
        }
    }

    private static void tickAndLook(final Engine engine, final Case of, final int[] met) {
        final float[][] weights = new float[LAYERS + 1][];
        final float[][] biases = new float[LAYERS + 1][];
        for (int l = 1; l <= LAYERS; l++) {
            weights[l] = Bits.weights(engine, l);
            biases[l] = Bits.biases(engine, l);
        }
        engine.tick();
        final long t = engine.ticks() - 1;
        for (int l = 1; l <= LAYERS; l++) {
            final long slopeOf = t - NETWORK.geometry(of.rule.on(NETWORK.wiring()), 0).wiring().slopeAge(l);
            if (bad(of, l, slopeOf)) {
                met[l]++;
                assertArrayEquals(new float[NETWORK.width(l)], Bits.delta(engine, l, t), "layer " + l + ", seed " + SEED);
                assertArrayEquals(weights[l], Bits.weights(engine, l), "layer " + l + ", seed " + SEED);
                assertArrayEquals(biases[l], Bits.biases(engine, l), "layer " + l + ", seed " + SEED);
            } else if (l == LAYERS && t >= LAYERS) {
                assertNotEquals(0, Bits.delta(engine, l, t)[1], "tick " + t + ", seed " + SEED);
            }
        }
    }

    /** Whether a layer's activation of a tick is made from the bad frame, and so must bear the mark. */
    private static boolean bad(final Case of, final int layer, final long tick) {
        return layer >= of.trips && tick >= layer && (tick - layer) / of.hold == BAD - 1;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theMarkTravelsUpAndNoFrameIsAnsweredByWhatBearsIt(final Case of) {
        final Random random = new Random(SEED);
        try (Engine engine = open(of)) {
            for (int frame = 1; frame <= FRAMES; frame++) {
                give(engine, random, frame == BAD);
                for (int i = 0; i < of.hold; i++) {
                    engine.tick();
                    final long t = engine.ticks();
                    for (int l = 0; l <= LAYERS; l++) {
                        final long expected = t < l + (l == 0 ? 1 : 0) ? 0 : 1 + (t - l - (l == 0 ? 1 : 0)) / of.hold;
                        // The newest frame belongs to the tick that took it. The newest activation belongs to the tick after
                        // that.
                        final long tick = l == 0 ? t - 1 : t;
                        assertEquals(bad(of, l, tick) ? 0 : expected, engine.waves().frame(l, tick), "layer " + l);
                    }
                    assertEquals(engine.waves().frame(LAYERS, t), engine.answeredFrame());
                }
            }
        }
    }

    /** Also while learning is off, because a layer meets these activations later. */
    @Test
    void theMarkIsSetWhileLearningIsOff() {
        final Case of = new Case(Rule.aligned(), 1, 1);
        final Random random = new Random(SEED);
        try (Engine engine = open(of)) {
            engine.learning(false);
            for (int frame = 1; frame <= BAD + LAYERS - 1; frame++) {
                give(engine, random, frame == BAD);
                engine.tick();
            }
            assertEquals(0, engine.answeredFrame());
            give(engine, random, false);
            engine.tick();
            assertEquals(BAD + 1, engine.answeredFrame());
        }
    }

    /** Slots that no frame has reached bear no mark: from a zeroed image the wave of the targets starts in tick 0. */
    @Test
    void aResetTakesMarksAway() {
        final Case of = new Case(Rule.diffusion(), 1, 1);
        final Random random = new Random(SEED);
        try (Engine engine = open(of)) {
            for (int frame = 1; frame <= 2 * LAYERS; frame++) {
                give(engine, random, true);
                engine.tick();
            }
            assertArrayEquals(new float[NETWORK.width(LAYERS)], Bits.delta(engine, LAYERS, engine.ticks() - 1));
            engine.reset();
            give(engine, random, false);
            engine.tick();
            assertTrue(Bits.delta(engine, LAYERS, engine.ticks() - 1)[1] != 0, "seed " + SEED);
        }
    }
}
