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
            try (TestImage image = new TestImage(1024)) {
                final long sums = image.filled(Scalar.padded(n));
                final long bias = image.filled(Scalar.padded(n));
                final long x = image.filled(Scalar.padded(n));
                for (int i = 0; i < n; i++) {
                    for (final float bad : Numbers.BAD) {
                        image.fill(sums + 4L * i, bad);
                        assertFalse(Activate.run(sigma, image.segment, sums, bias, x, n), bad + " at " + i + " of " + n);
                    }
                    image.fill(sums + 4L * i, 0f);
                    assertTrue(Activate.run(sigma, image.segment, sums, bias, x, n), "none of " + n);
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
            final long x = image.filled(Scalar.padded(5));
            final long a = image.filled(Scalar.padded(5), sums);
            Activate.run(Sigma.IDENTITY, image.segment, a, image.filled(Scalar.padded(5)), x, 5);
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
                assertThrows(IndexOutOfBoundsException.class,
                    () -> Activate.run(sigma, image.segment, wrong, right, right, 17));
                assertThrows(IndexOutOfBoundsException.class,
                    () -> Activate.run(sigma, image.segment, right, wrong, right, 17));
                assertThrows(IndexOutOfBoundsException.class,
                    () -> Activate.run(sigma, image.segment, right, right, wrong, 17));
            }
        }
    }

    private static boolean activates(final Sigma sigma, final float[] sums, final float[] bias) {
        final int n = sums.length;
        final int padded = Scalar.padded(n);
        try (TestImage image = new TestImage(4 * padded + 256)) {
            final long a = image.filled(padded, sums);
            final long b = image.filled(padded, bias);
            final long x = image.region(padded);
            final float[] expected = new float[Scalar.wholeVectors(n)];
            boolean good = true;
            for (int i = 0; i < n; i++) {
                expected[i] = Scalar.activate(sigma, sums[i] + bias[i]);
                good &= Scalar.good(sums[i] + bias[i]);
            }
            image.expect(x, expected);
            final String what = sigma + " of " + n;
            assertEquals(good, Activate.run(sigma, image.segment, a, b, x, n), what);
            image.check(what);
            return good;
        }
    }
}
