package org.tickwave.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tickwave.Activation;
import org.tickwave.Balance;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Network;
import org.tickwave.Relaxation;
import org.tickwave.Rule;

/** Equilibrium propagation learns what the ticks learn, on networks whose cycles are symmetric. */
class EquilibriumPropagationTest {
    private static final int NETWORKS = 10;
    private static final int TICKS = 200;
    private static final double NUDGE = .01;
    private static final double NEAR = 1e-3;
    private static final float RATE = 1024;
    private static final double GROWTH = .6;

    private static Network network(final int width) {
        return Network.graph().balance(Balance.RECURRENT).input("in", 3)
            .layer("low", width).activation(Activation.TANH).from("in", "high")
            .layer("high", 4).activation(Activation.LOGISTIC).from("low", "out")
            .output("out", 2).activation(Activation.TANH).from("high").build();
    }

    private static float[] draw(final Random random, final int count, final double deviation) {
        final float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) (random.nextGaussian() * deviation);
        }
        return numbers;
    }

    private static float[] weights(final Engine engine, final int k) {
        final Network network = engine.network();
        final float[] weights = new float[network.width(network.to(k)) * network.width(network.from(k))];
        engine.weights(k, weights);
        return weights;
    }

    /** Random weights, the same up and down, as small as the network needs to contract. */
    private static void symmetric(final Engine engine, final Random random, final float[] frame) {
        final Network network = engine.network();
        double deviation = 1;
        do {
            deviation *= .8;
            for (int k = 1; k <= network.projections(); k++) {
                final int rows = network.width(network.to(k));
                final int columns = network.width(network.from(k));
                final float[] up = draw(random, rows * columns, deviation);
                engine.setWeights(k, up, new float[rows]);
                for (int back = 1; back < k; back++) {
                    if (network.from(back) == network.to(k) && network.to(back) == network.from(k)) {
                        engine.setWeights(back, transposed(up, columns), new float[columns]);
                    }
                }
            }
        } while (!Relaxation.of(engine, frame, TICKS).contracts() || Relaxation.of(engine, frame, TICKS).growth() > GROWTH);
    }

    private static float[] transposed(final float[] of, final int columns) {
        final int rows = of.length / columns;
        final float[] transposed = new float[of.length];
        for (int w = 0; w < of.length; w++) {
            transposed[w % columns * rows + w / columns] = of[w];
        }
        return transposed;
    }

    @Test
    void theUpdateIsTheSumOfBothGradientsOfTheTicks() {
        for (long seed = 1; seed <= NETWORKS; seed++) {
            final Random random = new Random(seed);
            final Network network = network(2 + random.nextInt(5));
            final float[] frame = draw(random, 3, 1);
            final float[] target = draw(random, 2, .5);
            try (Engine engine = Engine.open(network, new Context().rule(Rule.diffusion()).rate(0))) {
                symmetric(engine, random, frame);
                final EquilibriumPropagation peer = new EquilibriumPropagation(engine);
                engine.input(frame).target(target).advance(TICKS);
                final float[][] before = new float[network.projections() + 1][];
                for (int k = 1; k < before.length; k++) {
                    before[k] = weights(engine, k);
                }
                engine.rate(RATE);
                engine.tick();
                final double[][] update = peer.update(frame, target, NUDGE, TICKS);
                for (int k = 1; k < before.length; k++) {
                    final double[] sum = gradient(before[k], weights(engine, k));
                    final int back = peer.reverse(k);
                    if (back > 0) {
                        final double[] other = gradient(before[back], weights(engine, back));
                        final int columns = network.width(network.from(k));
                        for (int w = 0; w < sum.length; w++) {
                            sum[w] += other[w % columns * network.width(network.to(k)) + w / columns];
                        }
                    }
                    final double error = relativeError(update[k], sum);
                    assertTrue(error < NEAR, "projection " + k + ": relative error " + error + ", seed " + seed);
                }
            }
        }
    }

    private static double[] gradient(final float[] before, final float[] after) {
        final double[] gradient = new double[before.length];
        for (int w = 0; w < before.length; w++) {
            gradient[w] = ((double) before[w] - after[w]) / RATE;
        }
        return gradient;
    }

    private static double relativeError(final double[] of, final double[] expected) {
        double error = 0;
        double size = 0;
        for (int i = 0; i < of.length; i++) {
            error += Math.pow(of[i] - expected[i], 2);
            size += Math.pow(expected[i], 2);
        }
        return Math.sqrt(error / size);
    }

    @Test
    void itLearns() {
        final Random random = new Random(1);
        final Network network = network(4);
        final float[] frame = draw(random, 3, 1);
        final float[] target = draw(random, 2, .3);
        try (Engine engine = Engine.open(network, new Context().rule(Rule.diffusion()).rate(0))) {
            symmetric(engine, random, frame);
            final EquilibriumPropagation peer = new EquilibriumPropagation(engine);
            final double before = peer.loss(frame, target, TICKS);
            for (int i = 0; i < 200; i++) {
                peer.learn(frame, target, NUDGE, TICKS, .1);
            }
            final double after = peer.loss(frame, target, TICKS);
            assertTrue(after < before / 10, before + " -> " + after);
        }
    }

    @Test
    void whatIsNotSymmetricIsRefused() {
        try (Engine engine = Engine.open(network(3), new Context().rule(Rule.diffusion()))) {
            assertEquals("projection high -> low whose weights are not those of the projection back, transposed",
                assertThrows(IllegalArgumentException.class, () -> new EquilibriumPropagation(engine)).getMessage());
        }
        try (Engine engine = Engine.open(Network.chain(3, 4, 2).build(), new Context())) {
            assertEquals("projection 1 -> 2 without a projection back: expected symmetric cycles",
                assertThrows(IllegalArgumentException.class, () -> new EquilibriumPropagation(engine)).getMessage());
        }
    }
}
