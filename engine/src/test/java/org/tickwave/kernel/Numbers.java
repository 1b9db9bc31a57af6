package org.tickwave.kernel;

import java.util.Random;

/** Numbers for tests of kernels. */
final class Numbers {
    private static final float UP = Math.nextUp(1e-30f);
    private static final float DOWN = Math.nextDown(1e-30f);

    /** Good numbers that often break numeric code. */
    static final float[] GOOD = {
        0f, -0f, Float.MIN_VALUE, -Float.MIN_VALUE, Float.MIN_NORMAL, -Float.MIN_NORMAL,
        Math.nextDown(Float.MIN_NORMAL), -Math.nextDown(Float.MIN_NORMAL), DOWN, -DOWN, 1e-30f, -1e-30f, UP, -UP,
        1f, -1f, Math.nextDown(1f), -Math.nextDown(1f), 10f, -10f, Math.nextUp(10f), -Math.nextDown(10f),
        80f, -80f, Math.nextUp(80f), -Math.nextUp(80f), 90f, -90f, 0x1p30f, -0x1p30f, Math.nextDown(0x1p30f), -0x1.8p29f,
    };

    /** Numbers that the guard refuses. */
    static final float[] BAD = {
        Math.nextUp(0x1p30f), -Math.nextUp(0x1p30f), Float.MAX_VALUE, -Float.MAX_VALUE, Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY, Float.NaN, Float.intBitsToFloat(0xffc0_0000), Float.intBitsToFloat(0x7f80_0001),
        Float.intBitsToFloat(0xffff_ffff),
    };

    private final Random random;

    Numbers(final long seed) {
        random = new Random(seed);
    }

    float ordinary() {
        return (float) random.nextGaussian();
    }

    /** An ordinary number, or one of {@link #GOOD}. */
    float good() {
        return random.nextInt(3) > 0 ? ordinary() : GOOD[random.nextInt(GOOD.length)];
    }

    /** Any finite number. Sums and products of large ones overflow. */
    float finite() {
        final float any = Float.intBitsToFloat(random.nextInt());
        return random.nextInt(3) > 0 ? good() : Float.isFinite(any) ? any : -Float.MAX_VALUE;
    }

    float[] ordinary(final int n) {
        final float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = ordinary();
        }
        return values;
    }

    float[] good(final int n) {
        final float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = good();
        }
        return values;
    }

    float[] finite(final int n) {
        final float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = finite();
        }
        return values;
    }

    int below(final int bound) {
        return random.nextInt(bound);
    }
}
