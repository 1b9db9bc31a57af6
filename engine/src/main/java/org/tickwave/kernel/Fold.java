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
import org.tickwave.layout.ScratchDescriptor;

/**
 * Adds the sixteen partial sums of each row. The results, one number for each row, fill whole vectors.
 *
 * <p>Order of sums: neighbours first, 0+1, 2+3, ..., then neighbours among those sums, until one number is left. At 256 bits
 * two vectors hold the sixteen sums of a row, at 128 bits four. The folds of these parts are neighbours again, so the order is
 * the same. {@code reduceLanes(ADD)} promises no order. This code is as fast, because it adds the lanes of two rows at once.
 */
public final class Fold {
    /** Selects the even, and the odd, lanes of two neighbouring vectors. */
    private static final FloatVector EVEN = FloatVector.zero(SPECIES).addIndex(2);
    private static final FloatVector ODD = EVEN.add(1);

    private static MethodHandle fold = OutOfLine.method(MethodHandles.lookup(), "loops");

    private Fold() {
    }

    /**
     * Folds the partial sums. Modifies the memory behind them: a quarter as many numbers, the folds, and then the sums.
     *
     * @param partials for each part of the sums one vector a row, then zero vectors up to a multiple of sixteen rows
     * @return the offset of the sums: one number for each row, then zeros up to a multiple of sixteen
     */
    public static long run(final MemorySegment image, final long partials, final int rows) {
        final int lines = Lanes.lines(rows);
        final long folds = ScratchDescriptor.folds(partials, rows);
        final long sums = ScratchDescriptor.sums(partials, rows);
        try {
            fold.invokeExact(image, partials, lines, folds, sums);
        } catch (final Throwable e) {
            throw OutOfLine.thrown(e);
        }
        return sums;
    }

    /** Zeros the partial sums of the rows beyond the last one, up to a multiple of sixteen rows. */
    public static void zeroPadding(final MemorySegment image, final long partials, final int rows) {
        for (int part = 0; part < PARTS; part++) {
            final long from = partials + part * Lanes.partBytes(rows) + (long) rows * VECTOR;
            Good.zero(image, from, (Lanes.lines(rows) * SUMS - rows) * Lanes.LANES);
        }
    }

    private static void loops(
        final MemorySegment image, final long partials, final int lines, final long folds, final long sums) {
        // At 512 bits the quads of the folds follow those of the partial sums, and the sums follow the folds.
        quads(image, partials, folds, PARTS == 1 ? sums + (long) lines * VECTOR : sums);
        if (PARTS == 2) {
            halves(image, folds, 2 * lines, sums);
        } else if (PARTS == 4) {
            quarters(image, folds, 4 * lines, sums);
        }
    }

    /** Not a counted loop: before such a loop C2 computes the range of every address, which takes longer than the quads of few rows. */
    private static void quads(final MemorySegment image, final long from, final long to, final long end) {
        long four = from;
        for (long at = to; at != end; at += VECTOR) {
            final FloatVector low = neighbours(load(image, four), load(image, four + VECTOR));
            final FloatVector high = neighbours(load(image, four + 2 * VECTOR), load(image, four + 3 * VECTOR));
            store(neighbours(low, high), image, at);
            four += 4 * VECTOR;
        }
    }

    /** Each half holds two sums of each row. */
    private static void halves(final MemorySegment image, final long from, final int count, final long to) {
        final long half = (long) count * 2 * VECTOR;
        for (int i = 0; i < count; i++) {
            final long two = from + (long) i * 2 * VECTOR;
            final FloatVector low = neighbours(load(image, two), load(image, two + VECTOR));
            final FloatVector high = neighbours(load(image, two + half), load(image, two + half + VECTOR));
            store(low.add(high), image, to + (long) i * VECTOR);
        }
    }

    /** Each quarter holds one sum of each row. */
    private static void quarters(final MemorySegment image, final long from, final int count, final long to) {
        final long quarter = (long) count * VECTOR;
        for (int i = 0; i < count; i++) {
            final long one = from + (long) i * VECTOR;
            final FloatVector low = load(image, one).add(load(image, one + quarter));
            final FloatVector high = load(image, one + 2 * quarter).add(load(image, one + 3 * quarter));
            store(low.add(high), image, to + (long) i * VECTOR);
        }
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
