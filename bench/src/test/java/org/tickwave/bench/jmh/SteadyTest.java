package org.tickwave.bench.jmh;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tickwave.Activation;
import org.tickwave.Balance;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Network;
import org.tickwave.Rule;

/** Wrong results are given to the verifiers of the benchmarks. */
class SteadyTest {
    private static final int ROWS = 1_000;
    private static final int COLUMNS = 8;
    private static final float[] FRAME = {.5f, -1, .25f};
    private static final float[] TARGET = {1, -.5f, 2};

    /** One row of a thousand is a thousandth of the norm, far below its tolerance. */
    @Test
    void oneRowThatHasNotMovedIsFound() {
        final float[] start = new float[ROWS * COLUMNS];
        Arrays.fill(start, .1f);
        final float[] expected = new float[ROWS * COLUMNS];
        Arrays.fill(expected, 1e-3f);
        final float[] actual = new float[ROWS * COLUMNS];
        Arrays.fill(actual, .1f + 1e-3f);
        assertDoesNotThrow(() -> Moved.verify("layer 1", 3, start, expected, actual, COLUMNS));
        Arrays.fill(actual, actual.length - COLUMNS, actual.length, .1f);
        final String message = assertThrows(IllegalStateException.class, () -> Moved.verify("layer 1", 3, start, expected, actual, COLUMNS)).getMessage();
        assertTrue(message.startsWith("layer 1, row 999: the change of the weights differs"), message);
        assertThrows(IllegalStateException.class, () -> Moved.verify("layer 1", 3, start, new float[start.length], start, COLUMNS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"diffusion", "window:2", "aligned"})
    void everyRuleIsRightInTheSteadyState(final String rule) {
        try (Engine engine = Engine.open(Network.chain(3, 5, 4, 3).build(), new Context().rule(Rule.parse(rule)).seed(3))) {
            final float[][] before = Steady.weights(engine);
            Steady.verify(engine, FRAME, TARGET);
            assertTrue(Arrays.deepEquals(before, Steady.weights(engine)), "the weights stay");
        }
    }

    /** Clipped errors are learnt instead of the gradient. */
    @Test
    void anotherGradientIsRefused() {
        try (Engine engine = Engine.open(Network.chain(3, 5, 4, 3).build(), new Context().rule(Rule.aligned()).clip(.1f).seed(3))) {
            final String message = assertThrows(IllegalStateException.class, () -> Steady.verify(engine, FRAME, TARGET)).getMessage();
            assertTrue(message.contains("the change of the weights differs"), message);
        }
    }

    /** A neuron whose tanh is at its end has no slope, so that its weights do not change. */
    @Test
    void withCyclesARowThatLearnsNothingIsRefused() {
        final Network network = Network.graph().input("in", 3).layer("low", 5).activation(Activation.TANH).from("in", "high")
            .layer("high", 4).from("low").output("out", 3).from("high").balance(Balance.RECURRENT).build();
        try (Engine engine = Engine.open(network, new Context().rule(Rule.diffusion()).seed(3))) {
            assertDoesNotThrow(() -> Unrolled.verify(engine, FRAME, TARGET));
        }
        try (Engine engine = Engine.open(network, new Context().rule(Rule.diffusion()).seed(3))) {
            engine.setBiases(network.layer("low"), new float[] {1_000, 0, 0, 0, 0});
            assertEquals("projection 1, row 0: has learnt nothing",
                assertThrows(IllegalStateException.class, () -> Unrolled.verify(engine, FRAME, TARGET)).getMessage());
        }
    }
}
