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
import jdk.incubator.vector.VectorOperators;

/** delta = sigma'(x) * error, with tiny values flushed to zero. Padding stays zero because the error's padding is zero. */
public final class Slope {
    private static MethodHandle identity = OutOfLine.method(MethodHandles.lookup(), "identityLoop");
    private static MethodHandle tanh = OutOfLine.method(MethodHandles.lookup(), "tanhLoop");
    private static MethodHandle logistic = OutOfLine.method(MethodHandles.lookup(), "logisticLoop");
    private static MethodHandle relu = OutOfLine.method(MethodHandles.lookup(), "reluLoop");
    private static MethodHandle leakyRelu = OutOfLine.method(MethodHandles.lookup(), "leakyReluLoop");

    private Slope() {
    }

    /**
     * Modifies delta only.
     *
     * @param error the echo from above, or the output's error; may be the same region as delta
     * @param x     the activation whose slope is used
     * @param delta the result; the caller must zero delta if this method returns false
     * @param n     neurons
     * @return whether every number of delta is good
     */
    public static boolean run(
        final Sigma sigma, final MemorySegment image, final long error, final long x, final long delta, final int n) {
        try {
            return switch (sigma) {
                case IDENTITY -> (boolean) identity.invokeExact(image, error, delta, n);
                case TANH -> (boolean) tanh.invokeExact(image, error, x, delta, n);
                case LOGISTIC -> (boolean) logistic.invokeExact(image, error, x, delta, n);
                case RELU -> (boolean) relu.invokeExact(image, error, x, delta, n);
                case LEAKY_RELU -> (boolean) leakyRelu.invokeExact(image, error, x, delta, n);
            };
        } catch (final Throwable e) {
            throw OutOfLine.thrown(e);
        }
    }

    private static boolean identityLoop(final MemorySegment image, final long error, final long delta, final int n) {
        IntVector worst = IntVector.zero(INTS);
        final int count = Lanes.vectors(n);
        for (int i = 0; i < count; i++) {
            final long at = (long) i * VECTOR;
            final FloatVector d = load(image, error + at);
            worst = Good.worse(worst, d);
            store(Good.flush(d), image, delta + at);
        }
        return Good.all(worst);
    }

    private static boolean tanhLoop(
        final MemorySegment image, final long error, final long x, final long delta, final int n) {
        IntVector worst = IntVector.zero(INTS);
        final int count = Lanes.vectors(n);
        for (int i = 0; i < count; i++) {
            final long at = (long) i * VECTOR;
            final FloatVector own = load(image, x + at);
            final FloatVector slope = own.neg().fma(own, FloatVector.broadcast(Lanes.SPECIES, 1f));
            final FloatVector d = load(image, error + at).mul(slope);
            worst = Good.worse(worst, d);
            store(Good.flush(d), image, delta + at);
        }
        return Good.all(worst);
    }

    private static boolean logisticLoop(
        final MemorySegment image, final long error, final long x, final long delta, final int n) {
        IntVector worst = IntVector.zero(INTS);
        final int count = Lanes.vectors(n);
        for (int i = 0; i < count; i++) {
            final long at = (long) i * VECTOR;
            final FloatVector own = load(image, x + at);
            final FloatVector d = load(image, error + at).mul(own.neg().fma(own, own));
            worst = Good.worse(worst, d);
            store(Good.flush(d), image, delta + at);
        }
        return Good.all(worst);
    }

    private static boolean reluLoop(
        final MemorySegment image, final long error, final long x, final long delta, final int n) {
        IntVector worst = IntVector.zero(INTS);
        final int count = Lanes.vectors(n);
        for (int i = 0; i < count; i++) {
            final long at = (long) i * VECTOR;
            final FloatVector e = load(image, error + at);
            final FloatVector d = e.blend(0f, load(image, x + at).compare(VectorOperators.LE, 0f));
            worst = Good.worse(worst, d);
            store(Good.flush(d), image, delta + at);
        }
        return Good.all(worst);
    }

    private static boolean leakyReluLoop(
        final MemorySegment image, final long error, final long x, final long delta, final int n) {
        IntVector worst = IntVector.zero(INTS);
        final int count = Lanes.vectors(n);
        for (int i = 0; i < count; i++) {
            final long at = (long) i * VECTOR;
            final FloatVector e = load(image, error + at);
            final FloatVector d = e.blend(e.mul(Sigma.LEAK), load(image, x + at).compare(VectorOperators.LT, 0f));
            worst = Good.worse(worst, d);
            store(Good.flush(d), image, delta + at);
        }
        return Good.all(worst);
    }
}
