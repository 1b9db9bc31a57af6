package org.tickwave.bench.scale;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormaliserTest {
    private static final int FRAMES = 3_000;

    /** Large numbers with small changes: a plain sum of squares would lose all digits. */
    private static double[][] frames(final long seed) {
        final Random random = new Random(seed);
        final double[][] frames = new double[FRAMES][4];
        for (final double[] frame : frames) {
            frame[0] = random.nextGaussian();
            frame[1] = 1e9 + random.nextGaussian();
            frame[2] = -7 + 100 * random.nextDouble();
            frame[3] = 1e-9 * random.nextGaussian();
        }
        return frames;
    }

    private static Normaliser normaliser(final long limit) {
        return new Normaliser(Normaliser.State.none(4, limit), false);
    }

    /** Mean and variance of number i over frames 0 to t, computed in two passes. */
    private static double[] meanAndVariance(final double[][] frames, final int t, final int i) {
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
    void aFrameIsScaledByWhatCameUpToIt() {
        final double[][] frames = frames(1);
        final Normaliser normaliser = normaliser(Normaliser.ALL_FRAMES);
        for (int t = 0; t < FRAMES; t++) {
            normaliser.add(frames[t]);
            for (int i = 0; i < 4 && (t % 97 == 0 || t < 5); i++) {
                final double[] expected = meanAndVariance(frames, t, i);
                assertEquals(t == 0 ? 0 : (frames[t][i] - expected[0]) / Math.sqrt(expected[1]), normaliser.scaled(i, frames[t][i]),
                    1e-5, "frame " + t + ", number " + i);
                assertEquals(t == 0 ? 0 : Math.sqrt(expected[1]), normaliser.deviation(i), 1e-6 * normaliser.deviation(i));
            }
        }
        assertArrayEquals(new long[] {FRAMES, FRAMES, FRAMES, FRAMES}, normaliser.state().counts());
    }

    /** The variance follows v' = v (n-1)/n + d (u - m')/n with n at most the limit. */
    @ParameterizedTest
    @ValueSource(longs = {2, 50, FRAMES})
    void underALimitOldFramesFade(final long limit) {
        final double[][] frames = frames(4);
        final Normaliser normaliser = normaliser(limit);
        double mean = 0;
        double variance = 0;
        for (int t = 0; t < FRAMES; t++) {
            normaliser.add(frames[t]);
            final double n = Math.min(t + 1, limit);
            final double before = frames[t][2] - mean;
            mean += before / n;
            variance = variance * (n - 1) / n + before * (frames[t][2] - mean) / n;
            assertEquals(mean, normaliser.mean(2), 1e-9 * Math.abs(mean));
            assertEquals(Math.sqrt(variance), normaliser.deviation(2), 1e-9 * Math.sqrt(variance));
        }
        assertEquals(limit, normaliser.state().counts()[2]);
    }

    @ParameterizedTest
    @ValueSource(longs = {10, Normaliser.ALL_FRAMES})
    void itGoesOnFromAStateAsIfItHadNeverStopped(final long limit) {
        final double[][] frames = frames(2);
        final Normaliser whole = normaliser(limit);
        Normaliser parts = normaliser(limit);
        for (int t = 0; t < FRAMES; t++) {
            whole.add(frames[t]);
            if (t % 1_000 == 999) {
                parts = new Normaliser(parts.state(), false);
            }
            parts.add(frames[t]);
            for (int i = 0; i < 4; i++) {
                assertEquals(whole.scaled(i, frames[t][i]), parts.scaled(i, frames[t][i]));
            }
        }
    }

    @Test
    void itStandsStillWhereItIsToldTo() {
        final Normaliser.State state =
            new Normaliser.State(Normaliser.ALL_FRAMES, new long[] {4, 4}, new double[] {1, 2}, new double[] {16, 0});
        final Normaliser normaliser = new Normaliser(state, true);
        normaliser.add(new double[] {5, 5});
        assertEquals(2, normaliser.scaled(0, 5));
        assertEquals(0, normaliser.scaled(1, 5), "a number that has never changed has no unit");
        assertArrayEquals(state.counts(), normaliser.state().counts());
        assertArrayEquals(state.mean(), normaliser.state().mean());
        assertArrayEquals(state.squares(), normaliser.state().squares());
    }

    @Test
    void aMissingNumberCountsNowhereAndIsTheMean() {
        final Normaliser normaliser = new Normaliser(Normaliser.State.none(2, Normaliser.ALL_FRAMES), false);
        normaliser.add(new double[] {1, Double.NaN});
        normaliser.add(new double[] {3, 100});
        normaliser.add(new double[] {Double.NaN, 300});
        assertArrayEquals(new long[] {2, 2}, normaliser.state().counts());
        assertArrayEquals(new double[] {2, 200}, normaliser.state().mean());
        assertEquals(0, normaliser.scaled(0, Double.NaN));
        assertEquals(1, normaliser.scaled(1, 300));
    }

    @Test
    void numbersThatCannotBeSquaredAreNotAccepted() {
        assertTrue(Normaliser.accepts(new double[] {1e100, -1e100, Double.NaN}));
        assertFalse(Normaliser.accepts(new double[] {0, 2e100}));
        assertFalse(Normaliser.accepts(new double[] {Double.NEGATIVE_INFINITY}));
    }

    @Test
    void aScaledNumberIsAlwaysGood() {
        final Normaliser.State state = new Normaliser.State(2, new long[] {2}, new double[] {0}, new double[] {1e-20});
        assertEquals(1 << 30, new Normaliser(state, true).scaled(0, 1e9));
        assertEquals(-(1 << 30), new Normaliser(state, true).scaled(0, -1e9));
    }
}
