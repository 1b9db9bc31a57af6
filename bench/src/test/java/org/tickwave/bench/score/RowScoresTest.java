package org.tickwave.bench.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tickwave.Loss;
import org.tickwave.bench.keep.Archive;

/** Against plain counts over all rows. */
class RowScoresTest {
    private static final int LABELS = 3;
    private static final int ROWS = 4_000;

    private static float[] oneHot(final int label) {
        final float[] target = new float[LABELS];
        target[label] = 1;
        return target;
    }

    private static double share(final boolean[] right, final int from) {
        int count = 0;
        for (int i = from; i < right.length; i++) {
            count += right[i] ? 1 : 0;
        }
        return (double) count / (right.length - from);
    }

    @Test
    void accuracyIsThatOfAllRowsAndOfTheLastQuarter() {
        final Random random = new Random(9);
        final RowScores scores = new RowScores(List.of("a", "b", "c"), 2, Loss.SOFTMAX_CROSS_ENTROPY);
        final boolean[][] right = new boolean[4][ROWS];
        final int[] counts = new int[LABELS];
        int last = -1;
        double loss = 0;
        for (int r = 0; r < ROWS; r++) {
            final int label = random.nextInt(10) < 7 && last >= 0 ? last : random.nextInt(LABELS);
            final float[][] answers = {oneHot(random.nextInt(3) > 0 ? label : 0), oneHot(random.nextInt(2) > 0 ? label : 1)};
            right[0][r] = answers[0][label] == 1;
            right[1][r] = answers[1][label] == 1;
            right[2][r] = last == label;
            int commonest = 0;
            for (int i = 1; i < LABELS; i++) {
                commonest = counts[i] > counts[commonest] ? i : commonest;
            }
            right[3][r] = commonest == label;
            loss += Math.log(Math.E + 2) - (right[0][r] ? 1 : 0);
            scores.add(oneHot(label), answers, null);
            counts[label]++;
            last = label;
        }
        scores.finish();
        final int[] models = {0, 1, scores.lastLabel(), scores.commonestLabel()};
        for (int m = 0; m < models.length; m++) {
            assertEquals(share(right[m], 0), scores.accuracy(models[m]), 1e-12, "model " + m);
            assertEquals(share(right[m], ROWS * 3 / 4), scores.lastQuarter(models[m]), 1e-12, "model " + m);
        }
        assertEquals(loss / ROWS, scores.losses().mean(Models.NETWORK, 0, ROWS), 1e-9);
        assertEquals(ROWS, scores.losses().count());
    }

    /** Of 50 rows 35 are right, by chance 25. */
    @Test
    void kappaIsTheShareOfTheWayFromChance() {
        final RowScores scores = new RowScores(List.of("a", "b"), 1, Loss.SOFTMAX_CROSS_ENTROPY);
        final int[][] table = {{20, 10}, {5, 15}};
        for (int label = 0; label < 2; label++) {
            for (int answer = 0; answer < 2; answer++) {
                for (int i = 0; i < table[label][answer]; i++) {
                    scores.add(new float[] {1 - label, label}, new float[][] {{1 - answer, answer}}, null);
                }
            }
        }
        assertEquals(50, scores.rows());
        assertEquals(.4, scores.kappa(0), 1e-12);
    }

    @Test
    void scoresThatWereKeptGoOnWithTheSameKappa() {
        final RowScores whole = new RowScores(List.of("a", "b"), 2, Loss.SOFTMAX_CROSS_ENTROPY);
        RowScores pieces = new RowScores(List.of("a", "b"), 2, Loss.SOFTMAX_CROSS_ENTROPY);
        final Random random = new Random(3);
        for (int r = 0; r < 60; r++) {
            final float[] target = {random.nextInt(3), 1.5f};
            final float[][] answers = {{random.nextFloat(), .7f}, {random.nextFloat(), .3f}};
            whole.add(target, answers, null);
            pieces.add(target, answers, null);
            if (r % 20 == 7) {
                final Archive archive = Archive.writing();
                pieces.keep(archive);
                pieces = new RowScores(List.of("a", "b"), 2, Loss.SOFTMAX_CROSS_ENTROPY);
                pieces.keep(Archive.reading(archive.written()));
            }
        }
        for (int model = 0; model < 2; model++) {
            assertEquals(whole.accuracy(model), pieces.accuracy(model), "model " + model);
            assertEquals(whole.kappa(model), pieces.kappa(model), "model " + model);
        }
    }

    @Test
    void kappaIsUnknownWhereChanceIsFaultless() {
        final RowScores scores = new RowScores(List.of("a", "b"), 1, Loss.SOFTMAX_CROSS_ENTROPY);
        scores.add(new float[] {1, 0}, new float[][] {{1, 0}}, null);
        assertTrue(Double.isNaN(scores.kappa(0)));
    }

    @Test
    void aRefusedAnswerIsNotScoredButItsLabelIsTheLast() {
        final RowScores scores = new RowScores(List.of("a", "b"), 1, Loss.SOFTMAX_CROSS_ENTROPY);
        scores.add(new float[] {1, 0}, new float[][] {{1, 0}}, null);
        scores.refused(new float[] {0, 1}, null);
        scores.add(new float[] {0, 1}, new float[][] {{1, 0}}, null);
        assertEquals(2, scores.losses().count());
        assertEquals(.5, scores.accuracy(scores.lastLabel()));
        assertEquals(.5, scores.accuracy(scores.commonestLabel()), "a and b were there once: the first in order");
        assertEquals(.5, scores.accuracy(Models.NETWORK));
        assertFalse(scores.enough());
        assertTrue(Double.isNaN(scores.present()));
    }
}
