package org.tickwave.kernel;

import static org.tickwave.kernel.Lanes.FLOAT;
import static org.tickwave.kernel.Lanes.LANES;
import static org.tickwave.kernel.Lanes.SPECIES;
import static org.tickwave.kernel.Lanes.VECTOR;
import static org.tickwave.kernel.Lanes.load;
import static org.tickwave.kernel.Lanes.store;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** The gradient of a loss by the output, before the output's own slope. */
public final class OutputError {
    /** Losses: squared error is half the sum of squares; the other two take logits. */
    public enum Loss {
        SQUARED_ERROR, SOFTMAX_CROSS_ENTROPY, LOGISTIC_CROSS_ENTROPY
    }

    private OutputError() {
    }

    /**
     * Modifies error and scratch only.
     *
     * @param x       the output
     * @param target  what it should have been; for softmax it adds up to 1
     * @param error   the gradient
     * @param scratch one vector
     * @param n       outputs
     */
    public static void run(
        final Loss loss, final MemorySegment image, final long x, final long target, final long error,
        final long scratch, final int n) {
        switch (loss) {
            case SQUARED_ERROR -> squared(image, x, target, error, n);
            case LOGISTIC_CROSS_ENTROPY -> logistic(image, x, target, error, n);
            case SOFTMAX_CROSS_ENTROPY -> softmax(image, x, target, error, scratch, n);
        }
    }

    private static void squared(
        final MemorySegment image, final long x, final long target, final long error, final int n) {
        final int count = Lanes.vectors(n);
        for (int i = 0; i < count; i++) {
            final long at = (long) i * VECTOR;
            store(load(image, x + at).sub(load(image, target + at)), image, error + at);
        }
    }

    private static void logistic(
        final MemorySegment image, final long x, final long target, final long error, final int n) {
        final int count = Lanes.vectors(n);
        for (int i = 0; i < count; i++) {
            final long at = (long) i * VECTOR;
            store(Exponential.logistic(load(image, x + at)).sub(load(image, target + at)), image, error + at);
        }
        Good.zeroTail(image, error, n);
    }

    /** Padding is in no sum and no maximum. */
    private static void softmax(
        final MemorySegment image, final long x, final long target, final long error, final long scratch, final int n) {
        exponentials(image, x, max(image, x, n), error, n);
        Good.zeroTail(image, error, n);
        normalise(image, error, sum(image, error, scratch, n), target, n);
    }

    private static void exponentials(
        final MemorySegment image, final long x, final float max, final long to, final int n) {
        final int count = Lanes.vectors(n);
        for (int i = 0; i < count; i++) {
            final long at = (long) i * VECTOR;
            store(Exponential.exp(load(image, x + at).sub(max)), image, to + at);
        }
    }

    /** Order: vector by vector, lane by lane, then the lanes by neighbours. */
    private static float sum(final MemorySegment image, final long from, final long scratch, final int n) {
        final int count = Lanes.vectors(n);
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int i = 0; i < count; i++) {
            sum = sum.add(load(image, from + (long) i * VECTOR));
        }
        store(sum, image, scratch);
        return Fold.lanes(image, scratch);
    }

    private static void normalise(
        final MemorySegment image, final long error, final float total, final long target, final int n) {
        final int count = Lanes.vectors(n);
        for (int i = 0; i < count; i++) {
            final long at = (long) i * VECTOR;
            store(load(image, error + at).div(total).sub(load(image, target + at)), image, error + at);
        }
    }

    private static float max(final MemorySegment image, final long x, final int n) {
        final int whole = n / LANES;
        FloatVector max = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
        for (int i = 0; i < whole; i++) {
            max = max.max(load(image, x + (long) i * VECTOR));
        }
        float largest = max.reduceLanes(VectorOperators.MAX);
        for (int i = whole * LANES; i < n; i++) {
            largest = Math.max(largest, image.get(FLOAT, x + (long) i * Float.BYTES));
        }
        return largest;
    }
}
