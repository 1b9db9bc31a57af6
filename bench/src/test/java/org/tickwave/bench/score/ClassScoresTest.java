package org.tickwave.bench.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.tickwave.Loss;
import org.tickwave.bench.stream.Recording;

class ClassScoresTest {
    private static List<String> labels(final int count) {
        return IntStream.range(0, count).mapToObj(i -> "label" + i).toList();
    }

    private static Recording recording(final int label, final boolean heldOut, final boolean secondHalf) {
        return new Recording("r", "label" + label, label, heldOut, secondHalf);
    }

    /** Every third answer has few different values, so that classes tie. Sums of logarithms that do not tie are far apart. */
    private static float[] answer(final Random random, final int labels) {
        final float[] answer = new float[labels];
        final boolean coarse = random.nextInt(3) == 0;
        for (int i = 0; i < labels; i++) {
            answer[i] = coarse ? random.nextInt(2) : (float) random.nextGaussian();
        }
        return answer;
    }

    @RepeatedTest(300)
    void theScoresEqualThoseOfATwinThatKeepsAllFrames() {
        final long seed = new Random().nextLong();
        final Random random = new Random(seed);
        final int labels = 2 + random.nextInt(4);
        final int recordings = 2 + random.nextInt(40);
        final int passes = 1 + random.nextInt(4);
        final long last = random.nextBoolean() ? Long.MAX_VALUE : random.nextInt(recordings * passes * 3);
        final ClassScores scores = new ClassScores(labels(labels), 2, Loss.SOFTMAX_CROSS_ENTROPY);
        final ClassTwin twin = new ClassTwin(labels);
        final int[] ofPosition = random.ints(recordings, 0, labels).toArray();
        long frame = 0;
        for (int pass = 0; pass < passes; pass++) {
            for (int position = 0; position < recordings; position++) {
                final Recording of = recording(ofPosition[position], position % 5 == 4, position >= recordings / 2);
                final boolean answered = random.nextInt(8) != 0;
                for (int frames = random.nextInt(6); frames >= 0 && frame < last; frames--, frame++) {
                    if (answered && random.nextInt(8) != 0) {
                        final ClassTwin.Heard heard =
                            new ClassTwin.Heard(pass, of, answer(random, labels), answer(random, labels));
                        twin.add(heard);
                        scores.add(null, new float[][] {heard.network(), heard.backprop()}, of);
                    } else {
                        twin.add(new ClassTwin.Heard(pass, of, null, null));
                        scores.refused(null, of);
                    }
                }
            }
        }
        if (last == Long.MAX_VALUE) {
            twin.finish();
            scores.finish();
        }
        expect(twin, scores, labels, "seed " + seed);
    }

    private static void expect(final ClassTwin twin, final ClassScores scores, final int labels, final String seed) {
        for (final Predictor by : List.of(Predictor.NETWORK, Predictor.BACKPROP, Predictor.COMMONEST, Predictor.LAST)) {
            final double[] recordings = twin.recordings(by, null);
            assertEquals(recordings[1], scores.recordings(), seed);
            assertEquals(recordings[0] / recordings[1], scores.recordingAccuracy(by), by + " recordings, " + seed);
            final double[] frames = twin.frames(by, null);
            assertEquals(frames[1], scores.frames(), seed);
            assertEquals(frames[0] / frames[1], scores.frameAccuracy(by), by + " frames, " + seed);
        }
        for (int label = 0; label < labels; label++) {
            final double[] recordings = twin.recordings(Predictor.NETWORK, label);
            assertEquals(recordings[1], scores.recordings(label), seed);
            assertEquals(recordings[0] / recordings[1], scores.recordingAccuracy(label), label + " recordings, " + seed);
            final double[] frames = twin.frames(Predictor.NETWORK, label);
            assertEquals(frames[0] / frames[1], scores.frameAccuracy(label), label + " frames, " + seed);
        }
        final Series losses = scores.losses();
        assertEquals(twin.meanLoss(Predictor.NETWORK), losses.mean(Models.NETWORK, 0, losses.count()), 1e-9, seed);
        assertEquals(twin.meanLoss(Predictor.BACKPROP), losses.mean(Models.BACKPROP, 0, losses.count()), 1e-9, seed);
        expectOverTime(twin.overTime(), scores.overTime(), seed);
    }

    private static void expectOverTime(final List<double[]> classified, final List<ClassScores.Point> points, final String seed) {
        assertTrue(points.size() <= ClassScores.POINTS, seed);
        for (int p = 0; p < points.size(); p++) {
            final List<double[]> group = classified.subList(p * classified.size() / points.size(),
                (p + 1) * classified.size() / points.size());
            assertEquals(group.getLast()[0], points.get(p).recordingsHeard(), seed);
            assertEquals(group.stream().mapToDouble(recording -> recording[1]).average().orElseThrow(), points.get(p).network(), 1e-12, seed);
            assertEquals(group.stream().mapToDouble(recording -> recording[2]).average().orElseThrow(), points.get(p).backprop(), 1e-12, seed);
        }
        assertEquals(classified.isEmpty(), points.isEmpty(), seed);
    }

    @Test
    void aTieGoesToTheFirstLabelInOrder() {
        final ClassScores scores = new ClassScores(labels(3), 1, Loss.SOFTMAX_CROSS_ENTROPY);
        scores.add(null, new float[][] {new float[3]}, recording(2, false, true));
        scores.add(null, new float[][] {new float[3]}, recording(1, false, true));
        scores.add(null, new float[][] {new float[] {0, 1, 1}}, recording(1, true, true));
        scores.finish();
        assertEquals(1, scores.recordingAccuracy(Predictor.NETWORK));
        assertEquals(1, scores.recordingAccuracy(Predictor.COMMONEST));
        assertEquals(1, scores.recordingAccuracy(Predictor.LAST));
        assertTrue(Double.isNaN(scores.recordingAccuracy(Predictor.BACKPROP)));
    }

    @Test
    void theLossOfLargeAnswersDoesNotOverflow() {
        final ClassScores scores = new ClassScores(labels(2), 2, Loss.SOFTMAX_CROSS_ENTROPY);
        scores.add(null, new float[][] {{0x1p30f, -0x1p30f}, {1000, 1001}}, recording(1, false, false));
        assertEquals(0x1p31, scores.losses().mean(Models.NETWORK, 0, 1));
        assertEquals(Math.log1p(Math.exp(-1)), scores.losses().mean(Models.BACKPROP, 0, 1), 1e-12);
    }

    @Test
    void anUnfinishedRecordingCountsByItsFramesOnly() {
        final ClassScores scores = new ClassScores(labels(2), 1, Loss.SOFTMAX_CROSS_ENTROPY);
        scores.add(null, new float[][] {new float[] {1, 0}}, recording(0, true, true));
        assertEquals(1, scores.frames());
        assertEquals(0, scores.recordings());
        assertFalse(scores.enough());
        scores.finish();
        assertEquals(1, scores.recordings());
        assertTrue(scores.enough() && !scores.gained(), "the commonest label is as good");
    }

    @Test
    void aLongRunHasAtMostFiftyPointsOverTimeOfNearlyEqualSize() {
        final ClassScores scores = new ClassScores(labels(2), 1, Loss.SOFTMAX_CROSS_ENTROPY);
        for (int i = 0; i < 100_000; i++) {
            scores.add(null, new float[][] {new float[] {i < 50_000 ? 0 : 1, .5f}}, recording(0, i % 5 == 4, true));
        }
        scores.finish();
        final List<ClassScores.Point> points = scores.overTime();
        assertEquals(ClassScores.POINTS, points.size());
        for (int p = 0; p < points.size(); p++) {
            assertEquals((p + 1) * 2_000, points.get(p).recordingsHeard(), 25);
            assertEquals(p < 25 ? 0 : 1, points.get(p).network(), .02);
        }
    }

    @Test
    void nothingIsAllocated() {
        final Random random = new Random(1);
        final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final ClassScores scores = new ClassScores(labels(10), 2, Loss.SOFTMAX_CROSS_ENTROPY);
        final float[][] answers = {answer(random, 10), answer(random, 10)};
        final Recording[] all = IntStream.range(0, 50).mapToObj(i -> recording(i % 10, i % 5 == 4, i >= 25)).toArray(Recording[]::new);
        long bytes = 0;
        for (int round = 0; round < 3; round++) {
            final long before = thread.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 5_000; i++) {
                scores.add(null, answers, all[i / 7 % all.length]);
                scores.refused(null, all[i / 7 % all.length]);
            }
            bytes = thread.getCurrentThreadAllocatedBytes() - before;
        }
        assertEquals(0, bytes);
    }
}
