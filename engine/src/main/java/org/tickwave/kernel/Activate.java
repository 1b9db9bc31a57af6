package org.tickwave.kernel;

import static org.tickwave.kernel.Lanes.INTS;
import static org.tickwave.kernel.Lanes.VECTOR;
import static org.tickwave.kernel.Lanes.load;
import static org.tickwave.kernel.Lanes.store;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/** x = sigma(a + b), flushed; a + b is what the guard looks at, since the tanh of infinity is 1. */
public final class Activate {
    private Activate() {
    }

    /**
     * Modifies x only.
     *
     * @param sums a, from the pass
     * @param bias b
     * @param x    the new activation; to be zeroed by the caller if the answer is false
     * @param n    neurons
     * @return whether all of a + b is good
     */
    public static boolean run(
        final Sigma sigma, final MemorySegment image, final long sums, final long bias, final long x, final int n) {
        return switch (sigma) {
            case IDENTITY -> identity(image, sums, bias, x, n);
            case TANH -> {
                final boolean good = identity(image, sums, bias, x, n);
                tanh(image, x, n);
                yield good;
            }
            case LOGISTIC -> {
                final boolean good = identity(image, sums, bias, x, n);
                logistic(image, x, n);
                yield good;
            }
            case RELU -> relu(image, sums, bias, x, n);
            case LEAKY_RELU -> leakyRelu(image, sums, bias, x, n);
        };
    }

    private static boolean identity(
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

    /** A loop of its own: with the guard in it C2 would run out of nodes, see {@link FusedPass}. */
    private static void tanh(final MemorySegment image, final long x, final int n) {
        final int count = Lanes.vectors(n);
        for (int i = 0; i < count; i++) {
            final long at = x + (long) i * VECTOR;
            store(Good.flush(Exponential.tanh(load(image, at))), image, at);
        }
    }

    private static void logistic(final MemorySegment image, final long x, final int n) {
        final int count = Lanes.vectors(n);
        for (int i = 0; i < count; i++) {
            final long at = x + (long) i * VECTOR;
            store(Good.flush(Exponential.logistic(load(image, at))), image, at);
        }
        Good.zeroTail(image, x, n);
    }

    private static boolean relu(
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

    private static boolean leakyRelu(
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
