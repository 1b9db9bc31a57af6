package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Networks with cycles. While a frame is held, a network that contracts learns the gradient at its fixed point: the finite differences
 * of a plain double-precision network.
 */
class CycleTest {
    private static final int NETWORKS = 20;
    private static final int TICKS = 60;
    private static final double EXACT = 1e-4;
    private static final double RADIUS = .75;
    private static final float RATE = 1024;
    private static final double STEP = 1e-5;
    private static final int LONG = 500;

    /** Two inputs, two outputs, and projections up, down and from a layer into itself. */
    private static Network network(final Random random) {
        final GraphBuilder graph =
            Network.graph().balance(Balance.RECURRENT).input("a", 1 + random.nextInt(4)).input("b", 1 + random.nextInt(3));
        final int hidden = 2 + random.nextInt(3);
        for (int l = 0; l < hidden; l++) {
            final List<String> from = new ArrayList<>(List.of(l % 2 == 0 ? "a" : "b"));
            for (int other = 0; other < hidden; other++) {
                if (random.nextBoolean() || Math.abs(other - l) == 1) {
                    from.add("h" + other);
                }
            }
            graph.layer("h" + l, 2 + random.nextInt(4)).from(from.toArray(String[]::new))
                .activation(random.nextInt(3) == 0 ? Activation.LOGISTIC : Activation.TANH);
        }
        return graph.output("y", 2).from("h0", "h" + (hidden - 1)).output("z", 1).from("h1", "a").build();
    }

    private static float[] draw(final Random random, final int count) {
        final float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }

    private static float[] weights(final Engine engine, final int k) {
        final Network network = engine.network();
        final float[] weights = new float[network.width(network.to(k)) * network.width(network.from(k))];
        engine.weights(k, weights);
        return weights;
    }

    private static double[][] allWeights(final Engine engine) {
        final double[][] all = new double[engine.network().projections() + 1][];
        for (int k = 1; k < all.length; k++) {
            final float[] read = weights(engine, k);
            all[k] = new double[read.length];
            for (int w = 0; w < read.length; w++) {
                all[k][w] = read[w];
            }
        }
        return all;
    }

    /** Scales all weights until the network settles with a growth that is at most so large. */
    private static void contract(final Engine engine, final float[] frame, final double most) {
        for (Relaxation now = relaxed(engine, frame); !now.settled() || now.growth() > most; now = relaxed(engine, frame)) {
            for (int k = 1; k <= engine.network().projections(); k++) {
                final float[] scaled = weights(engine, k);
                for (int w = 0; w < scaled.length; w++) {
                    scaled[w] *= .95f;
                }
                engine.setWeights(k, scaled, new float[engine.network().width(engine.network().to(k))]);
            }
        }
    }

    private static Relaxation relaxed(final Engine engine, final float[] frame) {
        return Relaxation.of(engine, frame, LONG);
    }

    /** The loss of the fixed point. All biases are zero. */
    private static double loss(final Network network, final double[][] weights, final float[] frame, final float[] target) {
        double[][] x = new double[network.last() + 1][];
        int at = 0;
        for (int l = 0; l < x.length; l++) {
            x[l] = new double[network.width(l)];
            for (int i = 0; l < network.inputs() && i < x[l].length; i++) {
                x[l][i] = frame[at++];
            }
        }
        for (int t = 0; t < 8 * TICKS; t++) {
            x = next(network, weights, x);
        }
        double loss = 0;
        at = 0;
        for (final int output : network.outputs()) {
            for (final double value : x[output]) {
                loss += .5 * Math.pow(value - target[at++], 2);
            }
        }
        return loss;
    }

    private static double[][] next(final Network network, final double[][] weights, final double[][] x) {
        final double[][] next = new double[x.length][];
        for (int l = 0; l < x.length; l++) {
            next[l] = l < network.inputs() ? x[l] : new double[x[l].length];
        }
        for (int k = 1; k <= network.projections(); k++) {
            final double[] from = x[network.from(k)];
            final double[] to = next[network.to(k)];
            for (int w = 0; w < weights[k].length; w++) {
                to[w / from.length] += weights[k][w] * from[w % from.length];
            }
        }
        for (int l = network.inputs(); l < x.length; l++) {
            for (int i = 0; i < next[l].length; i++) {
                final double a = next[l][i];
                next[l][i] = switch (network.activation(l)) {
                    case TANH -> Math.tanh(a);
                    case LOGISTIC -> 1 / (1 + Math.exp(-a));
                    default -> a;
                };
            }
        }
        return next;
    }

    @Test
    void aNetworkThatContractsLearnsTheGradientAtItsFixedPoint() {
        for (long seed = 1; seed <= NETWORKS; seed++) {
            final Random random = new Random(seed);
            final Network network = network(random);
            final float[] frame = draw(random, network.frameWidth());
            final float[] target = draw(random, network.targetWidth());
            try (Engine engine = Engine.open(network, new Context().rule(Rule.diffusion()).rate(0).seed(seed))) {
                contract(engine, frame, RADIUS);
                final Relaxation relaxation = Relaxation.of(engine, frame, TICKS);
                assertTrue(relaxation.settled() && relaxation.contracts(), relaxation + ", seed " + seed);
                engine.input(frame).target(target).advance(TICKS);
                final double[][] before = allWeights(engine);
                engine.rate(RATE);
                engine.tick();
                final double[][] after = allWeights(engine);
                assertExact(network, before, after, frame, target, seed);
            }
        }
    }

    private static void assertExact(
        final Network network, final double[][] before, final double[][] after, final float[] frame, final float[] target, final long seed) {
        for (int k = 1; k < before.length; k++) {
            double error = 0;
            double size = 0;
            for (int w = 0; w < before[k].length; w++) {
                final double weight = before[k][w];
                before[k][w] = weight + STEP;
                final double above = loss(network, before, frame, target);
                before[k][w] = weight - STEP;
                final double gradient = (above - loss(network, before, frame, target)) / (2 * STEP);
                before[k][w] = weight;
                error += Math.pow((weight - after[k][w]) / RATE - gradient, 2);
                size += gradient * gradient;
            }
            final double relative = Math.sqrt(error / size);
            assertTrue(relative < EXACT, "projection " + k + ": relative error " + relative + ", seed " + seed);
        }
    }

    /** A copy in double precision settles where the engine settles. */
    @Test
    void theReportIsTrueOfTheEngine() {
        for (long seed = 1; seed <= NETWORKS; seed++) {
            final Random random = new Random(seed);
            final Network network = network(random);
            final float[] frame = draw(random, network.frameWidth());
            try (Engine engine = Engine.open(network, new Context().rule(Rule.diffusion()).learning(false).seed(seed))) {
                contract(engine, frame, RADIUS);
                final Relaxation relaxation = Relaxation.of(engine, frame, LONG);
                engine.input(frame).advance(relaxation.ticks());
                final float[] settled = new float[network.width(network.last())];
                final float[] later = settled.clone();
                engine.waves().activation(network.last(), engine.ticks(), settled);
                engine.advance(LONG);
                engine.waves().activation(network.last(), engine.ticks(), later);
                for (int i = 0; i < settled.length; i++) {
                    assertEquals(later[i], settled[i], 1e-5, relaxation + ", seed " + seed);
                }
            }
        }
    }

    private static Engine turning(final float by) {
        final Network network = Network.graph().balance(Balance.RECURRENT).input("in", 1)
            .layer("state", 2).from("in", "state").output("out", 1).from("state").build();
        final Engine engine = Engine.open(network, new Context().rule(Rule.diffusion()));
        engine.setWeights(network.projection("in", "state"), new float[] {1, 0}, new float[2]);
        engine.setWeights(network.projection("state", "state"), new float[] {0, -by, by, 0}, new float[2]);
        return engine;
    }

    /** A rotation has a pair of complex eigenvalues, of the size of its factor. */
    @Test
    void theGrowthOfARotationIsItsFactor() {
        try (Engine engine = turning(.8f)) {
            final Relaxation relaxation = Relaxation.of(engine, new float[1], LONG);
            assertEquals(.8, relaxation.growth(), 1e-3);
            assertTrue(relaxation.settled());
            assertEquals(1, relaxation.ticks(), "zero stays zero");
        }
    }

    @Test
    void aNetworkThatDoesNotSettleIsReported() {
        try (Engine engine = turning(2)) {
            final Relaxation relaxation = Relaxation.of(engine, new float[] {.5f}, LONG);
            assertFalse(relaxation.settled(), relaxation::toString);
            assertEquals(LONG, relaxation.ticks());
            assertTrue(relaxation.growth() > 1, relaxation::toString);
        }
        try (Engine engine = turning(1.2f)) {
            final Relaxation atZero = Relaxation.of(engine, new float[1], LONG);
            assertEquals(1.2, atZero.growth(), 1e-3);
            assertFalse(atZero.contracts(), atZero::toString);
        }
    }

    @Test
    void aGraphWithoutCyclesSettlesInItsLatency() {
        try (Engine engine = Engine.open(Network.chain(3, 4, 5, 2).build(), new Context())) {
            final Relaxation relaxation = Relaxation.of(engine, new float[] {1, 2, 3}, LONG);
            assertEquals(0, relaxation.growth());
            assertEquals(4, relaxation.ticks(), "the last of them changes nothing");
        }
    }

    /** The layer of the cycle reads itself. */
    @Test
    void anOutputBehindACycleAnswersTheNewestFrameThatHasReachedIt() {
        for (final int threads : new int[] {1, 2}) {
            final Network network = Network.graph().balance(Balance.RECURRENT).input("in", 1)
                .layer("state", 2).from("in", "state").output("out", 1).from("state").build();
            try (Engine engine = Engine.open(network, new Context().rule(Rule.diffusion()).threads(threads))) {
                for (int tick = 1; tick <= 9; tick++) {
                    engine.input(new float[] {tick}).tick();
                    assertEquals(Math.max(0, tick - 1), engine.answeredFrame());
                }
                engine.learning(false);
                engine.input(new float[] {10}).tick();
                assertEquals(9, engine.answeredFrame());
                engine.tick();
                assertEquals(10, engine.answeredFrame(), "the frame is held");
            }
        }
    }

    @Test
    void aRefusedVectorDoesNotSilenceACycleForEver() {
        final Network network = Network.graph().balance(Balance.RECURRENT).input("in", 1).layer("state", 1).activation(Activation.IDENTITY)
            .from("in", "state").output("out", 1).from("state").build();
        try (Engine engine = Engine.open(network, new Context().rule(Rule.diffusion()).guard(Engine.Guard.COUNT).rate(.01f))) {
            engine.setWeights(network.projection("state", "state"), new float[] {.5f}, new float[1]);
            engine.setWeights(network.projection("in", "state"), new float[] {1 << 30}, new float[1]);
            engine.input(new float[] {2}).tick();
            assertEquals(1, engine.guardTrips());
            engine.setWeights(network.projection("in", "state"), new float[] {1}, new float[1]);
            for (int frame = 2; frame <= 8; frame++) {
                engine.input(new float[] {1}).target(new float[] {1}).tick();
                assertEquals(frame - 1, engine.answeredFrame());
            }
            final float[] weight = new float[1];
            engine.weights(network.projection("in", "state"), weight);
            assertNotEquals(1, weight[0], "it learns again");
        }
    }

    @Test
    void aBadArgumentIsRefused() {
        try (Engine engine = turning(.5f)) {
            assertEquals("frame of 2 numbers: expected 1",
                assertThrows(IllegalArgumentException.class, () -> Relaxation.of(engine, new float[2], 1)).getMessage());
            assertEquals("ticks 0: expected at least 1",
                assertThrows(IllegalArgumentException.class, () -> Relaxation.of(engine, new float[1], 0)).getMessage());
            assertEquals("answer in a network with Balance.RECURRENT: expected ticks that hold the frame",
                assertThrows(IllegalStateException.class, () -> engine.answer(new float[1], new float[1])).getMessage());
        }
    }

    /** An assertion in the tick would find an echo from before learning was turned off. */
    @Test
    void learningIsTurnedOffAndOnWithoutOldEchoes() {
        for (long seed = 1; seed <= NETWORKS; seed++) {
            final Random random = new Random(seed);
            final Network network = network(random);
            try (Engine engine = Engine.open(network, new Context().rule(Rule.diffusion()).warmUp(seed == 1).rate(1e-3f).seed(seed))) {
                for (int round = 0; round < 3; round++) {
                    engine.learning(true);
                    engine.input(draw(random, network.frameWidth())).target(draw(random, network.targetWidth())).advance(1 + random.nextInt(20));
                    final float[] before = weights(engine, 1);
                    engine.learning(false);
                    engine.advance(1 + random.nextInt(20));
                    assertArrayEquals(before, weights(engine, 1), "seed " + seed);
                }
                engine.learning(true);
                engine.advance(TICKS);
                assertEquals(0, engine.guardTrips(), "seed " + seed);
            }
        }
    }
}
