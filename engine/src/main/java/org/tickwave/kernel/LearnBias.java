package org.tickwave.kernel;

import static org.tickwave.kernel.Lanes.SPECIES;
import static org.tickwave.kernel.Lanes.VECTOR;
import static org.tickwave.kernel.Lanes.load;
import static org.tickwave.kernel.Lanes.store;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;

/** b = b - rate * delta. */
public final class LearnBias {
    private static MethodHandle learn = OutOfLine.method(MethodHandles.lookup(), "loop");

    private LearnBias() {
    }

    /** Modifies bias only. */
    public static void run(
        final MemorySegment image, final long bias, final long delta, final float minusRate, final int n) {
        try {
            learn.invokeExact(image, bias, delta, minusRate, n);
        } catch (final Throwable e) {
            throw OutOfLine.thrown(e);
        }
    }

    private static void loop(
        final MemorySegment image, final long bias, final long delta, final float minusRate, final int n) {
        final FloatVector rate = FloatVector.broadcast(SPECIES, minusRate);
        final int count = Lanes.vectors(n);
        for (int i = 0; i < count; i++) {
            final long at = (long) i * VECTOR;
            store(load(image, delta + at).fma(rate, load(image, bias + at)), image, bias + at);
        }
    }
}
