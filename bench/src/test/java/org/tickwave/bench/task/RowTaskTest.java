package org.tickwave.bench.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tickwave.Loss;
import org.tickwave.Rule;
import org.tickwave.bench.scale.Normaliser;
import org.tickwave.bench.score.RowScores;
import org.tickwave.bench.stream.Recording;

class RowTaskTest {
    private static final Recording A = new Recording("t.csv", "a", 0, false, false);
    private static final Recording B = new Recording("t.csv", "b", 1, false, false);

    private final RowTask task = new RowTask(2, 3, 2, null);

    private void push(final double first, final boolean follows, final Recording label) {
        assertTrue(task.push(new double[] {first, first + .5}, follows, label), "each row is complete at once");
    }

    @Test
    void theInputIsTheNewestRowsNewestFirst() {
        push(1, false, A);
        assertArrayEquals(new float[] {1, 1.5f, 0, 0, 0, 0}, task.input());
        push(2, true, B);
        assertArrayEquals(new float[] {2, 2.5f, 1, 1.5f, 0, 0}, task.input());
        push(3, true, A);
        push(4, true, A);
        assertArrayEquals(new float[] {4, 4.5f, 3, 3.5f, 2, 2.5f}, task.input());
    }

    @Test
    void noRowReachesBackBeyondAGap() {
        push(1, false, A);
        push(2, true, A);
        push(4, false, A);
        assertArrayEquals(new float[] {4, 4.5f, 0, 0, 0, 0}, task.input());
    }

    @Test
    void theTargetIsTheLabelOfTheNewestRow() {
        push(1, false, A);
        assertArrayEquals(new float[] {1, 0}, task.target());
        assertTrue(task.hasTarget() && task.taught());
        push(2, true, B);
        assertArrayEquals(new float[] {0, 1}, task.target());
        assertNull(task.recording(), "rows are not held out and end no recording");
    }

    @Test
    void aRowWithoutALabelHasNoTargetButAnInput() {
        push(1, false, B);
        push(2, true, null);
        assertFalse(task.hasTarget() || task.taught());
        assertArrayEquals(new float[] {0, 0}, task.target());
        assertArrayEquals(new float[] {2, 2.5f, 1, 1.5f, 0, 0}, task.input());
        push(3, true, B);
        assertTrue(task.hasTarget() && task.taught());
        assertArrayEquals(new float[] {0, 1}, task.target());
    }

    @Test
    void rowsAreScaledWithThemselvesAndAMissingNumberIsTheMean() {
        final RowTask scaled = new RowTask(2, 1, 2, new Normaliser(Normaliser.State.none(2, Normaliser.ALL_FRAMES), false));
        scaled.push(new double[] {1e6, Double.NaN}, false, A);
        assertArrayEquals(new float[] {0, 0}, scaled.input());
        scaled.push(new double[] {3e6, 5}, true, A);
        assertArrayEquals(new float[] {1, 0}, scaled.input());
        scaled.push(new double[] {2e6, 7}, true, null);
        assertArrayEquals(new float[] {0, 1}, scaled.input());
    }

    @Test
    void whatCannotBeScaledIsNotAccepted() {
        assertTrue(task.accepts(new double[] {1, 0x1p30}));
        assertFalse(task.accepts(new double[] {1, 0x1p31}));
        assertFalse(task.accepts(new double[] {1, Double.NaN}));
        final RowTask scaled = new RowTask(2, 1, 2, new Normaliser(Normaliser.State.none(2, Normaliser.ALL_FRAMES), false));
        assertTrue(scaled.accepts(new double[] {0x1p31, Double.NaN}));
        assertFalse(scaled.accepts(new double[] {1e200, 1}));
    }

    @Test
    void underDiffusionTheAnswerNowIsScored() {
        assertTrue(task.scoresNow(Rule.diffusion()));
        assertFalse(task.scoresNow(Rule.aligned()) || task.scoresNow(Rule.window(1)));
    }

    @Test
    void itHasANameALossAMeasureAndWidthsAndNoRowWaits() {
        assertEquals("classify", task.name());
        assertEquals(Loss.SOFTMAX_CROSS_ENTROPY, task.loss());
        assertInstanceOf(RowScores.class, task.measure(List.of("a", "b"), 1));
        assertEquals(6, task.inputWidth());
        assertEquals(2, task.targetWidth());
        assertFalse(task.waits());
        push(1, false, A);
        assertFalse(task.finish());
    }
}
