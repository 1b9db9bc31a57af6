package org.tickwave.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class ScoreTest {
    private static MemorySegment answer(final float... numbers) {
        return MemorySegment.ofArray(numbers);
    }

    @Test
    void anAnswerIsScoredAtTickSPlusLAgainstItsOwnTarget() {
        final Score score = new Score(2, 2, true);
        score.fed(0, new float[] {1, 3});
        score.answered(1, answer(0, 0), true);
        score.compared(7);
        score.settle();
        score.fed(1, new float[] {0, 0});
        score.answered(2, answer(1, 1), true);
        score.compared(9);
        score.settle();
        assertEquals(1, score.series().count());
        score.answered(3, answer(3, 4), true);
        score.answered(4, answer(9, 9), true);
        score.settle();
        assertEquals(2, score.series().count());
        assertEquals(2, score.series().mean(Score.NETWORK, 0, 1));
        assertEquals(12.5, score.series().mean(Score.NETWORK, 1, 2));
        assertEquals(5, score.series().mean(Score.NO_CHANGE, 0, 1));
        assertEquals(7, score.series().mean(Score.BACKPROP, 0, 1));
        assertEquals(9, score.series().mean(Score.BACKPROP, 1, 2));
    }

    @Test
    void anAnswerThatComesBeforeBackpropsWaitsForIt() {
        final Score score = new Score(1, 1, true);
        score.fed(0, new float[] {1});
        score.answered(1, answer(0), true);
        score.settle();
        assertEquals(0, score.series().count());
        score.compared(4);
        score.settle();
        assertEquals(4, score.series().mean(Score.BACKPROP, 0, 1));
    }

    @Test
    void aFrameThatIsHeldIsScoredOnce() {
        final Score score = new Score(2, 1, false);
        score.fed(0, new float[] {1});
        for (int tick = 1; tick <= 6; tick++) {
            score.answered(tick, answer(0), true);
            score.settle();
        }
        assertEquals(1, score.series().count());
    }

    @Test
    void anAnswerThatTheGuardRefusedIsNotScored() {
        final Score score = new Score(1, 1, false);
        score.fed(0, new float[] {1});
        score.answered(1, answer(0), false);
        score.settle();
        score.fed(1, new float[] {1});
        score.answered(2, answer(1), true);
        score.settle();
        assertEquals(1, score.series().count());
        assertEquals(0, score.series().mean(Score.NETWORK, 0, 1));
    }
}
