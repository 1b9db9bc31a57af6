package org.tickwave.kernel;

import static org.tickwave.kernel.Lanes.VECTOR;
import static org.tickwave.kernel.Lanes.load;
import static org.tickwave.kernel.Lanes.store;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/** Adds two vectors: two echoes, or echoes and the gradient of a loss. */
public final class Add {
    private static MethodHandle add = OutOfLine.method(MethodHandles.lookup(), "loop");

    private Add() {
    }

    /**
     * Modifies sum only.
     *
     * @param a   the first summand; may be the same region as sum
     * @param b   the second summand
     * @param sum a + b
     * @param n   neurons
     */
    public static void run(final MemorySegment image, final long a, final long b, final long sum, final int n) {
        try {
            add.invokeExact(image, a, b, sum, n);
        } catch (final Throwable e) {
            throw OutOfLine.thrown(e);
        }
    }

    private static void loop(final MemorySegment image, final long a, final long b, final long sum, final int n) {
        final int count = Lanes.vectors(n);
        for (int i = 0; i < count; i++) {
            final long at = (long) i * VECTOR;
            store(load(image, a + at).add(load(image, b + at)), image, sum + at);
        }
    }
}
