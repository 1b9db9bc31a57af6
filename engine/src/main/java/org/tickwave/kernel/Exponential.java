package org.tickwave.kernel;

import static org.tickwave.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * exp, tanh and the logistic function, built from operations that IEEE 754 rounds exactly. So compiled code, the interpreter
 * and all machines give the same bits, which {@code lanewise(EXP)} and {@code lanewise(TANH)} do not.
 *
 * <p>x = k ln 2 + r with |r| &lt;= ln 2 / 2, and e^r - 1 = r + r&sup2; P(r). P is the minimax polynomial of degree 4 for the
 * relative error of that expression, 1.4e-8; its coefficients were rounded to float32 one after the other during the fit.
 * Largest errors over all floats, in units in the last place of the true result: exp 1.04, at 37.8; tanh 2.57, at .062;
 * logistic 1.50 above zero and 2.49 below, at -16.6; the tests allow 1.1, 2.6 and 2.5. Outside of -80 to 80, exp takes the value
 * of the nearer end. So logistic below -80 equals logistic of -80, which an activation flushes to zero.
 */
final class Exponential {
    /** exp limits its argument to -EXTREME to EXTREME, so that no result overflows or is denormal. */
    static final float EXTREME = 80f;
    /** From here on tanh is 1 in float32. Below, tanh may fall by at most two units in the last place where it should rise. */
    static final float TANH_SATURATES = 10f;

    private static final float LOG2_E = 0x1.715476p0f;
    private static final float LN2_HIGH = 0x1.62e43p-1f;
    private static final float LN2_LOW = -0x1.05c61p-29f;
    /** A float below 2^22 in magnitude, plus this number, has the nearest integer in its low bits. */
    private static final float ROUND = 0x1.8p23f;
    private static final int ONE = 0x3f80_0000;
    private static final int MANTISSA_BITS = 23;

    private static final float P0 = 0x1.fffffep-2f;
    private static final float P1 = 0x1.5554b4p-3f;
    private static final float P2 = 0x1.5556f2p-5f;
    private static final float P3 = 0x1.12254ap-7f;
    private static final float P4 = 0x1.6b9c66p-10f;

    private Exponential() {
    }

    private static FloatVector all(final float value) {
        return FloatVector.broadcast(SPECIES, value);
    }

    /** x log2 e, rounded to an integer, plus ROUND. */
    private static FloatVector power(final FloatVector x) {
        return x.fma(LOG2_E, ROUND);
    }

    private static FloatVector twoTo(final FloatVector power) {
        final IntVector bits = power.reinterpretAsInts().lanewise(VectorOperators.LSHL, MANTISSA_BITS);
        return bits.add(ONE).reinterpretAsFloats();
    }

    /** e^r - 1, where r is the remainder of x beside its power of two. */
    private static FloatVector expm1(final FloatVector x, final FloatVector power) {
        final FloatVector k = power.sub(ROUND);
        final FloatVector r = k.fma(all(-LN2_LOW), k.fma(all(-LN2_HIGH), x));
        final FloatVector p = all(P4).fma(r, all(P3)).fma(r, all(P2)).fma(r, all(P1)).fma(r, all(P0));
        return r.mul(r).fma(p, r);
    }

    static FloatVector exp(final FloatVector x) {
        final FloatVector near = x.max(-EXTREME).min(EXTREME);
        final FloatVector power = power(near);
        final FloatVector scale = twoTo(power);
        return expm1(near, power).fma(scale, scale);
    }

    /** tanh |x| = m / (m + 2) with m = e^(2|x|) - 1, which is exact enough for small x too. */
    static FloatVector tanh(final FloatVector x) {
        final FloatVector magnitude = x.abs().min(TANH_SATURATES);
        final FloatVector twice = magnitude.add(magnitude);
        final FloatVector power = power(twice);
        final FloatVector scale = twoTo(power);
        final FloatVector m = expm1(twice, power).fma(scale, scale.sub(1f));
        final IntVector sign = x.reinterpretAsInts().and(Integer.MIN_VALUE);
        return m.div(m.add(2f)).reinterpretAsInts().or(sign).reinterpretAsFloats();
    }

    static FloatVector logistic(final FloatVector x) {
        return all(1f).div(exp(x.neg()).add(1f));
    }
}
