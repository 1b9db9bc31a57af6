package org.tickwave.bench.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tickwave.Activation;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Loss;
import org.tickwave.Network;
import org.tickwave.bench.net.RandomNetworks;
import org.tickwave.bench.report.Crc;

class BackpropTest {
    private static final long SEED = 20_261_124;
    private static final float STEP = 1e-2f;

    @Test
    void startsFromTheWeightsOfAnEngine() {
        final Network network = Network.chain(7, 19, 5).activation(Activation.RELU).build();
        try (Engine engine = Engine.open(network, new Context().seed(SEED)); Backprop backprop = new Backprop(network, SEED)) {
            assertEquals(Crc.of(engine), Crc.of(network, backprop.image()));
        }
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void aStepEqualsTheGradientByFiniteDifferences(final Activation activation) {
        for (final Loss loss : Loss.values()) {
            final Network network = Network.chain(5, 9, 17, 3).activation(activation).loss(loss).build();
            final Random random = new Random(SEED);
            final float[] frame = RandomNetworks.numbers(random, 5);
            final float[] target = loss == Loss.SOFTMAX_CROSS_ENTROPY ? new float[] {0, 1, 0} : new float[] {.3f, .1f, .9f};
            for (int layer = 1; layer <= network.layers(); layer++) {
                try (Backprop backprop = new Backprop(network, SEED)) {
                    final float[] before = weights(backprop, network, layer);
                    final int at = random.nextInt(before.length);
                    final double numeric = numeric(backprop, network, layer, at, frame, target, loss);
                    backprop.forward(frame);
                    backprop.learn(target, 1f);
                    final double step = before[at] - (double) weights(backprop, network, layer)[at];
                    assertEquals(numeric, step, 4e-3 * Math.max(.05, Math.abs(numeric)),
                        loss + ", layer " + layer + ", weight " + at + ", seed " + SEED);
                }
            }
        }
    }

    private static double lossOf(final Network network, final float[] answer, final float[] target) {
        double sum = 0;
        int first = 0;
        for (final int output : network.outputs()) {
            final int end = first + network.width(output);
            sum += loss(network.loss(output), Arrays.copyOfRange(answer, first, end), Arrays.copyOfRange(target, first, end));
            first = end;
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30})
    void aStepOfAnyGraphEqualsTheGradientByFiniteDifferences(final int seed) {
        final Random random = new Random(SEED + seed);
        final Network network = RandomNetworks.graph(random);
        final float[] frame = RandomNetworks.numbers(random, network.frameWidth());
        final float[] target = RandomNetworks.targets(random, network);
        for (int k = 1; k <= network.projections(); k++) {
            try (Backprop backprop = new Backprop(network, SEED)) {
                final float[] weights = new float[network.width(network.to(k)) * network.width(network.from(k))];
                backprop.image().readWeights(k, weights);
                final int at = random.nextInt(weights.length);
                final float original = weights[at];
                final double[] values = new double[2];
                for (int side = 0; side < 2; side++) {
                    weights[at] = original + (side == 0 ? STEP : -STEP);
                    backprop.image().writeWeights(k, weights);
                    values[side] = lossOf(network, output(backprop, frame, target.length), target);
                }
                weights[at] = original;
                backprop.image().writeWeights(k, weights);
                backprop.forward(frame);
                backprop.learn(target, 1f);
                backprop.image().readWeights(k, weights);
                final double numeric = (values[0] - values[1]) / (2.0 * STEP);
                assertEquals(numeric, original - (double) weights[at], 8e-3 * Math.max(.05, Math.abs(numeric)),
                    network + ", projection " + k + ", weight " + at + ", seed " + (SEED + seed));
            }
        }
    }

    @Test
    void aGraphStartsFromTheWeightsOfAnEngineAndAnswersAsTheEngineDoes() {
        for (int seed = 0; seed < 20; seed++) {
            final Random random = new Random(SEED + seed);
            final Network network = RandomNetworks.graph(random);
            final float[] frame = RandomNetworks.numbers(random, network.frameWidth());
            final float[] answer = new float[network.targetWidth()];
            try (Engine engine = Engine.open(network, new Context().seed(SEED)); Backprop backprop = new Backprop(network, SEED)) {
                assertEquals(Crc.of(engine), Crc.of(network, backprop.image()));
                assertTrue(engine.answer(frame, answer));
                assertArrayEquals(answer, output(backprop, frame, answer.length), network + ", seed " + (SEED + seed));
            }
        }
    }

    private static double numeric(
        final Backprop backprop, final Network network, final int layer, final int at, final float[] frame,
        final float[] target, final Loss loss) {
        final float step = 1e-2f;
        final float[] weights = weights(backprop, network, layer);
        final float original = weights[at];
        final double[] values = new double[2];
        for (int side = 0; side < 2; side++) {
            weights[at] = original + (side == 0 ? step : -step);
            backprop.image().writeWeights(layer, weights);
            values[side] = loss(loss, output(backprop, frame, target.length), target);
        }
        weights[at] = original;
        backprop.image().writeWeights(layer, weights);
        return (values[0] - values[1]) / (2.0 * step);
    }

    private static float[] output(final Backprop backprop, final float[] frame, final int n) {
        final float[] output = new float[n];
        backprop.forward(frame).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(output);
        return output;
    }

    private static double loss(final Loss loss, final float[] x, final float[] y) {
        double sum = 0;
        double exps = 0;
        for (final float logit : x) {
            exps += Math.exp(logit);
        }
        for (int i = 0; i < x.length; i++) {
            sum += switch (loss) {
                case SQUARED_ERROR -> .5 * (x[i] - y[i]) * (x[i] - y[i]);
                case SOFTMAX_CROSS_ENTROPY -> -y[i] * (x[i] - Math.log(exps));
                case LOGISTIC_CROSS_ENTROPY -> Math.log1p(Math.exp(x[i])) - y[i] * x[i];
            };
        }
        return sum;
    }

    private static float[] weights(final Backprop backprop, final Network network, final int layer) {
        final float[] weights = new float[network.width(layer) * network.width(layer - 1)];
        backprop.image().readWeights(layer, weights);
        return weights;
    }

    private static double meanSquare(final float[] answer, final float[] target) {
        double sum = 0;
        for (int i = 0; i < target.length; i++) {
            sum += (answer[i] - (double) target[i]) * (answer[i] - target[i]);
        }
        return sum / target.length;
    }

    @Test
    void learnsAFunctionOfTheInput() {
        final Network network = Network.chain(3, 16, 2).build();
        final Random random = new Random(SEED);
        try (Backprop backprop = new Backprop(network, SEED)) {
            double first = 0;
            double last = 0;
            for (int i = 0; i < 4_000; i++) {
                final float[] frame = RandomNetworks.numbers(random, 3);
                final float[] target = {frame[0] * frame[1], Math.abs(frame[2])};
                final double loss = meanSquare(output(backprop, frame, 2), target);
                backprop.learn(target, 3e-2f);
                first += i < 1_000 ? loss : 0;
                last += i >= 3_000 ? loss : 0;
            }
            assertTrue(last < first / 2, "from " + first + " to " + last + ", seed " + SEED);
            assertEquals(0, backprop.guardTrips());
        }
    }
}
