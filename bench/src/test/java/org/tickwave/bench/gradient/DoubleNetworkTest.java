package org.tickwave.bench.gradient;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Network;
import org.tickwave.bench.net.RandomNetworks;

class DoubleNetworkTest {
    private static final double STEP = 1e-5;
    private static final double NEAR = 1e-8;

    private static DoubleNetwork of(final Network network, final long seed) {
        try (Engine engine = Engine.open(network, new Context().seed(seed))) {
            return DoubleNetwork.of(engine);
        }
    }

    private static double numeric(final DoubleNetwork network, final double[] numbers, final int at, final float[] frame, final float[] target) {
        final double original = numbers[at];
        numbers[at] = original + STEP;
        final double above = network.loss(network.activations(frame), target);
        numbers[at] = original - STEP;
        final double below = network.loss(network.activations(frame), target);
        numbers[at] = original;
        return (above - below) / (2 * STEP);
    }

    /** Every loss and every smooth activation, with skips, and with several inputs and outputs. */
    @Test
    void theGradientsOfRandomGraphsEqualFiniteDifferences() {
        for (long seed = 1; seed <= 60; seed++) {
            final Random random = new Random(seed);
            final DoubleNetwork network = of(RandomNetworks.graph(random), seed);
            final float[] frame = RandomNetworks.numbers(random, network.network().frameWidth());
            final float[] target = RandomNetworks.targets(random, network.network());
            final double[][] x = network.activations(frame);
            final double[][] errors = network.errors(x, target);
            for (int k = 1; k <= network.network().projections(); k++) {
                final double[] below = x[network.network().from(k)];
                final int at = random.nextInt(network.weights(k).length);
                final double gradient = errors[network.network().to(k)][at / below.length] * below[at % below.length];
                assertEquals(numeric(network, network.weights(k), at, frame, target), gradient, NEAR,
                    network.network() + ", projection " + k + ", seed " + seed);
            }
            final int layer = network.network().to(1);
            assertEquals(numeric(network, network.biases(layer), 0, frame, target), errors[layer][0], NEAR, "seed " + seed);
        }
    }

    @Test
    void theActivationsAreThoseOfTheEngine() {
        for (long seed = 1; seed <= 20; seed++) {
            final Random random = new Random(seed);
            final Network network = RandomNetworks.graph(random);
            final float[] frame = RandomNetworks.numbers(random, network.frameWidth());
            final float[] answer = new float[network.targetWidth()];
            try (Engine engine = Engine.open(network, new Context().seed(seed))) {
                assertTrue(engine.answer(frame, answer));
                final double[][] x = DoubleNetwork.of(engine).activations(frame);
                int first = 0;
                for (final int output : network.outputs()) {
                    for (final double value : x[output]) {
                        assertEquals(value, answer[first++], 1e-5, network + ", seed " + seed);
                    }
                }
            }
        }
    }

    @Test
    void aGapComparesOuterProducts() {
        final Gap gap = Gap.of(new double[] {1, 0}, new double[] {1, 1}, new double[] {1, 1}, new double[] {1, 0});
        // The products are 1 1 0 0 and 1 0 1 0.
        assertEquals(1, gap.relative(), 1e-15);
        assertEquals(.5, gap.cosine(), 1e-15);
        final double[] same = {3, 4};
        assertArrayEquals(new double[] {0, 1}, new double[] {Gap.of(same, same, same, same).relative(), Gap.of(same, same, same, same).cosine()}, 1e-15);
        assertEquals(Double.POSITIVE_INFINITY, Gap.of(same, same, new double[2], same).relative());
    }
}
