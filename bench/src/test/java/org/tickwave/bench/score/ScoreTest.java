package org.tickwave.bench.score;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class ScoreTest {
    private static MemorySegment answer(final float... numbers) {
        return MemorySegment.ofArray(numbers);
    }

    @Test
    void anAnswerIsScoredAtTickSPlusLAgainstItsOwnTarget() {
        final Score score = new Score(new ChangeScores(2), new int[] {2}, new int[] {2}, 2);
        score.fed(0, new float[] {1, 3}, null);
        score.answered(1, 0, answer(0, 0), true);
        score.compared(Models.BACKPROP, answer(4, 2));
        score.settle();
        score.fed(1, new float[] {0, 0}, null);
        score.answered(2, 0, answer(1, 1), true);
        score.compared(Models.BACKPROP, answer(3, 3));
        score.settle();
        assertEquals(1, score.measure().losses().count());
        score.answered(3, 0, answer(3, 4), true);
        score.answered(4, 0, answer(9, 9), true);
        score.settle();
        assertEquals(2, score.measure().losses().count());
        assertEquals(2, score.measure().losses().mean(Models.NETWORK, 0, 1));
        assertEquals(12.5, score.measure().losses().mean(Models.NETWORK, 1, 2));
        assertEquals(5, score.measure().losses().mean(2, 0, 1));
        assertEquals(5, score.measure().losses().mean(Models.BACKPROP, 0, 1));
        assertEquals(9, score.measure().losses().mean(Models.BACKPROP, 1, 2));
    }

    @Test
    void anAnswerWaitsForTheAnswerOfBackprop() {
        final Score score = new Score(new ChangeScores(2), new int[] {1}, new int[] {1}, 2);
        score.fed(0, new float[] {1}, null);
        score.answered(1, 0, answer(0), true);
        score.settle();
        assertEquals(0, score.measure().losses().count());
        score.compared(Models.BACKPROP, answer(3));
        score.settle();
        assertEquals(4, score.measure().losses().mean(Models.BACKPROP, 0, 1));
    }

    @Test
    void whereNothingChangesThereIsNoRatioToSay() {
        final ChangeScores scores = new ChangeScores(1);
        for (int frame = 0; frame < 8; frame++) {
            scores.add(new float[1], new float[][] {{1}}, null);
        }
        assertEquals(1, scores.losses().lastQuarter(Models.NETWORK));
        assertEquals(Double.NaN, scores.present());
    }

    @Test
    void aHeldFrameIsScoredOnce() {
        final Score score = new Score(new ChangeScores(1), new int[] {2}, new int[] {1}, 1);
        score.fed(0, new float[] {1}, null);
        for (int tick = 1; tick <= 6; tick++) {
            score.answered(tick, 0, answer(0), true);
            score.settle();
        }
        assertEquals(1, score.measure().losses().count());
    }

    @Test
    void aRefusedAnswerIsNotScored() {
        final Score score = new Score(new ChangeScores(1), new int[] {1}, new int[] {1}, 1);
        score.fed(0, new float[] {1}, null);
        score.answered(1, 0, answer(0), false);
        score.settle();
        score.fed(1, new float[] {1}, null);
        score.answered(2, 0, answer(1), true);
        score.settle();
        assertEquals(1, score.measure().losses().count());
        assertEquals(0, score.measure().losses().mean(Models.NETWORK, 0, 1));
    }
}
