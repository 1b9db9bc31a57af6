package org.tickwave.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every sweep also compares each number with the scalar twin, to the bit. */
@AtEveryLaneWidth
class ExponentialTest {
    private static final long ALL = 0xffff_ffffL;
    private static final float LN2 = 0x1.62e43p-1f;

    /** In units in the last place, as in the Javadoc. */
    private static double bound(final Ulps.Function function) {
        return switch (function) {
            case EXP -> 1.1;
            case TANH -> 2.6;
            case LOGISTIC -> 2.5;
        };
    }

    private static void expectBound(final Ulps.Function function, final Ulps ulps) {
        assertTrue(ulps.worst <= bound(function),
            function + " is " + ulps.worst + " units in the last place off at " + ulps.worstAt);
        assertTrue(ulps.worst > .5, function + " is exact everywhere: did anything run?");
    }

    @ParameterizedTest
    @EnumSource
    void isWithinItsBoundAtEvery4099thFloat(final Ulps.Function function) {
        expectBound(function, new Ulps(function).sweep(0, ALL, 4099).finish());
    }

    @Tag("soak")
    @ParameterizedTest
    @EnumSource
    void isWithinItsBoundAtEveryFloat(final Ulps.Function function) {
        expectBound(function, new Ulps(function).sweep(0, ALL, 1).finish());
    }

    @ParameterizedTest
    @EnumSource
    void isWithinItsBoundWhereverItChangesCourse(final Ulps.Function function) {
        final Ulps ulps = new Ulps(function);
        for (final float edge : new float[] {
            0f, Float.MIN_NORMAL, Good.FLUSH, 0x1p-24f, 0x1p-12f, 1f, 9.01f, 17.33f, 88.8f, 0x1p22f, 0x1p23f, Good.LIMIT,
            Exponential.TANH_SATURATES, Exponential.EXTREME, Float.MAX_VALUE, Float.POSITIVE_INFINITY,
        }) {
            ulps.around(edge, 1000);
        }
        for (int k = 0; k <= 116; k++) {
            ulps.around(k * LN2, 100).around((k + .5f) * LN2, 300).around((k + .5f) * LN2 / 2, 300);
        }
        expectBound(function, ulps.finish());
    }

    @Test
    void tanhIsOddAndAtMostOne() {
        for (int bits = 0; bits >= 0 && bits <= Float.floatToRawIntBits(Float.POSITIVE_INFINITY); bits += 4099) {
            final float x = Float.intBitsToFloat(bits);
            final float y = of(Ulps.Function.TANH, x);
            assertTrue(y >= 0 && y <= 1, "tanh " + x + " = " + y);
            assertEquals(Float.floatToRawIntBits(-y), Float.floatToRawIntBits(of(Ulps.Function.TANH, -x)), "tanh " + -x);
        }
    }

    @Test
    void tanhRisesToOneAndStaysThere() {
        float highest = 0;
        for (float x = 8; x <= 11; x += 0x1p-12f) {
            final float y = of(Ulps.Function.TANH, x);
            assertTrue(y >= highest - 0x1p-23f, "tanh falls by more than two units in the last place before " + x);
            highest = Math.max(y, highest);
        }
        for (final float x : new float[] {
            10f, Math.nextUp(10f), 0x1p30f, 0x1p31f, Float.MAX_VALUE, Float.POSITIVE_INFINITY}) {
            assertEquals(1f, of(Ulps.Function.TANH, x), "tanh " + x);
            assertEquals(-1f, of(Ulps.Function.TANH, -x), "tanh " + -x);
        }
    }

    @Test
    void tanhOfASmallNumberIsThatNumber() {
        for (final float x : new float[] {
            0f, -0f, Float.MIN_VALUE, -Float.MIN_VALUE, Float.MIN_NORMAL, -Math.nextDown(Float.MIN_NORMAL), 1e-30f,
            -1e-20f,
        }) {
            assertEquals(Float.floatToRawIntBits(x), Float.floatToRawIntBits(of(Ulps.Function.TANH, x)), "tanh " + x);
        }
    }

    @Test
    void expIsOneAtZeroAndKeepsWithinFiniteNormalNumbers() {
        assertEquals(1f, of(Ulps.Function.EXP, 0f));
        assertEquals(1f, of(Ulps.Function.EXP, -0f));
        assertEquals(of(Ulps.Function.EXP, 80f), of(Ulps.Function.EXP, Float.POSITIVE_INFINITY));
        assertEquals(of(Ulps.Function.EXP, -80f), of(Ulps.Function.EXP, Float.NEGATIVE_INFINITY));
        assertTrue(of(Ulps.Function.EXP, -80f) > Float.MIN_NORMAL && of(Ulps.Function.EXP, -80f) < Good.FLUSH);
    }

    @Test
    void logisticIsHalfAtZeroAndSaturates() {
        assertEquals(.5f, of(Ulps.Function.LOGISTIC, 0f));
        assertEquals(.5f, of(Ulps.Function.LOGISTIC, -0f));
        for (final float x : new float[] {18f, 80f, 81f, 0x1p30f, Float.MAX_VALUE, Float.POSITIVE_INFINITY}) {
            assertEquals(1f, of(Ulps.Function.LOGISTIC, x), "logistic " + x);
        }
        for (final float x : new float[] {-80f, -81f, -0x1p30f, -Float.MAX_VALUE, Float.NEGATIVE_INFINITY}) {
            final float y = of(Ulps.Function.LOGISTIC, x);
            assertTrue(y > Float.MIN_NORMAL && y < Good.FLUSH, "logistic " + x + " = " + y);
        }
    }

    @Test
    void allOfANaNAreNaN() {
        for (final Ulps.Function function : Ulps.Function.values()) {
            for (final int bits : new int[] {0x7fc0_0000, 0xffc0_0000, 0x7f80_0001, 0xffff_ffff, 0x7fc5_a5a5}) {
                assertTrue(Float.isNaN(of(function, Float.intBitsToFloat(bits))), function + " of NaN " + bits);
            }
        }
    }

    private static float of(final Ulps.Function function, final float x) {
        final float[] in = new float[Lanes.LANES];
        final float[] out = new float[Lanes.LANES];
        in[Lanes.LANES - 1] = x;
        Ulps.apply(function, in, out);
        return out[Lanes.LANES - 1];
    }
}
