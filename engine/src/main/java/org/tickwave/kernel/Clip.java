package org.tickwave.kernel;

import static org.tickwave.kernel.Lanes.VECTOR;
import static org.tickwave.kernel.Lanes.load;
import static org.tickwave.kernel.Lanes.store;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/** Limits every number of a vector to the range from -limit to limit. */
public final class Clip {
    private static MethodHandle clip = OutOfLine.method(MethodHandles.lookup(), "loop");

    private Clip() {
    }

    /** Modifies vector only. Every number of the vector must be good. */
    public static void run(final MemorySegment image, final long vector, final int n, final float limit) {
        try {
            clip.invokeExact(image, vector, n, limit);
        } catch (final Throwable e) {
            throw OutOfLine.thrown(e);
        }
    }

    private static void loop(final MemorySegment image, final long vector, final int n, final float limit) {
        final int count = Lanes.vectors(n);
        for (int i = 0; i < count; i++) {
            final long at = vector + (long) i * VECTOR;
            store(load(image, at).max(-limit).min(limit), image, at);
        }
    }
}
