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
 * {@link FusedPass} without its forward part, for sequential backprop on its way down.
 *
 * <p>Order of sums: e_j: row by row.
 */
public final class BackwardLearnPass {
    private static MethodHandle pass = OutOfLine.method(MethodHandles.lookup(), "panels");

    private BackwardLearnPass() {
    }

    /**
     * Modifies w and echo only.
     *
     * @param w         the weights, in panels
     * @param rows      neurons of the layer
     * @param groups    groups of 64 columns of w, and of each vector of the layer below
     * @param taught    past activation of the layer below, as the rule says, times the negated rate: see {@link Scale}
     * @param delta     error of the layer
     * @param echo      what the layer below receives, before it multiplies by its own slope
     */
    public static void run(
        final MemorySegment image, final long w, final int rows, final int groups, final long taught,
        final long delta, final long echo) {
        try {
            pass.invokeExact(image, w, rows, groups, taught, delta, echo);
        } catch (final Throwable e) {
            throw OutOfLine.thrown(e);
        }
    }

    private static void panels(
        final MemorySegment image, final long w, final int rows, final int groups, final long taught,
        final long delta, final long echo) {
        long panel = w;
        for (int part = 0; part < Lanes.PARTS; part++) {
            for (int group = 0; group < groups; group++) {
                final long columns = (long) group * Lanes.GROUP + part * VECTOR;
                panel(image, panel, rows, taught + columns, delta, echo + columns);
                panel += (long) rows * PANEL_ROW;
            }
        }
    }

    private static void panel(
        final MemorySegment image, final long w, final int rows, final long taught,
        final long delta, final long echo) {
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
            e0 = w0.fma(d, e0);
            e1 = w1.fma(d, e1);
            e2 = w2.fma(d, e2);
            e3 = w3.fma(d, e3);
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
