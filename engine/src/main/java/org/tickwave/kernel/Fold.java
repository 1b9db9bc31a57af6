package org.tickwave.kernel;

import static org.tickwave.kernel.Lanes.LANES;
import static org.tickwave.kernel.Lanes.SPECIES;
import static org.tickwave.kernel.Lanes.VECTOR;
import static org.tickwave.kernel.Lanes.load;
import static org.tickwave.kernel.Lanes.store;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;

/**
 * Adds the lanes of each row's vector of partial sums. The results, one number for each row, fill whole vectors.
 *
 * <p>Order of sums: neighbours first, 0+1, 2+3, ..., then neighbours among those sums, until one number is left.
 * {@code reduceLanes(ADD)} promises no order. This code is as fast, because it adds the lanes of two rows at once.
 */
public final class Fold {
    /** Selects the even, and the odd, lanes of two neighbouring vectors. */
    private static final FloatVector EVEN = FloatVector.zero(SPECIES).addIndex(2);
    private static final FloatVector ODD = EVEN.add(1);

    private static MethodHandle fold = OutOfLine.method(MethodHandles.lookup(), "loops");

    private Fold() {
    }

    /**
     * Modifies folds and sums only.
     *
     * @param partials one vector for each row, then zero vectors up to a multiple of the lanes
     * @param folds    a quarter as large as partials
     * @param sums     one number for each row
     */
    public static void run(
        final MemorySegment image, final long partials, final int rows, final long folds, final long sums) {
        try {
            fold.invokeExact(image, partials, rows, folds, sums);
        } catch (final Throwable e) {
            throw OutOfLine.thrown(e);
        }
    }

    private static void loops(
        final MemorySegment image, final long partials, final int rows, final long folds, final long sums) {
        int vectors = Lanes.vectors(rows) * LANES / 4;
        if (LANES == 4) {
            quads(image, partials, vectors, sums);
            return;
        }
        quads(image, partials, vectors, folds);
        if (LANES == 8) {
            vectors /= 2;
            pairs(image, folds, vectors, sums);
        } else {
            vectors /= 4;
            quads(image, folds, vectors, sums);
        }
    }

    private static void quads(final MemorySegment image, final long from, final int count, final long to) {
        for (int i = 0; i < count; i++) {
            final long four = from + (long) i * 4 * VECTOR;
            final FloatVector low = neighbours(load(image, four), load(image, four + VECTOR));
            final FloatVector high = neighbours(load(image, four + 2 * VECTOR), load(image, four + 3 * VECTOR));
            store(neighbours(low, high), image, to + (long) i * VECTOR);
        }
    }

    private static void pairs(final MemorySegment image, final long from, final int count, final long to) {
        for (int i = 0; i < count; i++) {
            final long two = from + (long) i * 2 * VECTOR;
            store(neighbours(load(image, two), load(image, two + VECTOR)), image, to + (long) i * VECTOR);
        }
    }

    private static FloatVector neighbours(final FloatVector a, final FloatVector b) {
        return EVEN.selectFrom(a, b).add(ODD.selectFrom(a, b));
    }

    /** The sum of one vector of numbers in memory, neighbours first. Overwrites them. */
    static float lanes(final MemorySegment image, final long at) {
        for (int left = LANES / 2; left > 0; left /= 2) {
            for (int i = 0; i < left; i++) {
                final long two = at + 2L * i * Float.BYTES;
                final float sum = image.get(Lanes.FLOAT, two) + image.get(Lanes.FLOAT, two + Float.BYTES);
                image.set(Lanes.FLOAT, at + (long) i * Float.BYTES, sum);
            }
        }
        return image.get(Lanes.FLOAT, at);
    }
}
