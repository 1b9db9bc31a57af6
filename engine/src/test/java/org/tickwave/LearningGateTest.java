package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tickwave.pipeline.Draw;
import org.tickwave.pipeline.Twin;

/**
 * The first tick in which a layer learns: at the start, after a reset, after a change of the weights, and after learning was
 * off.
 */
class LearningGateTest {
    private static final int DEEPEST = 4;

    record Case(int layers, Rule rule) {
        Network network() {
            return Network.chain(Draw.widths(layers)).build();
        }

        Engine open() {
            return Engine.open(network(), new Context().rule(rule).rate(.05f));
        }
    }

    static List<Case> cases() {
        final List<Case> cases = new ArrayList<>();
        for (int layers = 1; layers <= DEEPEST; layers++) {
            cases.add(new Case(layers, Rule.diffusion()));
            cases.add(new Case(layers, Rule.window(1)));
            cases.add(new Case(layers, Rule.aligned()));
        }
        return cases;
    }

    private static void teach(final Engine engine) {
        final Random random = new Random(engine.ticks() + 5);
        final Network network = engine.network();
        engine.input(Draw.vector(random, network.width(0))).target(Draw.vector(random, network.width(network.layers()))).tick();
    }

    private static void teach(final Engine engine, final int ticks) {
        for (int i = 0; i < ticks; i++) {
            teach(engine);
        }
    }

    private static boolean zero(final float[] vector) {
        return Twin.norm(Twin.widen(vector)) == 0;
    }

    /** Layer l learns in every tick from t0 + 2L - l on, and in no tick before. */
    private static void learnsFrom(final Engine engine, final long t0) {
        final int layers = engine.network().layers();
        while (engine.ticks() < t0 + 3L * layers) {
            final long tick = engine.ticks();
            final List<float[]> weights = new ArrayList<>();
            final List<float[]> biases = new ArrayList<>();
            for (int l = 1; l <= layers; l++) {
                weights.add(Bits.weights(engine, l));
                biases.add(Bits.biases(engine, l));
            }
            teach(engine);
            for (int l = 1; l <= layers; l++) {
                final boolean learns = tick >= t0 + 2L * layers - l;
                assertEquals(!learns, Arrays.equals(weights.get(l - 1), Bits.weights(engine, l)), "W of " + l + ", tick " + tick);
                assertEquals(!learns, Arrays.equals(biases.get(l - 1), Bits.biases(engine, l)), "b of " + l + ", tick " + tick);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aLayerLearnsFromTick2LMinusLAfterTheFirstFrame(final Case of) {
        try (Engine engine = of.open()) {
            learnsFrom(engine, 0);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aLayerLearnsFromTick2LMinusLAfterAReset(final Case of) {
        try (Engine engine = of.open()) {
            teach(engine, 13);
            engine.reset();
            learnsFrom(engine, 13);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aLayerLearnsFromTick2LMinusLAfterWeightsWereSet(final Case of) {
        try (Engine engine = of.open()) {
            teach(engine, 13);
            engine.setWeights(of.layers, Bits.weights(engine, of.layers), Bits.biases(engine, of.layers));
            learnsFrom(engine, 13);
        }
    }

    /** Only learning waits for new waves. The present errors travel on. */
    @ParameterizedTest
    @MethodSource("cases")
    void errorsGoOnWhenWeightsAreSet(final Case of) {
        try (Engine engine = of.open()) {
            teach(engine, 13);
            engine.setWeights(1, Bits.weights(engine, 1), Bits.biases(engine, 1));
            for (long tick = 13; tick < 13 + 2L * of.layers; tick++) {
                teach(engine);
                for (int l = 1; l <= of.layers; l++) {
                    assertFalse(zero(Bits.delta(engine, l, tick)), "layer " + l + ", tick " + tick);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void afterLearningIsTurnedOnErrorsAreZeroUntilNewOnesArrive(final Case of) {
        try (Engine engine = of.open()) {
            teach(engine, 13);
            engine.learning(false);
            teach(engine, 5);
            engine.learning(true);
            for (long tick = 18; tick < 18 + 2L * of.layers; tick++) {
                teach(engine);
                for (int l = 1; l <= of.layers; l++) {
                    assertEquals(tick < 18 + of.layers - l, zero(Bits.delta(engine, l, tick)), "layer " + l + ", tick " + tick);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void withoutLearningNoErrorsArise(final Case of) {
        try (Engine engine = of.open()) {
            teach(engine, 13);
            final float[] weights = Bits.weights(engine, 1);
            engine.learning(false);
            teach(engine, 5);
            assertArrayEquals(weights, Bits.weights(engine, 1));
            for (int l = 1; l <= of.layers; l++) {
                final float[] to = new float[engine.network().width(l)];
                for (long tick = 13; tick < 18; tick++) {
                    assertFalse(engine.waves().delta(l, tick, to));
                }
                assertTrue(engine.waves().activation(l, 18, to));
            }
        }
    }

    /** An error before that tick would come from an old echo. Between two ticks no echo is old. */
    @ParameterizedTest
    @MethodSource("cases")
    void turningLearningOffAndOnBetweenTwoTicksIsNothing(final Case of) {
        try (Engine one = of.open(); Engine other = of.open()) {
            teach(one, 13);
            teach(other, 13);
            other.learning(false);
            other.learning(true);
            other.learning(false);
            other.learning(true);
            teach(one);
            teach(other);
            assertEquals(Bits.of(one), Bits.of(other));
        }
    }

    @Test
    void learningMayBeginOff() {
        final Case of = new Case(3, Rule.aligned());
        try (Engine one = of.open();
            Engine other = Engine.open(of.network(), new Context().rate(.05f).learning(false))) {
            other.learning(true);
            teach(one, 20);
            teach(other, 20);
            assertEquals(Bits.of(one), Bits.of(other));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aResetEngineIsLikeANewOneWithTheSameWeights(final Case of) {
        try (Engine engine = of.open(); Engine fresh = of.open()) {
            teach(engine, 13);
            engine.input(new float[engine.network().width(0)]);
            engine.reset();
            assertThrows(IllegalStateException.class, engine::tick);
            assertEquals(13, engine.ticks());
            assertEquals(13, engine.frames());
            assertEquals(0, engine.answeredFrame());
            for (int l = 1; l <= of.layers; l++) {
                assertTrue(zero(Bits.activation(engine, l, 13)), "layer " + l);
                fresh.setWeights(l, Bits.weights(engine, l), Bits.biases(engine, l));
            }
            assertEquals(-1, engine.waves().frame(0, 12));
            for (int i = 0; i < 20; i++) {
                final Random random = new Random(i);
                final float[] frame = Draw.vector(random, engine.network().width(0));
                final float[] target = Draw.vector(random, engine.network().width(of.layers));
                engine.input(frame).target(target).tick();
                fresh.input(frame).target(target).tick();
                for (int l = 1; l <= of.layers; l++) {
                    assertArrayEquals(Bits.weights(fresh, l), Bits.weights(engine, l));
                    assertArrayEquals(Bits.activation(fresh, l, i + 1), Bits.activation(engine, l, i + 14));
                    assertArrayEquals(Bits.delta(fresh, l, i), Bits.delta(engine, l, i + 13));
                }
                assertEquals(fresh.answeredFrame() == 0 ? 0 : fresh.answeredFrame() + 13, engine.answeredFrame());
            }
        }
    }

    @Test
    void aResetKeepsSettingsAndCounters() {
        final Network network = Network.chain(2, 2).build();
        final Context context = new Context().guard(Engine.Guard.COUNT).rate(0);
        try (Engine engine = Engine.open(network, context)) {
            engine.setWeights(1, new float[] {0x1p30f, 0, 0, 1}, new float[2]);
            engine.input(new float[] {4, 1}).tick();
            engine.rate(.5f);
            engine.learning(false);
            engine.reset();
            assertEquals(1, engine.guardTrips());
            assertArrayEquals(new float[] {0x1p30f, 0, 0, 1}, Bits.weights(engine, 1));
            engine.input(new float[] {0, 1}).target(new float[] {1, 2}).advance(3);
            assertFalse(engine.waves().delta(1, 3, new float[2]));
            engine.learning(true);
            engine.advance(1);
            assertNotEquals(1, Bits.weights(engine, 1)[3]);
        }
    }
}
