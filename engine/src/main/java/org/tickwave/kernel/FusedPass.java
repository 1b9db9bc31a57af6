package org.tickwave.kernel;

import static org.tickwave.kernel.Lanes.FLOAT;
import static org.tickwave.kernel.Lanes.LINE;
import static org.tickwave.kernel.Lanes.PANEL_ROW;
import static org.tickwave.kernel.Lanes.SPECIES;
import static org.tickwave.kernel.Lanes.VECTOR;
import static org.tickwave.kernel.Lanes.load;
import static org.tickwave.kernel.Lanes.store;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;

/**
 * Forward, backward and learn over one projection, with one read and one write of W. Each step loads four vectors of one
 * row, uses the old values in both sums, and stores the corrected values.
 *
 * <p>The panel's loop nearly exhausts C2's node budget. Beyond the budget C2 stops inlining without a warning, the loop boxes
 * its vectors, and it is three to ten times slower. So the caller multiplies by the rate beforehand. A test checks that a tick
 * allocates nothing.
 *
 * <p>Order of sums: a_i: sixteen running sums from zero; sum v takes the columns v, v+16, v+32, ... in order. {@link Fold} adds
 * the sixteen sums. e_j: row by row.
 */
public final class FusedPass {
    private static MethodHandle pass = OutOfLine.method(MethodHandles.lookup(), "panels");

    private FusedPass() {
    }

    /**
     * Modifies w, partials and echo only.
     *
     * @param w         the weights, in panels
     * @param rows      neurons of the layer
     * @param groups    groups of 64 columns of w, and of each vector of the layer below
     * @param x         current activation of the layer below
     * @param taught    past activation of the layer below, as the rule says, times the negated rate: see {@link Scale}
     * @param delta     error of the layer
     * @param zeros     one zero vector for each row
     * @param partials  the sixteen sums of each row: see {@link Fold}
     * @param echo      what the layer below receives, before it multiplies by its own slope
     */
    public static void run(
        final MemorySegment image, final long w, final int rows, final int groups, final long x, final long taught,
        final long delta, final long zeros, final long partials, final long echo) {
        try {
            pass.invokeExact(image, w, rows, groups, x, taught, delta, zeros, partials, echo);
        } catch (final Throwable e) {
            throw OutOfLine.thrown(e);
        }
    }

    private static void panels(
        final MemorySegment image, final long w, final int rows, final int groups, final long x, final long taught,
        final long delta, final long zeros, final long partials, final long echo) {
        long panel = w;
        for (int part = 0; part < Lanes.PARTS; part++) {
            final long sums = partials + part * Lanes.partBytes(rows);
            for (int group = 0; group < groups; group++) {
                final long columns = (long) group * Lanes.GROUP + part * VECTOR;
                panel(
                    image, panel, rows, x + columns, taught + columns, delta, group == 0 ? zeros : sums, sums,
                    echo + columns);
                panel += (long) rows * PANEL_ROW;
            }
        }
    }

    private static void panel(
        final MemorySegment image, final long w, final int rows, final long x, final long taught,
        final long delta, final long from, final long to, final long echo) {
        final FloatVector x0 = load(image, x);
        final FloatVector x1 = load(image, x + LINE);
        final FloatVector x2 = load(image, x + 2 * LINE);
        final FloatVector x3 = load(image, x + 3 * LINE);
        final FloatVector u0 = load(image, taught);
        final FloatVector u1 = load(image, taught + LINE);
        final FloatVector u2 = load(image, taught + 2 * LINE);
        final FloatVector u3 = load(image, taught + 3 * LINE);
        final FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector e0 = zero;
        FloatVector e1 = zero;
        FloatVector e2 = zero;
        FloatVector e3 = zero;
        for (int r = 0; r < rows; r++) {
            final long row = w + (long) r * PANEL_ROW;
            final FloatVector d = FloatVector.broadcast(SPECIES, image.get(FLOAT, delta + (long) r * Float.BYTES));
            final FloatVector w0 = load(image, row);
            final FloatVector w1 = load(image, row + VECTOR);
            final FloatVector w2 = load(image, row + 2 * VECTOR);
            final FloatVector w3 = load(image, row + 3 * VECTOR);
            final FloatVector sum = load(image, from + (long) r * VECTOR);
            e0 = w0.fma(d, e0);
            e1 = w1.fma(d, e1);
            e2 = w2.fma(d, e2);
            e3 = w3.fma(d, e3);
            store(w3.fma(x3, w2.fma(x2, w1.fma(x1, w0.fma(x0, sum)))), image, to + (long) r * VECTOR);
            store(u0.fma(d, w0), image, row);
            store(u1.fma(d, w1), image, row + VECTOR);
            store(u2.fma(d, w2), image, row + 2 * VECTOR);
            store(u3.fma(d, w3), image, row + 3 * VECTOR);
        }
        store(e0, image, echo);
        store(e1, image, echo + LINE);
        store(e2, image, echo + 2 * LINE);
        store(e3, image, echo + 3 * LINE);
    }
}
