package org.tickwave.kernel;

/** The kernels as scalar code, one number at a time, in the order that each kernel's Javadoc gives. Both agree to the bit. */
final class Scalar {
    /** Numbers of rows, columns and neurons: around one vector, around a panel, a prime, and whole panels at every width. */
    static final int[] SIZES = {1, 15, 16, 17, 103, 256};

    /** Running sums of a row. */
    static final int SUMS = 16;

    private static final float ROUND = 12_582_912f;

    private Scalar() {
    }

    static int wholeVectors(final int n) {
        return (n + Lanes.LANES - 1) / Lanes.LANES * Lanes.LANES;
    }

    /** Rounded up to a multiple of sixteen. */
    static int lines(final int n) {
        return (n + 15) / 16 * 16;
    }

    static int padded(final int n) {
        return (n + 63) / 64 * 64;
    }

    /** Where sum v of a row stands among the partial sums, in bytes. */
    static long partial(final int rows, final int row, final int v) {
        final int part = v / Lanes.LANES;
        return 4L * ((long) (part * lines(rows) + row) * Lanes.LANES + v % Lanes.LANES);
    }

    static boolean good(final float v) {
        return v >= -1_073_741_824f && v <= 1_073_741_824f;
    }

    static float flush(final float v) {
        return v > -1e-30f && v < 1e-30f ? 0f : v;
    }

    /** Adds neighbours first: each half by itself, then the two halves. */
    static float fold(final float[] sums, final int from, final int count) {
        return count == 1 ? sums[from] : fold(sums, from, count / 2) + fold(sums, from + count / 2, count / 2);
    }

    static float exp(final float x) {
        final float near = Math.min(Math.max(x, -80f), 80f);
        final float power = Math.fma(near, 0x1.715476p0f, ROUND);
        return Math.fma(expm1(near, power), twoTo(power), twoTo(power));
    }

    static float tanh(final float x) {
        final float twice = 2 * Math.min(Math.abs(x), 10f);
        final float power = Math.fma(twice, 0x1.715476p0f, ROUND);
        final float m = Math.fma(expm1(twice, power), twoTo(power), twoTo(power) - 1);
        return Math.copySign(m / (m + 2), x);
    }

    static float logistic(final float x) {
        return 1 / (exp(-x) + 1);
    }

    private static float twoTo(final float power) {
        return Float.intBitsToFloat((Float.floatToRawIntBits(power) << 23) + Float.floatToRawIntBits(1f));
    }

    private static float expm1(final float x, final float power) {
        final float k = power - ROUND;
        final float r = Math.fma(k, 0x1.05c61p-29f, Math.fma(k, -0x1.62e43p-1f, x));
        float p = 0x1.6b9c66p-10f;
        for (final float c : new float[] {0x1.12254ap-7f, 0x1.5556f2p-5f, 0x1.5554b4p-3f, 0x1.fffffep-2f}) {
            p = Math.fma(p, r, c);
        }
        return Math.fma(r * r, p, r);
    }

    static float activate(final Sigma sigma, final float a) {
        return flush(switch (sigma) {
            case IDENTITY -> a;
            case TANH -> tanh(a);
            case LOGISTIC -> logistic(a);
            case RELU -> a < 0 ? 0 : a;
            case LEAKY_RELU -> a < 0 ? a * 0.01f : a;
        });
    }

    /** Not flushed yet: the guard inspects the number first. */
    static float slope(final Sigma sigma, final float error, final float x) {
        return switch (sigma) {
            case IDENTITY -> error;
            case TANH -> error * Math.fma(-x, x, 1f);
            case LOGISTIC -> error * Math.fma(-x, x, x);
            case RELU -> x > 0 ? error : 0;
            case LEAKY_RELU -> x < 0 ? error * 0.01f : error;
        };
    }

    static float[] outputError(final OutputError.Loss loss, final float[] x, final float[] target) {
        final float[] error = new float[x.length];
        if (loss == OutputError.Loss.SOFTMAX_CROSS_ENTROPY) {
            float max = Float.NEGATIVE_INFINITY;
            for (final float v : x) {
                max = Math.max(max, v);
            }
            final float[] sums = new float[SUMS];
            for (int i = 0; i < x.length; i++) {
                error[i] = exp(x[i] - max);
                sums[i % SUMS] += error[i];
            }
            final float total = fold(sums, 0, SUMS);
            for (int i = 0; i < x.length; i++) {
                error[i] = error[i] / total - target[i];
            }
            return error;
        }
        for (int i = 0; i < x.length; i++) {
            error[i] = (loss == OutputError.Loss.SQUARED_ERROR ? x[i] : logistic(x[i])) - target[i];
        }
        return error;
    }
}
