package org.tickwave.kernel;

import static org.tickwave.kernel.Lanes.INTS;
import static org.tickwave.kernel.Lanes.VECTOR;
import static org.tickwave.kernel.Lanes.load;
import static org.tickwave.kernel.Lanes.store;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** delta = sigma'(x) * error, flushed; the slope is taken from the activation. Padding stays zero because errors' is. */
public final class Slope {
    private Slope() {
    }

    /**
     * Modifies delta only.
     *
     * @param error what came down, or the output's error; may be delta
     * @param x     the activation that the slope is taken from
     * @param delta to be zeroed by the caller if the answer is false
     * @param n     neurons
     * @return whether all of delta is good
     */
    public static boolean run(
        final Sigma sigma, final MemorySegment image, final long error, final long x, final long delta, final int n) {
        return switch (sigma) {
            case IDENTITY -> identity(image, error, delta, n);
            case TANH -> tanh(image, error, x, delta, n);
            case LOGISTIC -> logistic(image, error, x, delta, n);
            case RELU -> relu(image, error, x, delta, n);
            case LEAKY_RELU -> leakyRelu(image, error, x, delta, n);
        };
    }

    private static boolean identity(final MemorySegment image, final long error, final long delta, final int n) {
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

    private static boolean tanh(
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

    private static boolean logistic(
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

    private static boolean relu(
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

    private static boolean leakyRelu(
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
