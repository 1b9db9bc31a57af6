package org.tickwave.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@AtEveryLaneWidth
class ActivateTest {
    private static final float TOP = 0x1p30f;

    @ParameterizedTest
    @EnumSource
    void isItsScalarTwinToTheBit(final Sigma sigma) {
        for (final int n : Scalar.SIZES) {
            final Numbers numbers = new Numbers(n);
            activates(sigma, numbers.ordinary(n), numbers.ordinary(n));
            activates(sigma, numbers.good(n), numbers.ordinary(n));
            activates(sigma, numbers.good(n), new float[n]);
            activates(sigma, new float[n], numbers.good(n));
            activates(sigma, numbers.finite(n), numbers.finite(n));
        }
    }

    @ParameterizedTest
    @EnumSource
    void isItsScalarTwinAroundEveryEdge(final Sigma sigma) {
        activates(sigma, Numbers.GOOD, new float[Numbers.GOOD.length]);
        for (final float v : Numbers.GOOD) {
            activates(sigma, new float[] {v}, new float[] {-0f});
        }
        for (final float v : Numbers.BAD) {
            activates(sigma, new float[] {v, 1}, new float[] {0, 1});
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesOneBadSumWhereverItStands(final Sigma sigma) {
        for (final int n : Scalar.SIZES) {
            try (TestImage image = new TestImage(2048)) {
                final long folds = image.filled(4 * Scalar.lines(n));
                final long bias = image.filled(Scalar.padded(n));
                final long x = image.filled(Scalar.padded(n));
                for (int i = 0; i < n; i++) {
                    for (final float bad : Numbers.BAD) {
                        image.fill(folds + Scalar.fold(i), bad);
                        assertFalse(
                            Activate.run(sigma, image.segment, folds, bias, x, bias, 0, bias, n), bad + " at " + i + " of " + n);
                    }
                    image.fill(folds + Scalar.fold(i), 0f);
                    assertTrue(Activate.run(sigma, image.segment, folds, bias, x, bias, 0, bias, n), "none of " + n);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void guardsTheSumNotItsSummands(final Sigma sigma) {
        assertTrue(activates(sigma, new float[] {TOP, -TOP}, new float[] {0, -0f}));
        assertTrue(activates(sigma, new float[] {TOP, -TOP}, new float[] {1, -1}));
        assertFalse(activates(sigma, new float[] {TOP, 0}, new float[] {128, 0}));
        assertFalse(activates(sigma, new float[] {0, -TOP}, new float[] {0, -128}));
        assertTrue(activates(sigma, new float[] {Math.nextUp(TOP), 2 * TOP}, new float[] {-128, -TOP}));
        assertFalse(activates(sigma, new float[] {TOP}, new float[] {TOP}));
        assertFalse(activates(sigma, new float[] {Float.MAX_VALUE}, new float[] {Float.MAX_VALUE}));
        assertFalse(activates(sigma, new float[] {Float.POSITIVE_INFINITY}, new float[] {-TOP}));
        assertFalse(activates(sigma, new float[] {Float.POSITIVE_INFINITY}, new float[] {Float.NEGATIVE_INFINITY}));
    }

    @Test
    void flushesBelowItsThresholdAndNotAtIt() {
        final float below = Math.nextDown(1e-30f);
        final float[] sums = {1e-30f, below, -1e-30f, -below, -0f};
        try (TestImage image = new TestImage(1024)) {
            final long x = image.filled(64);
            final long folds = folds(image, sums);
            final long zeros = image.filled(64);
            Activate.run(Sigma.IDENTITY, image.segment, folds, zeros, x, zeros, 0, image.filled(64), 5);
            image.expect(x, 1e-30f, 0f, -1e-30f, 0f, 0f);
            image.check("identity");
        }
    }

    @ParameterizedTest
    @EnumSource
    void throwsForAnOffsetOutsideTheImage(final Sigma sigma) {
        try (TestImage image = new TestImage(1024)) {
            final long right = image.filled(256);
            for (final long wrong : WrongOffsets.of(image)) {
                for (int which = 0; which < 5; which++) {
                    final long[] at = {right, right, right, right, right};
                    at[which] = wrong;
                    assertThrows(IndexOutOfBoundsException.class,
                        () -> Activate.run(sigma, image.segment, at[0], at[1], at[2], at[3], 1, at[4], 17), "region " + which);
                }
            }
        }
    }

    private static long folds(final TestImage image, final float[] sums) {
        final long folds = image.filled(4 * Scalar.lines(sums.length));
        for (int i = 0; i < sums.length; i++) {
            image.fill(folds + Scalar.fold(i), sums[i]);
        }
        return folds;
    }

    /** Once with a bias that learns in place, and once with the corrected bias elsewhere. */
    private static boolean activates(final Sigma sigma, final float[] sums, final float[] bias) {
        final boolean good = activates(sigma, sums, bias, true);
        assertEquals(good, activates(sigma, sums, bias, false));
        return good;
    }

    private static boolean activates(final Sigma sigma, final float[] sums, final float[] bias, final boolean inPlace) {
        final int n = sums.length;
        final int padded = Scalar.padded(n);
        final float[] delta = new Numbers(n).ordinary(n);
        try (TestImage image = new TestImage(8 * padded + 512)) {
            final long folds = folds(image, sums);
            final long b = image.filled(padded, bias);
            final long x = image.region(padded);
            final long d = image.filled(padded, delta);
            final long learnt = inPlace ? b : image.region(padded);
            final float[] expected = new float[Scalar.wholeVectors(n)];
            final float[] corrected = new float[expected.length];
            boolean good = true;
            for (int i = 0; i < n; i++) {
                expected[i] = Scalar.activate(sigma, sums[i] + bias[i]);
                corrected[i] = Math.fma(delta[i], -.01f, bias[i]);
                good &= Scalar.good(sums[i] + bias[i]);
            }
            for (int i = n; i < corrected.length; i++) {
                corrected[i] = Math.fma(0f, -.01f, 0f);
            }
            image.expect(x, expected);
            image.expect(learnt, corrected);
            final String what = sigma + " of " + n;
            assertEquals(good, Activate.run(sigma, image.segment, folds, b, x, d, -.01f, learnt, n), what);
            image.check(what);
            return good;
        }
    }
}
