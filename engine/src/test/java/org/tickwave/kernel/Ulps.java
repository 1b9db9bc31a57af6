package org.tickwave.kernel;

import jdk.incubator.vector.FloatVector;

/** The largest error of a vector function so far, in units in the last place of the true result. */
final class Ulps {
    /** The engine's functions, each with the true function in double precision. */
    enum Function {
        EXP, TANH, LOGISTIC;

        private static final float TINY = 0x1p-14f;

        FloatVector of(final FloatVector x) {
            return switch (this) {
                case EXP -> Exponential.exp(x);
                case TANH -> Exponential.tanh(x);
                case LOGISTIC -> Exponential.logistic(x);
            };
        }

        float twin(final float x) {
            return switch (this) {
                case EXP -> Scalar.exp(x);
                case TANH -> Scalar.tanh(x);
                case LOGISTIC -> Scalar.logistic(x);
            };
        }

        /** Near zero uses the first terms of the series, which are exact enough there, and much faster. */
        private double truth(final double x) {
            if (Math.abs(x) < TINY) {
                return switch (this) {
                    case EXP -> 1 + x + x * x / 2;
                    case TANH -> x - x * x * x / 3;
                    case LOGISTIC -> .5 + x / 4;
                };
            }
            return switch (this) {
                case EXP -> StrictMath.exp(x);
                case TANH -> StrictMath.tanh(x);
                case LOGISTIC -> 1 / (1 + StrictMath.exp(-x));
            };
        }

        /** Whether the function follows the true one at x. Beyond that range it is constant. */
        boolean bounded(final float x) {
            return switch (this) {
                case EXP -> Math.abs(x) <= 80;
                case TANH -> true;
                case LOGISTIC -> x >= -80;
            };
        }
    }

    private static final int BATCH = 4096;

    private final Function function;
    private final float[] in = new float[BATCH];
    private final float[] out = new float[BATCH];
    private int count;
    double worst;
    float worstAt;

    Ulps(final Function function) {
        this.function = function;
    }

    /** Adds every step-th float from one bit pattern, unsigned, to another. */
    Ulps sweep(final long from, final long to, final int step) {
        for (long bits = from; bits <= to; bits += step) {
            add(Float.intBitsToFloat((int) bits));
        }
        return this;
    }

    /** Adds the float, some floats before and after it, and all these floats with the other sign. */
    Ulps around(final float x, final int each) {
        final int bits = Float.floatToRawIntBits(Math.abs(x));
        final int to = Math.min(bits + each, Float.floatToRawIntBits(Float.POSITIVE_INFINITY));
        for (int i = Math.max(0, bits - each); i <= to; i++) {
            add(Float.intBitsToFloat(i));
            add(-Float.intBitsToFloat(i));
        }
        return this;
    }

    private void add(final float x) {
        in[count++] = x;
        if (count == BATCH) {
            finish();
        }
    }

    /** Evaluates the last, incomplete batch. */
    Ulps finish() {
        apply(function, in, out);
        for (int i = 0; i < count; i++) {
            check(in[i], out[i]);
        }
        count = 0;
        return this;
    }

    static void apply(final Function function, final float[] in, final float[] out) {
        for (int i = 0; i < in.length; i += Lanes.LANES) {
            function.of(FloatVector.fromArray(Lanes.SPECIES, in, i)).intoArray(out, i);
        }
    }

    private void check(final float x, final float result) {
        final float twin = function.twin(x);
        if (Float.floatToIntBits(twin) != Float.floatToIntBits(result)) {
            throw new AssertionError(function + " of " + x + " is " + result + ", its scalar twin says " + twin);
        }
        if (Float.isNaN(x)) {
            if (!Float.isNaN(result)) {
                throw new AssertionError(function + " of NaN is " + result);
            }
        } else if (function.bounded(x)) {
            final double truth = function.truth(x);
            final double ulp = Math.scalb(1.0, Math.max(Math.getExponent(truth), Float.MIN_EXPONENT) - 23);
            final double error = Math.abs(result - truth) / ulp;
            if (error > worst) {
                worst = error;
                worstAt = x;
            }
        } else {
            expectSaturated(x, result);
        }
    }

    private void expectSaturated(final float x, final float result) {
        final float expected = function.twin(Math.copySign(80f, x));
        if (result != expected) {
            throw new AssertionError(function + " of " + x + " is " + result + ", expected " + expected);
        }
    }
}
