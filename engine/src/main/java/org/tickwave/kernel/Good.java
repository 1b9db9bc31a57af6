package org.tickwave.kernel;

import static org.tickwave.kernel.Lanes.FLOAT;
import static org.tickwave.kernel.Lanes.LANES;
import static org.tickwave.kernel.Lanes.VECTOR;
import static org.tickwave.kernel.Lanes.load;
import static org.tickwave.kernel.Lanes.store;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The guard's tests. A number v is good if |v| &lt;= 2^30. A number below 1e-30 in magnitude is flushed to zero, so that its
 * products with weights and rates are no denormals: a processor spends a hundred cycles and more on a denormal number.
 *
 * <p>Magnitudes are compared as the bits of |v|. In that order NaN comes after infinity, so NaN is never good.
 */
public final class Good {
    /** The largest good magnitude. */
    public static final float LIMIT = 0x1p30f;
    /** The smallest magnitude that is kept. */
    public static final float FLUSH = 1e-30f;

    private static final int LIMIT_BITS = Float.floatToRawIntBits(LIMIT);
    private static final int MAGNITUDE = 0x7fff_ffff;
    private static final ValueLayout.OfFloat UNALIGNED = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(Lanes.ORDER);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG.withOrder(Lanes.ORDER);

    private static MethodHandle admit = OutOfLine.method(MethodHandles.lookup(), "admitLoop");

    private Good() {
    }

    /** Whether one number is good; false for NaN. */
    public static boolean number(final float v) {
        return Math.abs(v) <= LIMIT;
    }

    static IntVector worse(final IntVector worst, final FloatVector v) {
        return v.reinterpretAsInts().lanewise(VectorOperators.AND, MAGNITUDE).max(worst);
    }

    static boolean all(final IntVector worst) {
        return worst.reduceLanes(VectorOperators.MAX) <= LIMIT_BITS;
    }

    static FloatVector flush(final FloatVector v) {
        return v.blend(0f, v.abs().compare(VectorOperators.LT, FLUSH));
    }

    /**
     * Inspects a frame or target, and flushes tiny numbers to zero. Modifies the vector only.
     *
     * @return whether every number of the vector is good
     */
    public static boolean admit(final MemorySegment image, final long vector, final int n) {
        try {
            return (boolean) admit.invokeExact(image, vector, n);
        } catch (final Throwable e) {
            throw OutOfLine.thrown(e);
        }
    }

    private static boolean admitLoop(final MemorySegment image, final long vector, final int n) {
        IntVector worst = IntVector.zero(Lanes.INTS);
        final int count = Lanes.vectors(n);
        for (int i = 0; i < count; i++) {
            final long at = vector + (long) i * VECTOR;
            final FloatVector v = load(image, at);
            worst = worse(worst, v);
            store(flush(v), image, at);
        }
        return all(worst);
    }

    /** The index of the first number of an array that is not good; -1 if all are good. */
    public static int firstBad(final float[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!number(values[i])) {
                return i;
            }
        }
        return -1;
    }

    /** The index of the first number of a caller's segment, at any alignment, that is not good; -1 if all are good. */
    public static int firstBad(final MemorySegment values) {
        final long count = values.byteSize() / Float.BYTES;
        for (int i = 0; i < count; i++) {
            if (!number(at(values, i))) {
                return i;
            }
        }
        return -1;
    }

    /** A number of a caller's segment, at any alignment. */
    public static float at(final MemorySegment values, final int index) {
        return values.get(UNALIGNED, (long) index * Float.BYTES);
    }

    /** The index of the first number that is not good, or -1. */
    public static int firstBad(final MemorySegment image, final long vector, final int n) {
        for (int i = 0; i < n; i++) {
            if (!number(image.get(FLOAT, vector + (long) i * Float.BYTES))) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Zeros a vector and its padding up to a multiple of the lanes. The engine calls this method seldom, so it is often not
     * compiled; it uses no vectors, since uncompiled code boxes them.
     */
    public static void zero(final MemorySegment image, final long vector, final int n) {
        final int count = Lanes.vectors(n) * (VECTOR / Long.BYTES);
        for (int i = 0; i < count; i++) {
            image.set(LONG, vector + (long) i * Long.BYTES, 0L);
        }
    }

    /** Zeros the lanes from n to the end of the vector that contains n: padding that a kernel has overwritten. */
    static void zeroTail(final MemorySegment image, final long vector, final int n) {
        for (int i = n; i < Lanes.vectors(n) * LANES; i++) {
            image.set(FLOAT, vector + (long) i * Float.BYTES, 0f);
        }
    }
}
