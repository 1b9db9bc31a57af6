package org.tickwave.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.agrona.concurrent.NoOpIdleStrategy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tickwave.kernel.AtEveryLaneWidth;
import org.tickwave.kernel.Lanes;
import org.tickwave.kernel.OutputError;
import org.tickwave.kernel.Sigma;
import org.tickwave.layout.Feedback;
import org.tickwave.layout.Wiring;
import org.tickwave.layout.Geometry;
import org.tickwave.layout.ImageLayout;
import org.tickwave.layout.RandomWiring;
import org.tickwave.layout.Region;
import org.tickwave.layout.SlotDescriptor;
import org.tickwave.layout.WeightsDescriptor;

/** Kernels have no tails and no masks because every lane beyond a width is +0, after any number of ticks. */
@AtEveryLaneWidth
class PaddingTest {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int[] WIDTHS = {19, 17, 1, 7};
    private static final int TICKS = 1000;
    private static final Wiring ALIGNED = Wiring.chain(WIDTHS.length - 1).aligned();

    @ParameterizedTest
    @CsvSource({
        "IDENTITY, IDENTITY, SQUARED_ERROR", "TANH, TANH, SQUARED_ERROR", "LOGISTIC, LOGISTIC, SQUARED_ERROR",
        "RELU, RELU, SQUARED_ERROR", "LEAKY_RELU, LEAKY_RELU, SQUARED_ERROR",
        "IDENTITY, IDENTITY, SOFTMAX_CROSS_ENTROPY", "TANH, IDENTITY, SOFTMAX_CROSS_ENTROPY",
        "LOGISTIC, IDENTITY, SOFTMAX_CROSS_ENTROPY", "RELU, IDENTITY, SOFTMAX_CROSS_ENTROPY",
        "LEAKY_RELU, IDENTITY, SOFTMAX_CROSS_ENTROPY",
        "IDENTITY, IDENTITY, LOGISTIC_CROSS_ENTROPY", "TANH, IDENTITY, LOGISTIC_CROSS_ENTROPY",
        "LOGISTIC, IDENTITY, LOGISTIC_CROSS_ENTROPY", "RELU, IDENTITY, LOGISTIC_CROSS_ENTROPY",
        "LEAKY_RELU, IDENTITY, LOGISTIC_CROSS_ENTROPY",
    })
    void staysZeroForAThousandTicks(final Sigma hidden, final Sigma top, final OutputError.Loss loss) {
        try (Arena arena = Arena.ofShared()) {
            final Run run = new Run(arena, ALIGNED, hidden, top, loss, Float.POSITIVE_INFINITY, .01f);
            run.ticks(true);
            assertTrue(run.answered, "the last frame was not answered");
            assertTrue(run.learnt(), "nothing was learnt");
            run.expectZeroPadding();
        }
    }

    @ParameterizedTest
    @CsvSource({"IDENTITY", "LOGISTIC"})
    void staysZeroWhileTheGuardRefusesVectors(final Sigma sigma) {
        try (Arena arena = Arena.ofShared()) {
            final Run run = new Run(arena, ALIGNED, sigma, Sigma.IDENTITY, OutputError.Loss.SQUARED_ERROR, 1e9f, 1024);
            run.ticks(false);
            assertTrue(run.trips() > 0, "the guard refused nothing");
            run.expectZeroPadding();
        }
    }

    @ParameterizedTest
    @CsvSource({"RANDOM, false", "SIGN_SYMMETRIC, false", "TRANSPOSE, true"})
    void staysZeroWithOtherFeedback(final Feedback feedback, final boolean direct) {
        final int[] layers = direct ? new int[] {1, 2} : new int[0];
        try (Arena arena = Arena.ofShared()) {
            final Run run = new Run(arena, RandomWiring.withFeedback(feedback, ALIGNED, layers), Sigma.TANH, Sigma.IDENTITY,
                OutputError.Loss.SQUARED_ERROR, Float.POSITIVE_INFINITY, .01f);
            run.ticks(true);
            assertTrue(run.learnt(), "nothing was learnt");
            run.expectZeroPadding();
        }
    }

    /** A chain that learns, with one frame in each tick, without an engine, so that the test can read the image. */
    private static final class Run {
        private final Image image;
        private final Source source;
        private final Bands bands;
        private final AnswerPass answers;
        private boolean answered;
        private final float[] answer = new float[WIDTHS[WIDTHS.length - 1]];
        private final Progress progress;
        private final Random random = new Random(9);
        private final float[] before = new float[WIDTHS[1] * WIDTHS[0]];

        Run(final Arena arena, final Wiring wiring, final Sigma hidden, final Sigma top, final OutputError.Loss loss, final float clip,
            final float rate) {
            final int layers = WIDTHS.length - 1;
            image = Image.create(new ImageLayout(new Geometry(Lanes.LANES, WIDTHS, wiring, 1)), arena, 1);
            final Sigma[] sigmas = new Sigma[layers + 1];
            final Layer[] all = new Layer[layers + 1];
            for (int l = 1; l <= layers; l++) {
                sigmas[l] = l == layers ? top : hidden;
                all[l] = new Layer(image, l, sigmas[l], loss, clip);
            }
            image.startWeights(1, sigmas);
            image.readWeights(1, before);
            progress = new Progress(image);
            final Cut cut = Cut.into(image.layout().geometry(), 1, Cut.CACHE_BYTES);
            final Settings settings = new Settings(image);
            settings.start(rate, true);
            source = new Source(image, progress, cut.sweptLast(), settings, Integer::toString);
            answers = new AnswerPass(image, all, Integer::toString);
            bands = new Bands(cut, all, image, progress, source, 0, new Wait(progress, new NoOpIdleStrategy(), 0, 0));
        }

        void ticks(final boolean good) {
            for (long t = 0; t < TICKS; t++) {
                source.newFrame().give(t, normal(WIDTHS[0]));
                source.newTarget().give(t, distribution(WIDTHS[WIDTHS.length - 1]));
                source.commit(1);
                bands.finish();
                final boolean wasGood = !progress.tripped();
                assertTrue(wasGood || !good, "the guard refused a vector in tick " + t);
                answers.take(normal(WIDTHS[0]), answer);
                answered = answers.into(answer);
            }
        }

        private float[] normal(final int n) {
            final float[] values = new float[n];
            for (int i = 0; i < n; i++) {
                values[i] = (float) random.nextGaussian();
            }
            return values;
        }

        private float[] distribution(final int n) {
            final float[] values = new float[n];
            values[random.nextInt(n)] = 1f;
            return values;
        }

        long trips() {
            long trips = 0;
            for (int l = 1; l < WIDTHS.length; l++) {
                trips += image.tripsAcquire(l);
            }
            return trips;
        }

        boolean learnt() {
            final float[] after = new float[before.length];
            image.readWeights(1, after);
            return !Arrays.equals(before, after);
        }

        void expectZeroPadding() {
            int lanes = 0;
            for (final Region region : image.layout().regions()) {
                for (int slot = 0; slot < region.slots(); slot++) {
                    final long at = region.offset() + slot * region.strideBytes();
                    final String where = region.kind() + " of layer " + region.owner() + ", slot " + slot;
                    lanes += switch (region.kind()) {
                        case ANSWER -> answer(where);
                        case HEADER, COUNTERS, SETTINGS -> 0;
                        case ZEROS -> zeros(where, at, 0, region.strideBytes());
                        case ACTIVATION, TARGET, DELTA, ECHO -> zeros(
                            where, at, SlotDescriptor.VECTOR_OFFSET + region.width() * 4L, region.strideBytes());
                        case BIAS -> zeros(where, at, region.width() * 4L, region.strideBytes());
                        case WEIGHTS -> matrix(where, image.layout().weights(region.owner()), slot);
                        case FEEDBACK -> matrix(where, image.layout().feedback(region.owner()), slot);
                        case SCRATCH -> scratch(where, region.owner(), region.width());
                        case STATISTICS, UPDATES -> throw new AssertionError(where);
                    };
                }
            }
            assertTrue(lanes > 1000, lanes + " lanes of padding: not much to look at");
        }

        private int matrix(final String where, final WeightsDescriptor weights, final int panel) {
            int lanes = 0;
            for (int column = weights.columns(); column < weights.groups() * WeightsDescriptor.GROUP_COLUMNS; column++) {
                for (int row = 0; weights.panel(column) == panel && row < weights.rows(); row++) {
                    final long at = weights.weight(row, column);
                    lanes += zeros(where, at, 0, Float.BYTES);
                }
            }
            return lanes;
        }

        /** Padding rows have partial sums and sums of zero. */
        private int scratch(final String where, final int layer, final int rows) {
            final var scratch = image.layout().scratch(layer);
            final long vector = Lanes.LANES * 4L;
            final long partBytes = (scratch.folds() - scratch.partials()) * Lanes.LANES / WeightsDescriptor.SUMS;
            int lanes = zeros(where + ", sums", scratch.sums(), rows * 4L, Geometry.padded(rows) * 4);
            for (long part = scratch.partials(); part < scratch.folds(); part += partBytes) {
                lanes += zeros(where + ", partials", part, rows * vector, partBytes);
            }
            return lanes;
        }

        /** The frame, and the activation that each layer has left. */
        private int answer(final String where) {
            final var answer = image.layout().answer();
            int lanes = 0;
            for (int l = 0; l < WIDTHS.length; l++) {
                lanes += zeros(where + ", layer " + l, answer.activation(l), WIDTHS[l] * 4L, Geometry.padded(WIDTHS[l]) * 4);
            }
            return lanes;
        }

        private int zeros(final String where, final long base, final long from, final long to) {
            final MemorySegment segment = image.segment();
            for (long at = from; at < to; at += Float.BYTES) {
                assertEquals(0, segment.get(INT, base + at), where + ", byte " + at);
            }
            return Math.toIntExact((to - from) / Float.BYTES);
        }
    }
}
