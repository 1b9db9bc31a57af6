package org.tickwave.kernel;

import static org.tickwave.kernel.Lanes.FLOAT;
import static org.tickwave.kernel.Lanes.LANES;
import static org.tickwave.kernel.Lanes.SPECIES;
import static org.tickwave.kernel.Lanes.VECTOR;
import static org.tickwave.kernel.Lanes.load;
import static org.tickwave.kernel.Lanes.store;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** The gradient of the loss with respect to the output, before the slope of the output's activation. */
public final class OutputError {
    /** Squared error is half the sum of squares. The two cross-entropies take logits. */
    public enum Loss {
        SQUARED_ERROR, SOFTMAX_CROSS_ENTROPY, LOGISTIC_CROSS_ENTROPY
    }

    private static MethodHandle squared = OutOfLine.method(MethodHandles.lookup(), "squaredLoop");
    private static MethodHandle logistic = OutOfLine.method(MethodHandles.lookup(), "logisticLoop");
    private static MethodHandle max = OutOfLine.method(MethodHandles.lookup(), "maxLoop");
    private static MethodHandle exponentials = OutOfLine.method(MethodHandles.lookup(), "exponentialsLoop");
    private static MethodHandle sum = OutOfLine.method(MethodHandles.lookup(), "sumLoop");
    private static MethodHandle normalise = OutOfLine.method(MethodHandles.lookup(), "normaliseLoop");

    private OutputError() {
    }

    /**
     * Modifies error and scratch only.
     *
     * @param x       the output
     * @param target  what the output should have been; adds up to 1 for softmax
     * @param error   the gradient
     * @param scratch sixteen numbers
     * @param n       outputs
     */
    public static void run(
        final Loss loss, final MemorySegment image, final long x, final long target, final long error,
        final long scratch, final int n) {
        try {
            switch (loss) {
                case SQUARED_ERROR -> squared.invokeExact(image, x, target, error, n);
                case LOGISTIC_CROSS_ENTROPY -> logistic.invokeExact(image, x, target, error, n);
                case SOFTMAX_CROSS_ENTROPY -> softmax(image, x, target, error, scratch, n);
            }
        } catch (final Throwable e) {
            throw OutOfLine.thrown(e);
        }
    }

    private static void squaredLoop(
        final MemorySegment image, final long x, final long target, final long error, final int n) {
        final int count = Lanes.vectors(n);
        for (int i = 0; i < count; i++) {
            final long at = (long) i * VECTOR;
            store(load(image, x + at).sub(load(image, target + at)), image, error + at);
        }
    }

    private static void logisticLoop(
        final MemorySegment image, final long x, final long target, final long error, final int n) {
        final int count = Lanes.vectors(n);
        for (int i = 0; i < count; i++) {
            final long at = (long) i * VECTOR;
            store(Exponential.logistic(load(image, x + at)).sub(load(image, target + at)), image, error + at);
        }
        Good.zeroTail(image, error, n);
    }

    /** Leaves padding out of the sum and the maximum. */
    private static void softmax(
        final MemorySegment image, final long x, final long target, final long error, final long scratch, final int n)
        throws Throwable {
        final float largest = (float) max.invokeExact(image, x, n);
        exponentials.invokeExact(image, x, largest, error, n);
        Good.zeroTail(image, error, n);
        final float total = (float) sum.invokeExact(image, error, scratch, n);
        normalise.invokeExact(image, error, total, target, n);
    }

    private static void exponentialsLoop(
        final MemorySegment image, final long x, final float max, final long to, final int n) {
        final int count = Lanes.vectors(n);
        for (int i = 0; i < count; i++) {
            final long at = (long) i * VECTOR;
            store(Exponential.exp(load(image, x + at).sub(max)), image, to + at);
        }
    }

    /** Order of the sum: sixteen running sums, as in a pass; then {@link Fold} adds them. */
    private static float sumLoop(final MemorySegment image, final long from, final long scratch, final int n) {
        final int count = Lanes.lines(n);
        for (int part = 0; part < Lanes.PARTS; part++) {
            FloatVector sum = FloatVector.zero(SPECIES);
            for (int i = 0; i < count; i++) {
                sum = sum.add(load(image, from + (long) i * Lanes.LINE + part * VECTOR));
            }
            store(sum, image, scratch + part * VECTOR);
        }
        return Fold.sixteen(image, scratch);
    }

    private static void normaliseLoop(
        final MemorySegment image, final long error, final float total, final long target, final int n) {
        final int count = Lanes.vectors(n);
        for (int i = 0; i < count; i++) {
            final long at = (long) i * VECTOR;
            store(load(image, error + at).div(total).sub(load(image, target + at)), image, error + at);
        }
    }

    private static float maxLoop(final MemorySegment image, final long x, final int n) {
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
