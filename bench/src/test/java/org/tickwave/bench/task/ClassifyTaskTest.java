package org.tickwave.bench.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.tickwave.Loss;
import org.tickwave.bench.stream.Recording;

class ClassifyTaskTest {
    private static final Recording ONE = new Recording("a_1", "a", 0, false, false);
    private static final Recording OTHER = new Recording("b_1", "b", 1, true, false);

    private final ClassifyTask task = new ClassifyTask(2, 3, 2, null);

    private void push(final float first, final boolean follows, final Recording of) {
        assertTrue(task.push(new double[] {first, first + .5f}, follows, of), "each frame is complete at once");
        assertTrue(task.hasTarget());
        assertSame(of, task.recording());
    }

    private void expect(final float... input) {
        assertArrayEquals(input, task.input());
    }

    @Test
    void theInputIsTheLastFramesNewestFirstAndZerosBeforeTheStart() {
        push(1, false, ONE);
        expect(1, 1.5f, 0, 0, 0, 0);
        push(2, true, ONE);
        expect(2, 2.5f, 1, 1.5f, 0, 0);
        push(3, true, ONE);
        push(4, true, ONE);
        expect(4, 4.5f, 3, 3.5f, 2, 2.5f);
    }

    @Test
    void anotherRecordingBeginsWithZeros() {
        push(1, false, ONE);
        push(2, true, OTHER);
        expect(2, 2.5f, 0, 0, 0, 0);
    }

    @Test
    void theSameRecordingInTheNextPassBeginsWithZeros() {
        push(1, false, ONE);
        push(2, false, new Recording("a_1", "a", 0, false, false));
        expect(2, 2.5f, 0, 0, 0, 0);
    }

    @Test
    void aMissingFrameIsAGapOfOneFrame() {
        push(1, false, ONE);
        push(2, true, ONE);
        push(4, false, ONE);
        expect(4, 4.5f, 0, 0, 2, 2.5f);
        push(5, true, ONE);
        expect(5, 5.5f, 4, 4.5f, 0, 0);
    }

    @Test
    void theTargetIsOneAtTheLabelAndHeldOutRecordingsAreNotTaught() {
        push(1, false, ONE);
        assertArrayEquals(new float[] {1, 0}, task.target());
        assertTrue(task.taught());
        push(2, true, OTHER);
        assertArrayEquals(new float[] {0, 1}, task.target());
        assertFalse(task.taught());
    }

    @Test
    void noFrameWaitsAndAfterTheEndAFrameIsAFirstFrame() {
        push(1, false, ONE);
        assertFalse(task.finish());
        push(2, true, ONE);
        expect(2, 2.5f, 0, 0, 0, 0);
    }

    @Test
    void aContextOfOneFrameWorks() {
        final ClassifyTask shortTask = new ClassifyTask(1, 1, 2, null);
        shortTask.push(new double[] {1}, false, ONE);
        shortTask.push(new double[] {3}, false, ONE);
        assertArrayEquals(new float[] {3}, shortTask.input());
    }

    @Test
    void itHasANameALossAndWidths() {
        assertEquals("classify", task.name());
        assertEquals(Loss.SOFTMAX_CROSS_ENTROPY, task.loss());
        assertEquals(6, task.inputWidth());
        assertEquals(2, task.targetWidth());
    }

    @Test
    void invalidArgumentsAreRefusedByName() {
        for (final int[] wrong : new int[][] {{0, 1, 2}, {2, 0, 2}, {2, Integer.MAX_VALUE / 4, 2}, {2, 1, 1}}) {
            final String message = assertThrows(IllegalArgumentException.class,
                () -> new ClassifyTask(wrong[0], wrong[1], wrong[2], null)).getMessage();
            assertTrue(message.matches("(width 0|context 0|context 536870911|labels 1): expected .*"), message);
        }
    }
}
