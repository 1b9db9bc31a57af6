package org.tickwave.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tickwave.kernel.AtEveryLaneWidth;
import org.tickwave.kernel.Sigma;
import org.tickwave.layout.Feedback;
import org.tickwave.layout.Geometry;
import org.tickwave.layout.ImageLayout;
import org.tickwave.layout.RandomWiring;
import org.tickwave.layout.RingDescriptor;
import org.tickwave.layout.SlotDescriptor;
import org.tickwave.layout.WeightsDescriptor;
import org.tickwave.layout.Wiring;

/** What layers do with feedback that is not the transposed weights. */
@AtEveryLaneWidth
class FeedbackTest {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int GRAPHS = 50;

    private static float[] vector(final Image image, final long slot, final int width) {
        final float[] to = new float[width];
        MemorySegment.copy(image.segment(), FLOAT, Slot.vector(slot), to, 0, width);
        return to;
    }

    private static float[] matrix(final Image image, final WeightsDescriptor matrix) {
        final float[] to = new float[matrix.rows() * matrix.columns()];
        for (int w = 0; w < to.length; w++) {
            to[w] = image.segment().get(FLOAT, matrix.weight(w / matrix.columns(), w % matrix.columns()));
        }
        return to;
    }

    /** The rate is so large that weights change their signs in the tick that sends the echo. */
    @Test
    void theSignsAreThoseOfTheOldWeights() {
        int changed = 0;
        for (long seed = 1; seed <= GRAPHS; seed++) {
            final Random random = new Random(seed);
            final Wiring wiring = RandomWiring.withFeedback(Feedback.SIGN_SYMMETRIC, RandomWiring.of(random, true, 3, 8).aligned());
            final long learnt = 4L * wiring.latency() + 1;
            try (GraphRig rig = new GraphRig(wiring, seed)) {
                for (long t = 0; t < learnt; t++) {
                    rig.tick(t, random);
                }
                final float[][] weights = new float[wiring.projections() + 1][];
                for (int k = 1; k < weights.length; k++) {
                    weights[k] = rig.weights(k);
                }
                rig.learning.minusRate = -1024;
                rig.tick(learnt, random);
                for (int k = 1; k < weights.length; k++) {
                    if (wiring.sendsEcho(k)) {
                        final Geometry geometry = rig.image.layout().geometry();
                        final int columns = geometry.width(wiring.from(k));
                        final float[] error =
                            vector(rig.image, rig.image.layout().delta(wiring.to(k)).slot(learnt), geometry.width(wiring.to(k)));
                        final float[] echo = new float[columns];
                        for (int w = 0; w < weights[k].length; w++) {
                            echo[w % columns] += Math.signum(weights[k][w]) * error[w / columns];
                            changed += weights[k][w] * rig.weights(k)[w] < 0 ? 1 : 0;
                        }
                        for (int c = 0; c < columns; c++) {
                            echo[c] *= (float) (.8 / Math.sqrt(columns));
                        }
                        assertArrayEquals(echo, vector(rig.image, rig.image.layout().echo(k).slot(learnt + 1), columns),
                            "projection " + k + ", seed " + seed);
                    }
                }
            }
        }
        assertTrue(changed > 1000, changed + " signs have changed");
    }

    /** From the tick of the echo gate on, a layer has the errors that it would have if learning had never been off. Before, none. */
    @Test
    void afterLearningWasOffALayerHasNoPartialError() {
        for (long seed = 1; seed <= GRAPHS; seed++) {
            final Random random = new Random(seed);
            final boolean balanced = random.nextBoolean();
            final Wiring graph = RandomWiring.withFeedback(random, RandomWiring.of(random, balanced, 3, 8));
            final Wiring wiring = balanced ? graph.aligned() : graph;
            final long on = 3L * wiring.latency();
            try (GraphRig always = new GraphRig(wiring, seed); GraphRig rig = new GraphRig(wiring, seed)) {
                rig.learning.on = false;
                for (long t = 0; t < on + 3L * wiring.latency() + 3; t++) {
                    if (t == on) {
                        rig.learning.on = true;
                        rig.learning.onSince = on;
                    }
                    always.tick(t, random);
                    rig.tick(t, random);
                    for (int l = wiring.inputs(); t >= on && l < wiring.layers(); l++) {
                        final int width = rig.image.layout().geometry().width(l);
                        final float[] expected = t < on + wiring.echoGate(l) ? new float[width]
                            : vector(always.image, always.image.layout().delta(l).slot(t), width);
                        assertArrayEquals(expected, vector(rig.image, rig.image.layout().delta(l).slot(t), width),
                            "layer " + l + ", tick " + (t - on) + ", seed " + seed);
                    }
                }
            }
        }
    }

    private static Wiring someOfEach() {
        return Wiring.chain(5).aligned().withFeedback(new Feedback[] {
            Feedback.TRANSPOSE, Feedback.RANDOM, Feedback.SIGN_SYMMETRIC, Feedback.RANDOM, Feedback.RANDOM}, 2, 3);
    }

    private static Image start(final Arena arena, final int lanes, final Wiring wiring) {
        final Image image = Image.create(new ImageLayout(new Geometry(lanes, new int[] {9, 70, 300, 3, 200, 100}, wiring, 0)), arena, 5);
        final Sigma[] sigmas = new Sigma[6];
        Arrays.fill(sigmas, Sigma.TANH);
        image.startWeights(5, sigmas);
        return image;
    }

    @Test
    void theWeightsOfASeedAreTheSameWithAnyFeedback() {
        try (Arena arena = Arena.ofConfined()) {
            final Image transposed = start(arena, 8, Wiring.chain(5).aligned());
            final Image other = start(arena, 8, someOfEach());
            for (int k = 1; k <= 5; k++) {
                assertArrayEquals(matrix(transposed, transposed.layout().weights(k)), matrix(other, other.layout().weights(k)));
            }
        }
    }

    /** Projections 2 and 5 have a random matrix; 3 and 4 lead out of layers with direct feedback, whose edges are 6 and 7. */
    @Test
    void theMatricesAreTheNextNumbersOfTheGeneratorAtEveryLaneWidth() {
        final Random random = new Random(5);
        final int weights = 70 * 9 + 300 * 70 + 3 * 300 + 200 * 3 + 100 * 200;
        for (int w = 0; w < weights; w++) {
            random.nextGaussian();
        }
        final float[][] expected = new float[8][];
        final int[] columns = {0, 0, 70, 0, 0, 200, 300, 3};
        final int[] rows = {0, 0, 300, 0, 0, 100, 100, 100};
        for (final int e : new int[] {2, 5, 6, 7}) {
            expected[e] = new float[rows[e] * columns[e]];
            for (int w = 0; w < expected[e].length; w++) {
                expected[e][w] = (float) (random.nextGaussian() / Math.sqrt(columns[e]));
            }
        }
        for (final int lanes : new int[] {4, 8, 16}) {
            try (Arena arena = Arena.ofConfined()) {
                final Image image = start(arena, lanes, someOfEach());
                for (int e = 1; e <= 7; e++) {
                    if (expected[e] == null) {
                        assertEquals(null, image.layout().feedback(e), "edge " + e);
                    } else {
                        assertArrayEquals(expected[e], matrix(image, image.layout().feedback(e)), 1e-6f, "edge " + e);
                    }
                }
            }
        }
    }

    /** As of the echoes of projections: all slots are empty but that of the next tick. */
    @Test
    void aResetClearsTheEchoesOfDirectEdges() {
        final Wiring wiring = RandomWiring.withFeedback(Feedback.RANDOM, Wiring.chain(4).aligned(), 1);
        try (GraphNet net = new GraphNet(wiring, 3, 1)) {
            for (int i = 0; i < 20; i++) {
                net.commit(1);
            }
            net.finish();
            final long tick = net.source.committed();
            final RingDescriptor ring = net.image.layout().echo(5);
            final int width = net.image.layout().geometry().width(1);
            assertTrue(!Arrays.equals(new float[width], vector(net.image, ring.slot(tick), width)), "the echo is zero anyway");
            net.image.clearWaves(tick);
            for (int i = 0; i < ring.slots(); i++) {
                final long slot = ring.slotAt(i);
                assertEquals(slot == ring.slot(tick) ? tick : SlotDescriptor.NO_TICK, Slot.tickAcquire(net.image.segment(), slot));
                assertArrayEquals(new float[width], vector(net.image, slot, width));
            }
        }
    }

    @Test
    void noTickChangesTheMatrices() {
        final Random random = new Random(3);
        final Wiring wiring = RandomWiring.withFeedback(Feedback.RANDOM, Wiring.chain(4).aligned(), 1);
        try (GraphNet net = new GraphNet(wiring, 3, 2)) {
            final float[] matrix = matrix(net.image, net.image.layout().feedback(3));
            final float[] direct = matrix(net.image, net.image.layout().feedback(5));
            final float[] weights = matrix(net.image, net.image.layout().weights(3));
            for (int i = 0; i < 50; i++) {
                net.commit(1 + random.nextInt(3));
            }
            net.finish();
            net.source.reset();
            net.image.clearWaves(net.source.committed());
            assertArrayEquals(matrix, matrix(net.image, net.image.layout().feedback(3)));
            assertArrayEquals(direct, matrix(net.image, net.image.layout().feedback(5)));
            assertTrue(!Arrays.equals(weights, matrix(net.image, net.image.layout().weights(3))), "nothing was learnt");
        }
    }
}
