package org.tickwave.kernel;

import static org.tickwave.kernel.Lanes.INTS;
import static org.tickwave.kernel.Lanes.VECTOR;
import static org.tickwave.kernel.Lanes.load;
import static org.tickwave.kernel.Lanes.store;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/** x = sigma(a + b), with tiny values flushed to zero. The guard inspects a + b, not x: the tanh of infinity is 1. */
public final class Activate {
    private static MethodHandle identity = OutOfLine.method(MethodHandles.lookup(), "identityLoop");
    private static MethodHandle tanh = OutOfLine.method(MethodHandles.lookup(), "tanhLoop");
    private static MethodHandle logistic = OutOfLine.method(MethodHandles.lookup(), "logisticLoop");
    private static MethodHandle relu = OutOfLine.method(MethodHandles.lookup(), "reluLoop");
    private static MethodHandle leakyRelu = OutOfLine.method(MethodHandles.lookup(), "leakyReluLoop");

    private Activate() {
    }

    /**
     * Modifies x only.
     *
     * @param sums a, from the pass
     * @param bias b
     * @param x    the new activation; the caller must zero x if the result is false
     * @param n    neurons
     * @return whether all of a + b is good
     */
    public static boolean run(
        final Sigma sigma, final MemorySegment image, final long sums, final long bias, final long x, final int n) {
        try {
            return switch (sigma) {
                case IDENTITY -> (boolean) identity.invokeExact(image, sums, bias, x, n);
                case TANH -> {
                    final boolean good = (boolean) identity.invokeExact(image, sums, bias, x, n);
                    tanh.invokeExact(image, x, n);
                    yield good;
                }
                case LOGISTIC -> {
                    final boolean good = (boolean) identity.invokeExact(image, sums, bias, x, n);
                    logistic.invokeExact(image, x, n);
                    yield good;
                }
                case RELU -> (boolean) relu.invokeExact(image, sums, bias, x, n);
                case LEAKY_RELU -> (boolean) leakyRelu.invokeExact(image, sums, bias, x, n);
            };
        } catch (final Throwable e) {
            throw OutOfLine.thrown(e);
        }
    }

    private static boolean identityLoop(
        final MemorySegment image, final long sums, final long bias, final long x, final int n) {
        IntVector worst = IntVector.zero(INTS);
        final int count = Lanes.vectors(n);
        for (int i = 0; i < count; i++) {
            final long at = (long) i * VECTOR;
            final FloatVector a = load(image, sums + at).add(load(image, bias + at));
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
        final MemorySegment image, final long sums, final long bias, final long x, final int n) {
        IntVector worst = IntVector.zero(INTS);
        final int count = Lanes.vectors(n);
        for (int i = 0; i < count; i++) {
            final long at = (long) i * VECTOR;
            final FloatVector a = load(image, sums + at).add(load(image, bias + at));
            worst = Good.worse(worst, a);
            store(Good.flush(a.max(0f)), image, x + at);
        }
        return Good.all(worst);
    }

    private static boolean leakyReluLoop(
        final MemorySegment image, final long sums, final long bias, final long x, final int n) {
        IntVector worst = IntVector.zero(INTS);
        final int count = Lanes.vectors(n);
        for (int i = 0; i < count; i++) {
            final long at = (long) i * VECTOR;
            final FloatVector a = load(image, sums + at).add(load(image, bias + at));
            worst = Good.worse(worst, a);
            store(Good.flush(a.max(a.mul(Sigma.LEAK))), image, x + at);
        }
        return Good.all(worst);
    }
}
