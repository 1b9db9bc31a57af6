package org.tickwave.kernel;

import static org.tickwave.kernel.Lanes.VECTOR;
import static org.tickwave.kernel.Lanes.load;
import static org.tickwave.kernel.Lanes.store;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/** A number times a vector: -rate * x, computed once for all rows that learn from the activation x; an echo times its size. */
public final class Scale {
    private static MethodHandle scale = OutOfLine.method(MethodHandles.lookup(), "loop");

    private Scale() {
    }

    /**
     * Modifies scaled only.
     *
     * @param x      an activation, or an echo
     * @param factor the negated rate of a tick, or the size of an echo
     * @param scaled factor times x; may be the same region as x
     * @param n      neurons
     */
    public static void run(final MemorySegment image, final long x, final float factor, final long scaled, final int n) {
        try {
            scale.invokeExact(image, x, factor, scaled, n);
        } catch (final Throwable e) {
            throw OutOfLine.thrown(e);
        }
    }

    private static void loop(final MemorySegment image, final long x, final float factor, final long scaled, final int n) {
        final int count = Lanes.vectors(n);
        for (int i = 0; i < count; i++) {
            final long at = (long) i * VECTOR;
            store(load(image, x + at).mul(factor), image, scaled + at);
        }
    }
}
