package org.tickwave.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tickwave.kernel.AtEveryLaneWidth;
import org.tickwave.layout.Bent;
import org.tickwave.layout.Feedback;
import org.tickwave.layout.RandomWiring;
import org.tickwave.layout.Wiring;

/**
 * Layers of any graph without cycles, with several inputs and outputs: in a balanced graph under the aligned rule every projection
 * learns the gradient of one frame's whole loss, at one frame a tick.
 */
@AtEveryLaneWidth
class GraphTest {
    private static final double EXACT = 1e-4;
    /** Large, so that the change of a weight is not lost in its rounding. */
    private static final float RATE = 1024;
    private static final int GRAPHS = 200;
    private static final double STEP = 1e-5;
    /** How far a difference over two such steps may be from a slope. */
    private static final double DIFFERENCED = 1e-6;

    @Test
    void everyProjectionLearnsTheGradientOfTheWholeLoss() {
        for (long seed = 1; seed <= GRAPHS; seed++) {
            final Random random = new Random(seed);
            final Wiring wiring = RandomWiring.of(random, true, 3, 9).aligned();
            final double[] errors = errors(wiring, seed, random);
            for (int k = 1; k < errors.length; k++) {
                assertTrue(errors[k] < EXACT, "projection " + k + ": relative error " + errors[k] + ", seed " + seed);
            }
        }
    }

    /** The twin, with which the other tests compare, knows no formula of this engine. */
    @Test
    void theGradientsOfTheTwinEqualFiniteDifferences() {
        for (long seed = 1; seed <= GRAPHS; seed++) {
            final Random random = new Random(seed);
            final Wiring wiring = RandomWiring.of(random, true, 3, 9);
            try (GraphRig rig = new GraphRig(wiring, seed)) {
                final GraphTwin twin = rig.twin();
                final double[][] given = given(rig, wiring, 0);
                final double[][] gradients = twin.gradients(given);
                for (int k = 1; k < gradients.length; k++) {
                    final int at = random.nextInt(gradients[k].length);
                    final double weight = twin.weights[k][at];
                    twin.weights[k][at] = weight + STEP;
                    final double above = twin.loss(given);
                    twin.weights[k][at] = weight - STEP;
                    final double difference = (above - twin.loss(given)) / (2 * STEP);
                    twin.weights[k][at] = weight;
                    assertEquals(difference, gradients[k][at], DIFFERENCED, "projection " + k + ", weight " + at + ", seed " + seed);
                }
            }
        }
    }

    private static double[][] given(final GraphRig rig, final Wiring wiring, final long frame) {
        return IntStream.range(0, wiring.layers()).mapToObj(l -> Twin.widen(rig.given(l, frame))).toArray(double[][]::new);
    }

    /** Random and sign-symmetric feedback along projections, and direct feedback: the ages are those of the gradient. */
    @Test
    void withOtherFeedbackEveryProjectionLearnsWhatThatFeedbackTeaches() {
        final Set<Feedback> seen = EnumSet.noneOf(Feedback.class);
        for (long seed = 1; seed <= GRAPHS; seed++) {
            final Random random = new Random(seed);
            final Wiring wiring = RandomWiring.withFeedback(random, RandomWiring.of(random, true, 3, 9)).aligned();
            IntStream.rangeClosed(1, wiring.edges()).filter(wiring::sendsEcho).mapToObj(wiring::feedback).forEach(seen::add);
            final double[] errors = errors(wiring, seed, random);
            for (int k = 1; k < errors.length; k++) {
                assertTrue(errors[k] < EXACT, "projection " + k + ": relative error " + errors[k] + ", seed " + seed);
            }
        }
        assertEquals(EnumSet.allOf(Feedback.class), seen);
    }

    @Test
    void withOtherFeedbackOneTickOffIsFoundToo() {
        for (long seed = 1; seed <= GRAPHS; seed++) {
            final Random random = new Random(seed);
            final Wiring right = RandomWiring.withFeedback(random, RandomWiring.of(random, true, 3, 9)).aligned();
            final int k = 1 + random.nextInt(right.projections());
            final double[] errors = errors(Bent.wiring(right, 'p', k, random.nextBoolean() ? 1 : -1), seed, random);
            assertTrue(errors[k] > 10 * EXACT, "projection " + k + ": relative error " + errors[k] + ", seed " + seed);
        }
    }

    /** The order of the sums is the same. */
    @Test
    void feedbackByAMatrixOfTheWeightsHasTheBitsOfTransposedFeedback() {
        for (long seed = 1; seed <= GRAPHS; seed++) {
            final Random random = new Random(seed);
            final Wiring transposed = RandomWiring.of(random, true, 3, 9).aligned();
            final Wiring matrices = RandomWiring.withFeedback(Feedback.RANDOM, transposed);
            try (GraphRig expected = new GraphRig(transposed, seed); GraphRig rig = new GraphRig(matrices, seed)) {
                IntStream.rangeClosed(1, matrices.edges()).filter(matrices::hasMatrix).forEach(rig::feedbackByWeights);
                final long ticks = 3L * transposed.latency();
                for (long t = 0; t < ticks; t++) {
                    expected.tick(t, random);
                    rig.tick(t, random);
                }
                assertEquals(expected.bits(ticks), rig.bits(ticks), "seed " + seed);
            }
        }
    }

    /** A shifted p spoils its own projection, and a shifted T every projection into the output. */
    @Test
    void oneTickOffIsNoLongerTheGradient() {
        for (long seed = 1; seed <= GRAPHS; seed++) {
            final Random random = new Random(seed);
            final Wiring right = RandomWiring.of(random, true, 3, 9).aligned();
            final int k = 1 + random.nextInt(right.projections());
            final int by = random.nextBoolean() ? 1 : -1;
            final Wiring wrong = right.isOutput(right.to(k)) && random.nextBoolean() ? Bent.wiring(right, 'T', right.to(k), by)
                : Bent.wiring(right, 'p', k, by);
            final double[] errors = errors(wrong, seed, random);
            assertTrue(errors[k] > 10 * EXACT, "projection " + k + ": relative error " + errors[k] + ", seed " + seed);
        }
    }

    /** For each projection, how far what it learns in one tick is from the gradient of the frame that it then learns from. */
    private static double[] errors(final Wiring wiring, final long seed, final Random random) {
        final long learnt = 4L * wiring.latency() + 1;
        final double[] errors = new double[wiring.projections() + 1];
        try (GraphRig rig = new GraphRig(wiring, seed)) {
            for (long t = 0; t < learnt; t++) {
                rig.tick(t, random);
            }
            final GraphTwin twin = rig.twin();
            rig.learning.minusRate = -RATE;
            rig.tick(learnt, random);
            for (int k = 1; k < errors.length; k++) {
                final long frame = learnt - 2L * wiring.latency() + wiring.level(wiring.to(k));
                final double[] gradient = twin.gradients(given(rig, wiring, frame))[k];
                final double[] change = Twin.widen(rig.weights(k));
                for (int w = 0; w < change.length; w++) {
                    change[w] = (twin.weights[k][w] - change[w]) / RATE;
                }
                errors[k] = Twin.relativeError(change, gradient);
            }
        }
        return errors;
    }
}
