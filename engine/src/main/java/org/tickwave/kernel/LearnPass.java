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

/** The learning part of {@link FusedPass}, for sequential backprop and the projection from the input. */
public final class LearnPass {
    private static MethodHandle pass = OutOfLine.method(MethodHandles.lookup(), "panels");

    private LearnPass() {
    }

    /**
     * Modifies w only.
     *
     * @param w         the weights, in panels
     * @param rows      neurons of the layer
     * @param groups    groups of 64 columns of w, and of each vector of the layer below
     * @param taught    past activation of the layer below, as the rule says, times the negated rate: see {@link Scale}
     * @param delta     error of the layer
     */
    public static void run(
        final MemorySegment image, final long w, final int rows, final int groups, final long taught,
        final long delta) {
        try {
            pass.invokeExact(image, w, rows, groups, taught, delta);
        } catch (final Throwable e) {
            throw OutOfLine.thrown(e);
        }
    }

    private static void panels(
        final MemorySegment image, final long w, final int rows, final int groups, final long taught,
        final long delta) {
        long panel = w;
        for (int part = 0; part < Lanes.PARTS; part++) {
            for (int group = 0; group < groups; group++) {
                final long columns = (long) group * Lanes.GROUP + part * VECTOR;
                panel(image, panel, rows, taught + columns, delta);
                panel += (long) rows * PANEL_ROW;
            }
        }
    }

    private static void panel(
        final MemorySegment image, final long w, final int rows, final long taught,
        final long delta) {
        final FloatVector u0 = load(image, taught);
        final FloatVector u1 = load(image, taught + LINE);
        final FloatVector u2 = load(image, taught + 2 * LINE);
        final FloatVector u3 = load(image, taught + 3 * LINE);
        for (int r = 0; r < rows; r++) {
            final long row = w + (long) r * PANEL_ROW;
            final FloatVector d = FloatVector.broadcast(SPECIES, image.get(FLOAT, delta + (long) r * Float.BYTES));
            final FloatVector w0 = load(image, row);
            final FloatVector w1 = load(image, row + VECTOR);
            final FloatVector w2 = load(image, row + 2 * VECTOR);
            final FloatVector w3 = load(image, row + 3 * VECTOR);
            store(u0.fma(d, w0), image, row);
            store(u1.fma(d, w1), image, row + VECTOR);
            store(u2.fma(d, w2), image, row + 2 * VECTOR);
            store(u3.fma(d, w3), image, row + 3 * VECTOR);
        }
    }
}
