package org.tickwave.kernel;

import static org.tickwave.kernel.Lanes.PARTS;
import static org.tickwave.kernel.Lanes.SPECIES;
import static org.tickwave.kernel.Lanes.SUMS;
import static org.tickwave.kernel.Lanes.VECTOR;
import static org.tickwave.kernel.Lanes.load;
import static org.tickwave.kernel.Lanes.store;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;

/**
 * Adds the sixteen partial sums of each row. {@link #run} leaves four or fewer sums of each row, and {@link #sums} adds those where
 * they are needed.
 *
 * <p>Order of sums: neighbours first, 0+1, 2+3, ..., then neighbours among those sums, until one number is left. At 256 bits
 * two vectors hold the sixteen sums of a row, at 128 bits four. The folds of these parts are neighbours again, so the order is
 * the same. {@code reduceLanes(ADD)} promises no order. This code is as fast, because it adds the lanes of two rows at once.
 */
public final class Fold {
    /** Selects the even, and the odd, lanes of two neighbouring vectors. */
    private static final FloatVector EVEN = FloatVector.zero(SPECIES).addIndex(2);
    private static final FloatVector ODD = EVEN.add(1);

    private static MethodHandle fold = OutOfLine.method(MethodHandles.lookup(), "loop");

    private Fold() {
    }

    /**
     * Modifies folds only.
     *
     * @param partials for each part of the sums one vector a row, then zero vectors up to a multiple of sixteen rows
     * @param folds    a quarter as large as partials
     */
    public static void run(final MemorySegment image, final long partials, final int rows, final long folds) {
        try {
            fold.invokeExact(image, partials, rows, folds);
        } catch (final Throwable e) {
            throw OutOfLine.thrown(e);
        }
    }

    /** Zeros the partial sums of the rows beyond the last one, up to a multiple of sixteen rows. */
    public static void zeroPadding(final MemorySegment image, final long partials, final int rows) {
        for (int part = 0; part < PARTS; part++) {
            final long from = partials + part * Lanes.partBytes(rows) + (long) rows * VECTOR;
            Good.zero(image, from, (Lanes.lines(rows) * SUMS - rows) * Lanes.LANES);
        }
    }

    private static void loop(final MemorySegment image, final long partials, final int rows, final long folds) {
        final int count = Lanes.lines(rows) * SUMS * PARTS / 4;
        for (int i = 0; i < count; i++) {
            store(four(image, partials + (long) i * 4 * VECTOR), image, folds + (long) i * VECTOR);
        }
    }

    /** The sums of one vector of rows, from what {@link #run} has left. */
    static FloatVector sums(final MemorySegment image, final long folds, final int lines, final int i) {
        if (PARTS == 1) {
            return four(image, folds + (long) i * 4 * VECTOR);
        }
        if (PARTS == 2) {
            // Each half holds two sums of each row.
            final long two = folds + (long) i * 2 * VECTOR;
            final long half = two + (long) lines * SUMS * 2 * Float.BYTES;
            return neighbours(load(image, two), load(image, two + VECTOR))
                .add(neighbours(load(image, half), load(image, half + VECTOR)));
        }
        // Each quarter holds one sum of each row.
        final long one = folds + (long) i * VECTOR;
        final long quarter = (long) lines * SUMS * Float.BYTES;
        return load(image, one).add(load(image, one + quarter))
            .add(load(image, one + 2 * quarter).add(load(image, one + 3 * quarter)));
    }

    private static FloatVector four(final MemorySegment image, final long at) {
        final FloatVector low = neighbours(load(image, at), load(image, at + VECTOR));
        final FloatVector high = neighbours(load(image, at + 2 * VECTOR), load(image, at + 3 * VECTOR));
        return neighbours(low, high);
    }

    private static FloatVector neighbours(final FloatVector a, final FloatVector b) {
        return EVEN.selectFrom(a, b).add(ODD.selectFrom(a, b));
    }

    /** The sum of sixteen numbers in memory, neighbours first. Overwrites them. */
    static float sixteen(final MemorySegment image, final long at) {
        for (int left = SUMS / 2; left > 0; left /= 2) {
            for (int i = 0; i < left; i++) {
                final long two = at + 2L * i * Float.BYTES;
                final float sum = image.get(Lanes.FLOAT, two) + image.get(Lanes.FLOAT, two + Float.BYTES);
                image.set(Lanes.FLOAT, at + (long) i * Float.BYTES, sum);
            }
        }
        return image.get(Lanes.FLOAT, at);
    }
}
