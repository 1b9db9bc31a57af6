package org.tickwave.kernel;

import static org.tickwave.kernel.Lanes.INTS;
import static org.tickwave.kernel.Lanes.SPECIES;
import static org.tickwave.kernel.Lanes.VECTOR;
import static org.tickwave.kernel.Lanes.load;
import static org.tickwave.kernel.Lanes.store;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * x = sigma(a + b), with tiny values flushed to zero, and, in the same loop, b - rate * delta. The guard inspects a + b, not x: the
 * tanh of infinity is 1.
 */
public final class Activate {
    private static MethodHandle identity = OutOfLine.method(MethodHandles.lookup(), "identityLoop");
    private static MethodHandle tanh = OutOfLine.method(MethodHandles.lookup(), "tanhLoop");
    private static MethodHandle logistic = OutOfLine.method(MethodHandles.lookup(), "logisticLoop");
    private static MethodHandle relu = OutOfLine.method(MethodHandles.lookup(), "reluLoop");
    private static MethodHandle leakyRelu = OutOfLine.method(MethodHandles.lookup(), "leakyReluLoop");

    private Activate() {
    }

    /**
     * Modifies x and learnt only.
     *
     * @param folds     a, as {@link Fold} has left it
     * @param bias      b
     * @param x         the new activation; the caller must zero x if the result is false
     * @param delta     the error that the bias learns from
     * @param minusRate the negated rate of a tick
     * @param learnt    the corrected bias: bias itself, or memory that nobody reads if the layer does not learn. A branch in the
     *                  loop would be shorter, but then C2 boxes the vectors, now and then
     * @param n         neurons
     * @return whether all of a + b is good
     */
    public static boolean run(
        final Sigma sigma, final MemorySegment image, final long folds, final long bias, final long x, final long delta,
        final float minusRate, final long learnt, final int n) {
        try {
            return switch (sigma) {
                case IDENTITY -> (boolean) identity.invokeExact(image, folds, bias, x, delta, minusRate, learnt, n);
                case TANH -> {
                    final boolean good = (boolean) identity.invokeExact(image, folds, bias, x, delta, minusRate, learnt, n);
                    tanh.invokeExact(image, x, n);
                    yield good;
                }
                case LOGISTIC -> {
                    final boolean good = (boolean) identity.invokeExact(image, folds, bias, x, delta, minusRate, learnt, n);
                    logistic.invokeExact(image, x, n);
                    yield good;
                }
                case RELU -> (boolean) relu.invokeExact(image, folds, bias, x, delta, minusRate, learnt, n);
                case LEAKY_RELU -> (boolean) leakyRelu.invokeExact(image, folds, bias, x, delta, minusRate, learnt, n);
            };
        } catch (final Throwable e) {
            throw OutOfLine.thrown(e);
        }
    }

    private static boolean identityLoop(
        final MemorySegment image, final long folds, final long bias, final long x, final long delta, final float minusRate,
        final long learnt, final int n) {
        final FloatVector rate = FloatVector.broadcast(SPECIES, minusRate);
        IntVector worst = IntVector.zero(INTS);
        final int lines = Lanes.lines(n);
        final int count = Lanes.vectors(n);
        for (int i = 0; i < count; i++) {
            final long at = (long) i * VECTOR;
            final FloatVector b = load(image, bias + at);
            final FloatVector a = Fold.sums(image, folds, lines, i).add(b);
            store(load(image, delta + at).fma(rate, b), image, learnt + at);
            worst = Good.worse(worst, a);
            store(Good.flush(a), image, x + at);
        }
        return Good.all(worst);
    }

    /** Without the guard, which would exceed C2's node budget in this loop: see {@link OutOfLine}. */
    private static void tanhLoop(final MemorySegment image, final long x, final int n) {
        final int count = Lanes.vectors(n);
        for (int i = 0; i < count; i++) {
            final long at = x + (long) i * VECTOR;
            store(Good.flush(Exponential.tanh(load(image, at))), image, at);
        }
    }

    private static void logisticLoop(final MemorySegment image, final long x, final int n) {
        final int count = Lanes.vectors(n);
        for (int i = 0; i < count; i++) {
            final long at = x + (long) i * VECTOR;
            store(Good.flush(Exponential.logistic(load(image, at))), image, at);
        }
        Good.zeroTail(image, x, n);
    }

    private static boolean reluLoop(
        final MemorySegment image, final long folds, final long bias, final long x, final long delta, final float minusRate,
        final long learnt, final int n) {
        final FloatVector rate = FloatVector.broadcast(SPECIES, minusRate);
        IntVector worst = IntVector.zero(INTS);
        final int lines = Lanes.lines(n);
        final int count = Lanes.vectors(n);
        for (int i = 0; i < count; i++) {
            final long at = (long) i * VECTOR;
            final FloatVector b = load(image, bias + at);
            final FloatVector a = Fold.sums(image, folds, lines, i).add(b);
            store(load(image, delta + at).fma(rate, b), image, learnt + at);
            worst = Good.worse(worst, a);
            store(Good.flush(a.max(0f)), image, x + at);
        }
        return Good.all(worst);
    }

    private static boolean leakyReluLoop(
        final MemorySegment image, final long folds, final long bias, final long x, final long delta, final float minusRate,
        final long learnt, final int n) {
        final FloatVector rate = FloatVector.broadcast(SPECIES, minusRate);
        IntVector worst = IntVector.zero(INTS);
        final int lines = Lanes.lines(n);
        final int count = Lanes.vectors(n);
        for (int i = 0; i < count; i++) {
            final long at = (long) i * VECTOR;
            final FloatVector b = load(image, bias + at);
            final FloatVector a = Fold.sums(image, folds, lines, i).add(b);
            store(load(image, delta + at).fma(rate, b), image, learnt + at);
            worst = Good.worse(worst, a);
            store(Good.flush(a.max(a.mul(Sigma.LEAK))), image, x + at);
        }
        return Good.all(worst);
    }
}
