package org.tickwave.bench.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.List;
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
    void eachOutputAnswersAtItsOwnLatencyAndTheFrameIsScoredWithTheLast() {
        final ChangeScores high = new ChangeScores(1);
        final ChangeScores low = new ChangeScores(1);
        final Score score = new Score(new SeveralScores(List.of(new SeveralScores.Output("high", 2, high),
            new SeveralScores.Output("low", 1, low)), 1), new int[] {3, 1}, new int[] {2, 1}, 1);
        for (int tick = 0; tick < 6; tick++) {
            score.fed(tick, new float[] {tick, -tick, 10 + tick}, null);
            score.answered(tick + 1, 0, answer(tick - 2, 2 - tick), tick >= 2);
            score.answered(tick + 1, 1, answer(10 + tick + 2), true);
            score.settle();
            assertEquals(Math.max(0, tick - 1), score.measure().losses().count());
        }
        assertEquals(0, high.losses().mean(Models.NETWORK, 0, 4));
        assertEquals(4, low.losses().mean(Models.NETWORK, 0, 4));
        assertEquals(4, score.measure().losses().mean(Models.NETWORK, 0, 4));
        assertEquals(high.losses().mean(1, 0, 4) + low.losses().mean(1, 0, 4), score.measure().losses().mean(1, 0, 4));
        assertTrue(high.losses().mean(1, 0, 4) > 0);
    }

    @Test
    void aFrameWhoseAnswerIsRefusedAtOneOutputIsNotScored() {
        final Score score = new Score(new SeveralScores(List.of(new SeveralScores.Output("high", 1, new ChangeScores(1)),
            new SeveralScores.Output("low", 1, new ChangeScores(1))), 1), new int[] {2, 1}, new int[] {1, 1}, 1);
        score.fed(0, new float[] {1, 1}, null);
        score.answered(1, 1, answer(1), false);
        score.answered(2, 0, answer(1), true);
        score.settle();
        assertEquals(0, score.measure().losses().count());
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
