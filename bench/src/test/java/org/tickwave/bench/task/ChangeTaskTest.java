package org.tickwave.bench.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tickwave.bench.scale.Normaliser;
import org.tickwave.bench.stream.FrameStream;
import org.tickwave.bench.stream.Streams;

class ChangeTaskTest {
    private static void assertPair(final ChangeTask task, final double[] input, final float... target) {
        assertArrayEquals(floats(input), task.input());
        assertArrayEquals(target, task.target());
        assertTrue(task.hasTarget());
    }

    private static void assertNoTarget(final ChangeTask task, final float... input) {
        assertArrayEquals(input, task.input());
        assertArrayEquals(new float[task.targetWidth()], task.target());
        assertFalse(task.hasTarget());
    }

    private static float[] floats(final double[] numbers) {
        final float[] floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers[i];
        }
        return floats;
    }

    private static double[] of(final double... numbers) {
        return numbers;
    }

    // Frames 1 3 6 | 10 15 21 28, where the bar is a gap, with a context of 4 and a gain of 10, calculated by hand.
    @Test
    void theInputIsTheFrameAndItsChangesAndTheTargetIsTheNextChange() {
        final ChangeTask task = new ChangeTask(1, 4, 10, null);
        assertEquals(4, task.inputWidth());
        assertEquals(1, task.targetWidth());
        assertFalse(task.push(of(1), true, null));
        assertTrue(task.push(of(3), true, null));
        assertPair(task, of(1, 0, 0, 0), 20);
        assertTrue(task.push(of(6), true, null));
        assertPair(task, of(3, 20, 0, 0), 30);
        assertTrue(task.push(of(10), false, null));
        assertNoTarget(task, 6, 30, 20, 0);
        assertTrue(task.push(of(15), true, null));
        assertPair(task, of(10, 0, 30, 20), 50);
        assertTrue(task.push(of(21), true, null));
        assertPair(task, of(15, 50, 0, 30), 60);
        assertTrue(task.push(of(28), true, null));
        assertPair(task, of(21, 60, 50, 0), 70);
        assertTrue(task.finish());
        assertNoTarget(task, 28, 70, 60, 50);
        assertFalse(task.finish());
    }

    @Test
    void twoGapsInARowAreTwoUnknownChanges() {
        final ChangeTask task = new ChangeTask(1, 3, 1, null);
        task.push(of(1), true, null);
        task.push(of(2), true, null);
        task.push(of(4), false, null);
        assertTrue(task.push(of(8), false, null));
        assertNoTarget(task, 4, 0, 1);
        assertTrue(task.push(of(16), true, null));
        assertPair(task, of(8, 0, 0), 8);
    }

    @Test
    void withAContextOfOneTheInputIsTheFrame() {
        final ChangeTask task = new ChangeTask(2, 1, -2, null);
        assertEquals(2, task.inputWidth());
        assertEquals(2, task.targetWidth());
        assertFalse(task.push(of(1, 10), false, null));
        assertTrue(task.push(of(2, 8), true, null));
        assertPair(task, of(1, 10), -2, 4);
        assertTrue(task.push(of(9, 9), false, null));
        assertNoTarget(task, 2, 8);
        assertTrue(task.finish());
        assertNoTarget(task, 9, 9);
    }

    @Test
    void theFirstFrameNeverFollowsAFrame() {
        for (final boolean follows : new boolean[] {true, false}) {
            final ChangeTask task = new ChangeTask(1, 2, 1, null);
            assertFalse(task.push(of(5), follows, null));
            assertFalse(task.hasTarget());
            assertTrue(task.push(of(7), true, null));
            assertPair(task, of(5, 0), 2);
        }
    }

    @Test
    void afterTheEndAFrameIsAFirstFrame() {
        final ChangeTask task = new ChangeTask(1, 3, 1, null);
        assertFalse(task.finish());
        task.push(of(1), true, null);
        task.push(of(2), true, null);
        task.push(of(4), true, null);
        task.push(of(8), true, null);
        assertTrue(task.finish());
        assertFalse(task.push(of(5), true, null));
        assertTrue(task.push(of(7), true, null));
        assertPair(task, of(5, 0, 0), 2);
    }

    @Test
    void aFrameIsCopied() {
        final ChangeTask task = new ChangeTask(1, 2, 1, null);
        final double[] frame = {1};
        task.push(frame, true, null);
        frame[0] = 4;
        task.push(frame, true, null);
        assertPair(task, of(1, 0), 3);
    }

    @Test
    void changesOfWideFramesFollowTheFrameNewestFirst() {
        final ChangeTask task = new ChangeTask(2, 3, 10, null);
        task.push(of(1, 2), true, null);
        task.push(of(2, 4), true, null);
        task.push(of(4, 8), true, null);
        task.push(of(5, 5), true, null);
        assertPair(task, of(4, 8, 20, 40, 10, 20), 10, -30);
    }

    @Test
    void goodNumbersAreAtMostTwoToTheThirtyInMagnitude() {
        assertTrue(FrameStream.good(of()));
        assertTrue(FrameStream.good(of(0, -0f, 0x1p30f, -0x1p30f, Float.MIN_VALUE)));
        for (final double bad : of(Float.NaN, Float.POSITIVE_INFINITY, -Float.MAX_VALUE, Math.nextUp(0x1p30f), -0x1p31f)) {
            assertFalse(FrameStream.good(of(bad, 0, 0)));
            assertFalse(FrameStream.good(of(0, 0, bad)));
        }
    }

    @Test
    void invalidArgumentsAreRefused() {
        Streams.assertRefused(IllegalArgumentException.class, () -> new ChangeTask(0, 2, 10, null),
            "width 0: expected at least 1");
        Streams.assertRefused(IllegalArgumentException.class, () -> new ChangeTask(2, 0, 10, null), "context 0: expected 1 to");
        Streams.assertRefused(IllegalArgumentException.class, () -> new ChangeTask(65_536, 1 << 20, 10, null),
            "context 1048576: expected 1 to 4095 with frames of 65536 numbers");
        Streams.assertRefused(IllegalArgumentException.class, () -> new ChangeTask(2, 2, Float.NaN, null), "gain NaN: expected");
    }

    /** z, and changes in units of the deviation up to the frame from which they start. */
    @Test
    void withANormaliserTheFrameAndTheChangesHaveNoUnit() {
        final ChangeTask task =
            new ChangeTask(2, 2, 3, new Normaliser(Normaliser.State.none(2, Normaliser.ALL_FRAMES), false));
        assertFalse(task.push(of(1000, 5), true, null));
        assertTrue(task.push(of(3000, 5), true, null));
        assertPair(task, of(0, 0, 0, 0), 0, 0);
        assertTrue(task.push(of(5000, 5), true, null));
        // Mean 2000 and deviation 1000 at the second frame; the second number has never changed.
        assertPair(task, of(1, 0, 0, 0), 6, 0);
        assertTrue(task.push(of(4000, 5), true, null));
        final double deviation = Math.sqrt(8e6 / 3);
        assertPair(task, of(2000 / deviation, 0, 6, 0), (float) (-1000 / (deviation / 3)), 0);
    }

    @Test
    void aNumberThatIsMissingHasNoChange() {
        final ChangeTask task =
            new ChangeTask(1, 1, 1, new Normaliser(Normaliser.State.none(1, Normaliser.ALL_FRAMES), false));
        task.push(of(Double.NaN), true, null);
        task.push(of(2), true, null);
        assertPair(task, of(0), 0);
        task.push(of(4), true, null);
        assertPair(task, of(0), 0);
        task.push(of(5), true, null);
        assertPair(task, of(1), 1);
    }

    @Test
    void withANormaliserAnyUnitWillDoAndTheBitsAreNearlyTheSame() {
        final ChangeTask task = new ChangeTask(1, 2, 3, new Normaliser(Normaliser.State.none(1, 20), false));
        final ChangeTask large = new ChangeTask(1, 2, 3, new Normaliser(Normaliser.State.none(1, 20), false));
        final Random random = new Random(5);
        double u = 0;
        for (int t = 0; t < 500; t++) {
            u += random.nextGaussian();
            assertTrue(large.accepts(of(1e12 * u + 1e15)));
            task.push(of(u), true, null);
            large.push(of(1e12 * u + 1e15), true, null);
            assertArrayEquals(task.input(), large.input(), 1e-3f);
            assertArrayEquals(task.target(), large.target(), 1e-3f);
        }
        assertFalse(new ChangeTask(1, 2, 3, null).accepts(of(1e12)));
    }
}
