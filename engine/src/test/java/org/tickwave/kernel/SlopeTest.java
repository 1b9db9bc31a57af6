package org.tickwave.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@AtEveryLaneWidth
class SlopeTest {
    private static final float TOP = 0x1p30f;

    @ParameterizedTest
    @EnumSource
    void isItsScalarTwinToTheBit(final Sigma sigma) {
        for (final int n : Scalar.SIZES) {
            final Numbers numbers = new Numbers(n);
            slopes(sigma, numbers.ordinary(n), activations(sigma, numbers.ordinary(n)));
            slopes(sigma, numbers.good(n), activations(sigma, numbers.good(n)));
            slopes(sigma, numbers.finite(n), activations(sigma, numbers.good(n)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void isItsScalarTwinAroundEveryEdge(final Sigma sigma) {
        final float[] xs = activations(sigma, Numbers.GOOD);
        for (final float error : Numbers.GOOD) {
            slopes(sigma, filled(xs.length, error), xs);
        }
        for (final float error : Numbers.BAD) {
            slopes(sigma, filled(xs.length, error), xs);
            for (final float x : xs) {
                slopes(sigma, new float[] {error}, new float[] {x});
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesOneBadErrorWhereverItStands(final Sigma sigma) {
        for (final int n : Scalar.SIZES) {
            try (TestImage image = new TestImage(1024)) {
                final long error = image.filled(Scalar.padded(n));
                final long x = image.filled(Scalar.padded(n), filled(n, .5f));
                final long delta = image.filled(Scalar.padded(n));
                for (int i = 0; i < n; i++) {
                    for (final float bad : Numbers.BAD) {
                        image.fill(error + 4L * i, Math.abs(bad) < 2 * TOP ? 8 * bad : bad);
                        assertFalse(Slope.run(sigma, image.segment, error, x, delta, n), bad + " at " + i + " of " + n);
                    }
                    image.fill(error + 4L * i, 0f);
                    assertTrue(Slope.run(sigma, image.segment, error, x, delta, n), "none of " + n);
                }
            }
        }
    }

    @Test
    void looksAtTheErrorAfterTheSlope() {
        assertTrue(slopes(Sigma.TANH, new float[] {2 * TOP}, new float[] {1f}));
        assertTrue(slopes(Sigma.TANH, new float[] {4 * TOP}, new float[] {.9f}));
        assertFalse(slopes(Sigma.TANH, new float[] {Float.POSITIVE_INFINITY}, new float[] {1f}));
        assertTrue(slopes(Sigma.RELU, new float[] {Float.NaN}, new float[] {0f}));
        assertTrue(slopes(Sigma.LEAKY_RELU, new float[] {64 * TOP}, new float[] {-1f}));
        assertFalse(slopes(Sigma.LEAKY_RELU, new float[] {64 * TOP}, new float[] {0f}));
        assertTrue(slopes(Sigma.IDENTITY, new float[] {TOP, -TOP}, new float[] {1f, 1f}));
        assertFalse(slopes(Sigma.IDENTITY, new float[] {0, -Math.nextUp(TOP)}, new float[] {1f, 1f}));
    }

    @Test
    void atZeroIsZeroForReluAndOneForLeakyRelu() {
        try (TestImage image = new TestImage(1024)) {
            final int padded = Scalar.padded(2);
            final long error = image.filled(padded, 3f, 3f);
            final long x = image.filled(padded, 0f, -0f);
            final long delta = image.filled(padded);
            Slope.run(Sigma.RELU, image.segment, error, x, delta, 2);
            image.check("ReLU");
            Slope.run(Sigma.LEAKY_RELU, image.segment, error, x, delta, 2);
            image.expect(delta, 3f, 3f);
            image.check("leaky ReLU");
        }
    }

    @Test
    void flushesBelowItsThresholdAndNotAtIt() {
        final float below = Math.nextDown(1e-30f);
        try (TestImage image = new TestImage(1024)) {
            final int padded = Scalar.padded(7);
            final long delta = image.filled(padded);
            final long error = image.filled(padded, 1e-30f, below, -1e-30f, -below, -0f, Float.MIN_VALUE, -Float.MIN_VALUE);
            Slope.run(Sigma.IDENTITY, image.segment, error, image.filled(padded), delta, 7);
            image.expect(delta, 1e-30f, 0f, -1e-30f, 0f, 0f, 0f, 0f);
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
                    () -> Slope.run(sigma, image.segment, wrong, right, right, 17));
                assertThrows(IndexOutOfBoundsException.class,
                    () -> Slope.run(sigma, image.segment, right, right, wrong, 17));
                if (sigma != Sigma.IDENTITY) {
                    assertThrows(IndexOutOfBoundsException.class,
                        () -> Slope.run(sigma, image.segment, right, wrong, right, 17));
                }
            }
        }
    }

    private static float[] activations(final Sigma sigma, final float[] sums) {
        final float[] x = new float[sums.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = Scalar.activate(sigma, sums[i]);
        }
        return x;
    }

    private static float[] filled(final int n, final float value) {
        final float[] values = new float[n];
        Arrays.fill(values, value);
        return values;
    }

    /** Runs the kernel into another region, and then in place. */
    private static boolean slopes(final Sigma sigma, final float[] errors, final float[] xs) {
        final int n = errors.length;
        final int padded = Scalar.padded(n);
        final float[] expected = new float[Scalar.wholeVectors(n)];
        boolean good = true;
        for (int i = 0; i < n; i++) {
            final float d = Scalar.slope(sigma, errors[i], xs[i]);
            expected[i] = Scalar.flush(d);
            good &= Scalar.good(d);
        }
        try (TestImage image = new TestImage(4 * padded + 256)) {
            final long error = image.filled(padded, errors);
            final long x = image.filled(padded, xs);
            final long delta = image.region(padded);
            for (final long to : new long[] {delta, error}) {
                image.expect(to, expected);
                final String what = sigma + " of " + n;
                assertEquals(good, Slope.run(sigma, image.segment, error, x, to, n), what);
                image.check(what);
            }
            return good;
        }
    }
}
