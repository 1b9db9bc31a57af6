package org.tickwave.bench.sound;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class NormaliserTest {
    private static final int FRAMES = 3_000;

    /** Large numbers with small changes: a plain sum of squares would lose all digits. */
    private static float[][] frames(final long seed) {
        final Random random = new Random(seed);
        final float[][] frames = new float[FRAMES][3];
        for (final float[] frame : frames) {
            frame[0] = (float) random.nextGaussian();
            frame[1] = (float) (1e4 + random.nextGaussian());
            frame[2] = (float) (-7 + 100 * random.nextDouble());
        }
        return frames;
    }

    /** Mean and variance of number i over frames 0 to t, computed in two passes. */
    private static double[] meanAndVariance(final float[][] frames, final int t, final int i) {
        double mean = 0;
        for (int s = 0; s <= t; s++) {
            mean += frames[s][i];
        }
        mean /= t + 1;
        double squares = 0;
        for (int s = 0; s <= t; s++) {
            squares += Math.pow(frames[s][i] - mean, 2);
        }
        return new double[] {mean, squares / (t + 1)};
    }

    @Test
    void aFrameIsNormalisedByWhatWasHeardUpToIt() {
        final float[][] frames = frames(1);
        final Normaliser normaliser = new Normaliser(Normaliser.State.none(3), false);
        for (int t = 0; t < FRAMES; t++) {
            final float[] frame = frames[t].clone();
            normaliser.apply(frame);
            if (t % 97 == 0 || t < 5) {
                for (int i = 0; i < 3; i++) {
                    final double[] expected = meanAndVariance(frames, t, i);
                    assertEquals(t == 0 ? 0 : (frames[t][i] - expected[0]) / Math.sqrt(expected[1]), frame[i], 1e-5,
                        "frame " + t + ", number " + i);
                }
            }
        }
        for (int i = 0; i < 3; i++) {
            final double[] expected = meanAndVariance(frames, FRAMES - 1, i);
            assertEquals(expected[0], normaliser.state().mean()[i], 1e-9 * Math.abs(expected[0]) + 1e-12);
            assertEquals(expected[1], normaliser.state().squares()[i] / FRAMES, 1e-9 * expected[1]);
        }
        assertEquals(FRAMES, normaliser.state().count());
    }

    @Test
    void itGoesOnFromAStateAsIfItHadNeverStopped() {
        final float[][] frames = frames(2);
        final Normaliser whole = new Normaliser(Normaliser.State.none(3), false);
        Normaliser parts = new Normaliser(Normaliser.State.none(3), false);
        for (int t = 0; t < FRAMES; t++) {
            final float[] expected = frames[t].clone();
            whole.apply(expected);
            if (t % 1_000 == 999) {
                parts = new Normaliser(parts.state(), false);
            }
            final float[] frame = frames[t].clone();
            parts.apply(frame);
            assertArrayEquals(expected, frame);
        }
    }

    @Test
    void itStandsStillWhereItIsToldTo() {
        final Normaliser.State state = new Normaliser.State(4, new double[] {1, 2}, new double[] {16, 0});
        final Normaliser normaliser = new Normaliser(state, true);
        for (int i = 0; i < 2; i++) {
            final float[] frame = {5, 5};
            normaliser.apply(frame);
            assertArrayEquals(new float[] {2, 0}, frame);
        }
        assertEquals(4, normaliser.state().count());
        assertArrayEquals(state.mean(), normaliser.state().mean());
        assertArrayEquals(state.squares(), normaliser.state().squares());
    }

    @Test
    void badNumbersTeachItNothing() {
        final Normaliser normaliser = new Normaliser(Normaliser.State.none(2), false);
        normaliser.apply(new float[] {1, 2});
        final float[] bad = {3, Float.NaN};
        normaliser.apply(bad);
        assertArrayEquals(new float[] {3, Float.NaN}, bad);
        assertEquals(1, normaliser.state().count());
        assertArrayEquals(new double[] {1, 2}, normaliser.state().mean());
    }
}
