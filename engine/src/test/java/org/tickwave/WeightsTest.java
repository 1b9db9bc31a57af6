package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tickwave.pipeline.Draw;

class WeightsTest {
    private static Engine open(final Activation activation, final long seed) {
        final Network network = Network.chain(300, 200, 100).activation(activation).outputActivation(activation).build();
        return Engine.open(network, new Context().seed(seed));
    }

    @ParameterizedTest
    @EnumSource
    void weightsStartNormalWithAVarianceThatKeepsTheWave(final Activation activation) {
        final boolean half = activation == Activation.RELU || activation == Activation.LEAKY_RELU;
        try (Engine engine = open(activation, 3)) {
            for (int l = 1; l <= 2; l++) {
                final float[] weights = Bits.weights(engine, l);
                final double expected = (half ? 2.0 : 1.0) / engine.network().width(l - 1);
                double sum = 0;
                double squares = 0;
                double fourth = 0;
                for (final double w : weights) {
                    sum += w;
                    squares += w * w;
                    fourth += w * w * w * w;
                }
                final double variance = squares / weights.length;
                assertEquals(0, sum / weights.length / Math.sqrt(expected), .03);
                assertEquals(1, variance / expected, .05);
                assertEquals(3, fourth / weights.length / variance / variance, .2);
                assertArrayEquals(new float[engine.network().width(l)], Bits.biases(engine, l));
            }
        }
    }

    @Test
    void theSeedDecidesWhereTheyStart() {
        try (Engine one = open(Activation.TANH, 5); Engine same = open(Activation.TANH, 5);
            Engine other = open(Activation.TANH, 6)) {
            assertArrayEquals(Bits.weights(one, 2), Bits.weights(same, 2));
            assertFalse(Arrays.equals(Bits.weights(one, 2), Bits.weights(other, 2)));
            final Random random = new Random(5);
            final float first = (float) (random.nextGaussian() * Math.sqrt(1.0 / 300));
            assertEquals(first, Bits.weights(one, 1)[0]);
        }
    }

    @Test
    void whatIsSetIsRead() {
        final Network network = Network.chain(Draw.widths(6)).build();
        final Random random = new Random(9);
        try (Engine engine = Engine.open(network, new Context())) {
            final float[][] weights = new float[7][];
            final float[][] biases = new float[7][];
            for (int l = 1; l <= 6; l++) {
                weights[l] = Draw.vector(random, network.width(l) * network.width(l - 1));
                biases[l] = Draw.vector(random, network.width(l));
                engine.setWeights(l, weights[l], biases[l]);
            }
            for (int l = 1; l <= 6; l++) {
                assertArrayEquals(weights[l], Bits.weights(engine, l));
                assertArrayEquals(biases[l], Bits.biases(engine, l));
                final int columns = network.width(l - 1);
                final float[] row = new float[columns];
                for (int i = 0; i < network.width(l); i++) {
                    engine.weights(l, i, row);
                    assertArrayEquals(Arrays.copyOfRange(weights[l], i * columns, (i + 1) * columns), row);
                }
            }
        }
    }

    @Test
    void whatIsNotGoodIsRefusedByNameAndIndexAndNothingIsSet() {
        try (Engine engine = Engine.open(Network.chain(2, 3).build(), new Context())) {
            final float[] weights = Bits.weights(engine, 1);
            final float[] biases = Bits.biases(engine, 1);
            final String weight = assertThrows(IllegalArgumentException.class,
                () -> engine.setWeights(1, new float[] {1, 2, 3, 4, Float.NaN, 6}, new float[] {1, 2, 3})).getMessage();
            assertTrue(weight.startsWith("weight 4 of layer 1 is NaN"), weight);
            final String bias = assertThrows(IllegalArgumentException.class,
                () -> engine.setWeights(1, new float[6], new float[] {1, 2, 0x1.1p30f})).getMessage();
            assertTrue(bias.startsWith("bias 2 of layer 1 is 1.14085"), bias);
            assertArrayEquals(weights, Bits.weights(engine, 1));
            assertArrayEquals(biases, Bits.biases(engine, 1));
        }
    }

    private interface Setting {
        void set(Engine engine, int layer, float[] weights, float[] biases);
    }

    private static void rowByRow(final Engine engine, final int layer, final float[] weights, final float[] biases) {
        final int columns = engine.network().width(layer - 1);
        // In mixed order, with the biases in between.
        for (int row = biases.length - 1; row >= 0; row--) {
            engine.setWeights(layer, row, Arrays.copyOfRange(weights, row * columns, (row + 1) * columns));
            if (row == biases.length / 2) {
                engine.setBiases(layer, biases);
            }
        }
    }

    private static long learntFrom(final Setting setting) {
        final Network network = Network.chain(Draw.widths(4)).build();
        final Random random = new Random(6);
        try (Engine engine = Engine.open(network, new Context().rate(.1f))) {
            for (int t = 0; t < 40; t++) {
                final float[] target = Draw.vector(random, network.width(4));
                engine.input(Draw.vector(random, network.width(0))).target(target).tick();
                if (t == 15) {
                    setting.set(engine, 2, Draw.vector(random, network.width(2) * network.width(1)),
                        Draw.vector(random, network.width(2)));
                }
            }
            return Bits.of(engine);
        }
    }

    /** Also afterwards no layer learns until a new frame has gone up and its error has come back. */
    @Test
    void aLayerThatIsSetRowByRowIsSetAsAWholeOneIs() {
        assertEquals(learntFrom(Engine::setWeights), learntFrom(WeightsTest::rowByRow));
    }

    private static float[] with(final int length, final int index, final float value) {
        final float[] numbers = new float[length];
        Arrays.fill(numbers, 1);
        numbers[index] = value;
        return numbers;
    }

    @Test
    void aRowThatIsNotGoodIsRefusedByNameAndIndexAndNothingIsSet() {
        try (Engine engine = Engine.open(Network.chain(2, 3).build(), new Context())) {
            final float[] weights = Bits.weights(engine, 1);
            final float[] biases = Bits.biases(engine, 1);
            assertEquals("weight 1 of row 2 of layer 1 is NaN: expected at most 2^30 in magnitude",
                assertThrows(IllegalArgumentException.class, () -> engine.setWeights(1, 2, with(2, 1, Float.NaN))).getMessage());
            assertEquals("bias 2 of layer 1 is -Infinity: expected at most 2^30 in magnitude", assertThrows(
                IllegalArgumentException.class, () -> engine.setBiases(1, with(3, 2, Float.NEGATIVE_INFINITY))).getMessage());
            assertArrayEquals(weights, Bits.weights(engine, 1));
            assertArrayEquals(biases, Bits.biases(engine, 1));
        }
    }

    /** A pool of memory is an arena that hands out used memory. */
    @Test
    void memoryThatIsNotCleanIsCleaned() {
        try (Arena memory = Arena.ofConfined(); Engine clean = learnt(null); Engine dirty = learnt(new Used(memory))) {
            assertEquals(Bits.of(clean), Bits.of(dirty));
        }
    }

    private static Engine learnt(final Arena arena) {
        final Network network = Network.chain(Draw.widths(3)).activation(Activation.LOGISTIC).build();
        final Engine engine = Engine.open(network, new Context().arena(arena).rate(.1f));
        final Random random = new Random(4);
        for (int t = 0; t < 20; t++) {
            final float[] target = Draw.vector(random, network.width(3));
            engine.input(Draw.vector(random, network.width(0))).target(target).tick();
        }
        return engine;
    }

    private record Used(Arena memory) implements Arena {
        @Override
        public MemorySegment allocate(final long byteSize, final long byteAlignment) {
            return memory.allocate(byteSize, byteAlignment).fill((byte) 0x3f);
        }

        @Override
        public MemorySegment.Scope scope() {
            return memory.scope();
        }

        @Override
        public void close() {
            memory.close();
        }
    }
}
