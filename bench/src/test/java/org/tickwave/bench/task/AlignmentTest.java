package org.tickwave.bench.task;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Feedback;
import org.tickwave.Network;
import org.tickwave.Rule;
import org.tickwave.bench.input.Input;
import org.tickwave.bench.net.Graphs;
import org.tickwave.bench.stream.Format;
import org.tickwave.bench.stream.FrameStream;
import org.tickwave.bench.stream.Streams;
import org.tickwave.kernel.Lanes;
import org.tickwave.layout.Geometry;
import org.tickwave.layout.ImageLayout;
import org.tickwave.layout.WeightsDescriptor;

/**
 * The weights come to agree with the matrices that bring errors down: the echo that a projection sends comes closer to the echo
 * that the transposed weights would send (Lillicrap and others, <i>Random synaptic feedback weights support error
 * backpropagation for deep learning</i>).
 */
class AlignmentTest {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int FRAMES = 40_000;
    private static final int TENTHS = 10;
    private static final int SAMPLED = 20;
    private static final float RATE = 1e-2f;
    private static final double RISE = .1;

    /** Gives the image. */
    private static final class Captured implements Arena {
        private final Arena arena = Arena.ofShared();
        private MemorySegment image;

        @Override
        public MemorySegment allocate(final long byteSize, final long byteAlignment) {
            image = arena.allocate(byteSize, byteAlignment);
            return image;
        }

        @Override
        public MemorySegment.Scope scope() {
            return arena.scope();
        }

        @Override
        public void close() {
            arena.close();
        }
    }

    private static double[] times(final float[] matrix, final float[] error, final int columns) {
        final double[] echo = new double[columns];
        for (int w = 0; w < matrix.length; w++) {
            echo[w % columns] += (double) matrix[w] * error[w / columns];
        }
        return echo;
    }

    private static double cosine(final double[] a, final double[] b) {
        double product = 0;
        double square = 0;
        double other = 0;
        for (int i = 0; i < a.length; i++) {
            product += a[i] * b[i];
            square += a[i] * a[i];
            other += b[i] * b[i];
        }
        return product / Math.sqrt(square * other);
    }

    /** The matrix by which a projection's echo comes down, row by row, but for a factor. */
    private static float[] matrix(final Engine engine, final MemorySegment image, final int k, final float[] weights) {
        final Network network = engine.network();
        final float[] matrix = weights.clone();
        if (network.feedback(k) == Feedback.SIGN_SYMMETRIC) {
            for (int w = 0; w < matrix.length; w++) {
                matrix[w] = Math.signum(matrix[w]);
            }
            return matrix;
        }
        final WeightsDescriptor place = new ImageLayout(new Geometry(Lanes.LANES, Graphs.widths(network),
            Graphs.wiringWithFeedback(network).aligned(), 0)).feedback(k);
        for (int w = 0; w < matrix.length; w++) {
            matrix[w] = image.get(FLOAT, place.weight(w / place.columns(), w % place.columns()));
        }
        return matrix;
    }

    private static double cosine(final Engine engine, final MemorySegment image, final int k) {
        final Network network = engine.network();
        final float[] weights = new float[network.width(network.to(k)) * network.width(network.from(k))];
        engine.weights(k, weights);
        final float[] error = new float[network.width(network.to(k))];
        assertTrue(engine.waves().delta(network.to(k), engine.ticks() - 1, error));
        final int columns = network.width(network.from(k));
        return cosine(times(weights, error, columns), times(matrix(engine, image, k, weights), error, columns));
    }

    /** The mean cosine of each tenth of the heart's first 40,000 frames, at the index of each projection. */
    private static double[][] cosines(final Feedback feedback, final long seed) throws IOException {
        final double[][] cosines = new double[4][TENTHS];
        final ChangeTask task = new ChangeTask(2, 16, 10, null);
        final Network network = Network.chain(task.inputWidth(), 64, 64, 2).build().withFeedback(feedback);
        try (FrameStream stream = Input.of(Streams.real("ecg_f32x2_360hz.raw").toString(), Format.parse("f32:2@360"), 1).open();
            Captured arena = new Captured();
            Engine engine = Engine.open(network, new Context().rule(Rule.aligned()).rate(RATE).seed(seed).arena(arena))) {
            final float[] frame = new float[2];
            for (int f = 0; f < FRAMES; f++) {
                assertTrue(stream.read(frame));
                if (!task.push(new double[] {frame[0], frame[1]}, f > 0, null)) {
                    continue;
                }
                engine.input(task.input()).target(task.target()).tick();
                if (f % SAMPLED == SAMPLED - 1) {
                    for (int k = 2; k < cosines.length; k++) {
                        cosines[k][f * TENTHS / FRAMES] += cosine(engine, arena.image, k) * SAMPLED * TENTHS / FRAMES;
                    }
                }
            }
        }
        return cosines;
    }

    @Test
    void onAHeartRandomFeedbackAligns() throws IOException {
        final double[][] cosines = cosines(Feedback.RANDOM, 1);
        for (int k = 2; k < cosines.length; k++) {
            assertTrue(cosines[k][TENTHS - 1] > cosines[k][0] + RISE, "projection " + k + Arrays.toString(cosines[k]));
        }
    }

    @Test
    void onAHeartSignSymmetricFeedbackStaysClose() throws IOException {
        for (final double[] tenths : Arrays.asList(cosines(Feedback.SIGN_SYMMETRIC, 1)).subList(2, 4)) {
            assertTrue(Arrays.stream(tenths).allMatch(cosine -> cosine > .7), Arrays.toString(tenths));
        }
    }
}
