package org.tickwave.bench.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tickwave.Activation;
import org.tickwave.Balance;
import org.tickwave.Engine;
import org.tickwave.Feedback;
import org.tickwave.Network;
import org.tickwave.Rule;
import org.tickwave.bench.gradient.DoubleNetwork;
import org.tickwave.bench.net.RandomNetworks;

class AuditorTest {
    private static final double EXACT = 2e-5;
    private static final int FRAMES = 80;

    private static Network chain(final Random random) {
        final int[] widths = random.ints(2 + random.nextInt(6), 2, 20).toArray();
        return Network.chain(widths).activation(random.nextBoolean() ? Activation.TANH : Activation.LOGISTIC).build();
    }

    private static void expectExact(final AuditedRun run, final long seed) {
        for (int k = 1; k <= run.network.projections(); k++) {
            final AuditReport.Projection found = run.projection(k);
            assertTrue(found.compared(), "seed " + seed);
            for (final Reading error : new Reading[] {Reading.RELATIVE_TODAY, Reading.RELATIVE_MET, Reading.FORWARD, Reading.BACKWARD}) {
                final double p99 = found.percentile(error, 99);
                assertTrue(p99 < EXACT, () -> error + " " + p99 + " from " + found.name() + " of " + run.network + ", seed " + seed);
            }
            assertEquals(0, found.percentile(Reading.DELAY, 100), "seed " + seed);
            assertEquals(1, found.mean(Reading.COSINE_TODAY), EXACT, "seed " + seed);
        }
    }

    @Test
    void theGradientsOfAlignedChainsAtFixedWeightsAreTrue() {
        for (long seed = 1; seed <= 15; seed++) {
            final Random random = new Random(seed);
            expectExact(new AuditedRun(chain(random), Rule.aligned(), 1 + random.nextInt(3), 0).run(seed, FRAMES), seed);
        }
    }

    @Test
    void theGradientsOfAlignedGraphsAtFixedWeightsAreTrue() {
        for (long seed = 1; seed <= 20; seed++) {
            final Random random = new Random(seed);
            expectExact(new AuditedRun(RandomNetworks.graph(random), Rule.aligned(), 1 + random.nextInt(3), 0).run(seed, FRAMES), seed);
        }
    }

    /** The engine's own weights of past ticks are the measure. */
    @ParameterizedTest
    @CsvSource({"aligned, 1", "aligned, 3", "diffusion, 1", "window:2, 2"})
    void theWeightsOfPastTicksAreRestored(final String rule, final int hold) {
        for (long seed = 1; seed <= 10; seed++) {
            final long of = seed;
            final AuditedRun run = new AuditedRun(RandomNetworks.graph(new Random(seed)), rule(rule, new Random(seed)), hold, .005f);
            run.taught = 800;
            // The weights that each tick read; with a hold only those after a frame's last tick are known.
            final Deque<DoubleNetwork> past = new ArrayDeque<>();
            run.run(seed, 60, (engine, found) -> {
                past.addFirst(DoubleNetwork.of(engine));
                final DoubleNetwork[] newest = past.toArray(DoubleNetwork[]::new);
                for (int l = run.network.inputs(); l <= run.network.last(); l++) {
                    final int age = run.ages.weightsAge(l, run.ages.oldestFrameAge());
                    if (age % hold == hold - 1 && age / hold + 1 < newest.length) {
                        expectEqual(newest[age / hold + 1], run.auditor.met(), newest[0], l, "seed " + of + ", layer " + l + ", age " + age);
                    }
                }
            });
        }
    }

    /**
     * One tick at the highest rate changes the weights by what the audit takes for the learnt gradient. The change is far above the
     * rounding of a weight, and each tick has another frame.
     */
    @ParameterizedTest
    @ValueSource(strings = {"aligned", "diffusion"})
    void theEngineLearnsTheGradientThatIsAudited(final String rule) {
        final float rate = 1_024;
        for (long seed = 1; seed <= 10; seed++) {
            final Random random = new Random(seed);
            final Network network = rule.equals("aligned") ? RandomNetworks.graph(random) : chain(random);
            final AuditedRun run = new AuditedRun(network, Rule.parse(rule), 1, 0);
            try (Engine engine = run.open(seed)) {
                for (int f = 0; f < 3 * network.latency(); f++) {
                    run.frame(engine, random);
                    engine.tick();
                }
                final DoubleNetwork before = DoubleNetwork.of(engine);
                engine.rate(rate);
                run.frame(engine, random);
                engine.tick();
                run.copy.take(engine, run.targets, 1);
                final DoubleNetwork after = DoubleNetwork.of(engine);
                for (int k = 1; k <= network.projections(); k++) {
                    expectChange(before.weights(k), after.weights(k), run.copy.error(network.to(k), 0), run.copy.met(k, 0), -rate,
                        "projection " + k + " of " + network + ", seed " + seed);
                }
            }
        }
    }

    private static void expectChange(
        final double[] before, final double[] after, final float[] error, final float[] x, final float minusRate, final String message) {
        for (int i = 0, w = 0; i < error.length; i++) {
            for (int j = 0; j < x.length; j++, w++) {
                final double change = (double) error[i] * (minusRate * x[j]);
                assertEquals(before[w] + change, after[w], 2e-7 * (Math.abs(before[w]) + Math.abs(change)), message);
            }
        }
    }

    private static Rule rule(final String name, final Random random) {
        return !name.startsWith("window") || RandomNetworks.graph(random).latency() > 1 ? Rule.parse(name) : Rule.aligned();
    }

    private static void expectEqual(final DoubleNetwork expected, final DoubleNetwork restored, final DoubleNetwork newest, final int layer, final String message) {
        for (int k = 1; k <= expected.network().projections(); k++) {
            if (expected.network().to(k) == layer) {
                expectNear(expected.weights(k), restored.weights(k), newest.weights(k), message);
            }
        }
        expectNear(expected.biases(layer), restored.biases(layer), newest.biases(layer), message);
    }

    /** Each undone tick may be off by the rounding of a float32 weight. One tick too many or too few makes a thousand times as much. */
    private static void expectNear(final double[] expected, final double[] restored, final double[] newest, final String message) {
        final double largest = Math.max(largestDifference(expected, new double[expected.length]), largestDifference(expected, newest));
        assertEquals(0, largestDifference(expected, restored), 2e-6 * (1 + largest), message);
    }

    private static double largestDifference(final double[] a, final double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> Math.abs(a[i] - b[i])).max().orElseThrow();
    }

    /** While learning, the lowest projection learns from the oldest frames. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void theDelayGrowsWithTheDistanceToTheOutput(final int hold) {
        for (long seed = 1; seed <= 3; seed++) {
            final AuditedRun run = new AuditedRun(Network.chain(8, 8, 8, 8, 4).build(), Rule.aligned(), hold, 1e-2f * hold).run(seed, 400);
            for (int k = 1; k <= 4; k++) {
                final AuditReport.Projection found = run.projection(k);
                final String message = found.name() + ", seed " + seed;
                assertTrue(found.median(Reading.DELAY) > 0, message);
                assertTrue(found.median(Reading.FORWARD) < EXACT, message);
                assertTrue(found.median(Reading.DELAY) > found.median(Reading.BACKWARD), message);
                assertTrue(k == 1 || found.median(Reading.DELAY) < run.projection(k - 1).median(Reading.DELAY), message);
            }
        }
    }

    @Test
    void underDiffusionForwardAndBackwardPartsDominate() {
        for (long seed = 1; seed <= 3; seed++) {
            final AuditedRun run = new AuditedRun(Network.chain(8, 8, 8, 4).build(), Rule.diffusion(), 1, 1e-2f).run(seed, 200);
            for (int k = 1; k <= 3; k++) {
                final AuditReport.Projection found = run.projection(k);
                final String message = found.name() + ", seed " + seed;
                // Every frame is new. Only in the first projection the output's target meets the frame by chance.
                assertTrue(found.median(Reading.FORWARD) + found.median(Reading.BACKWARD) > .5, message);
                assertTrue(found.median(Reading.FORWARD) + found.median(Reading.BACKWARD) > 10 * found.median(Reading.DELAY), message);
                assertTrue(found.median(Reading.RELATIVE_TODAY) > .1, message);
            }
        }
    }

    /** The parts explain the whole: the sum of the products of both differences. */
    @Test
    void thePartsBoundTheWhole() {
        final AuditedRun run = new AuditedRun(Network.chain(6, 7, 5).build(), Rule.diffusion(), 2, 1e-2f).run(5, 100);
        for (final Samples.Sample sample : run.samples) {
            for (int k = 1; k <= 2; k++) {
                final float[] found = sample.found()[k];
                final double forward = found[Reading.FORWARD.ordinal()];
                final double backward = found[Reading.BACKWARD.ordinal()];
                if (!Double.isNaN(forward)) {
                    final double whole = found[Reading.RELATIVE_MET.ordinal()];
                    assertTrue(whole <= (forward + backward + forward * backward) * 1.0001, Arrays.toString(found));
                    assertTrue(whole >= Math.abs(forward - backward) - forward * backward - 1e-6, Arrays.toString(found));
                }
            }
        }
        assertTrue(run.projection(1).compared());
    }

    /** Under diffusion a layer has an error, and its frame a target, before the layer learns. */
    @ParameterizedTest
    @ValueSource(strings = {"aligned", "diffusion", "window:2"})
    void nothingIsComparedBeforeTheGate(final String rule) {
        final AuditedRun run = new AuditedRun(Network.chain(3, 4, 4, 2).build(), Rule.parse(rule), 1, 0).run(1, 20);
        for (int l = 1; l <= 3; l++) {
            final int gate = 6 - l;
            for (int f = 0; f < run.samples.size(); f++) {
                final float[] found = run.samples.get(f).found()[l];
                for (final float value : found) {
                    assertEquals(f < gate, Float.isNaN(value), "layer " + l + ", tick " + f);
                }
            }
        }
    }

    @Test
    void nothingIsComparedForAFrameWithoutATarget() {
        final AuditedRun none = new AuditedRun(Network.chain(3, 4, 2).build(), Rule.aligned(), 1, 0);
        none.taught = 0;
        none.run(1, 20);
        assertFalse(none.projection(1).compared() || none.projection(2).compared());
        final AuditedRun some = new AuditedRun(Network.chain(3, 4, 2).build(), Rule.aligned(), 1, 0);
        some.taught = 500;
        expectExact(some.run(1, FRAMES), 1);
        final int count = some.projection(1).sorted()[0].length;
        assertTrue(count > FRAMES / 4 && count < FRAMES * 3 / 4, count + " compared");
    }

    /** An immediate graph mixes frames; other feedback is no backprop. Both are compared, and never with NaN in a part. */
    @Test
    void everyOtherNetworkIsCompared() {
        for (long seed = 1; seed <= 8; seed++) {
            final Network graph = RandomNetworks.graph(new Random(seed));
            for (final Feedback feedback : Feedback.values()) {
                final AuditedRun run = new AuditedRun(graph.withFeedback(feedback), Rule.aligned(), 2, 1e-3f).run(seed, 40);
                IntStream.rangeClosed(1, graph.projections()).forEach(k -> assertTrue(run.projection(k).compared(), feedback + " " + graph));
            }
        }
    }

    @Test
    void anImmediateGraphIsCompared() {
        final Network skip = Network.graph().balance(Balance.IMMEDIATE).input("u", 4).layer("a", 5).activation(Activation.TANH).from("u")
            .layer("b", 5).activation(Activation.TANH).from("a").output("o", 3).from("b", "u").build();
        final AuditedRun run = new AuditedRun(skip, Rule.diffusion(), 1, 1e-3f).run(1, 60);
        for (int k = 1; k <= skip.projections(); k++) {
            assertTrue(run.projection(k).compared());
            assertTrue(run.projection(k).median(Reading.RELATIVE_TODAY) > .1, run.projection(k).name());
        }
        // Each frame held until all is still: every layer learns its gradient.
        final AuditedRun held = new AuditedRun(skip, Rule.diffusion(), 12, 0).run(1, 40);
        expectExact(held, 1);
    }

    /** The same copy gives the same result again: an audit changes nothing in the copy. */
    @Test
    void anAuditMayBeRepeated() {
        final AuditedRun run = new AuditedRun(Network.chain(3, 4, 2).build(), Rule.aligned(), 1, 1e-2f).run(1, 20);
        final float[][] again = run.auditor.audit(run.copy);
        assertTrue(Arrays.deepEquals(run.samples.getLast().found(), again));
    }

    @Test
    void aGuardTripEndsTheComparison() {
        final AuditedRun run = new AuditedRun(Network.chain(3, 4, 2).build(), Rule.aligned(), 1, 1e-2f).run(1, 20);
        run.copy.refused = true;
        assertTrue(IntStream.of(1, 2).allMatch(k -> Float.isNaN(run.auditor.audit(run.copy)[k][0])));
    }
}
