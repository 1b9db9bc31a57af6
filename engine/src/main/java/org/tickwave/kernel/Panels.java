package org.tickwave.kernel;

import static org.tickwave.kernel.Lanes.FLOAT;
import static org.tickwave.kernel.Lanes.GROUP;
import static org.tickwave.kernel.Lanes.INTS;
import static org.tickwave.kernel.Lanes.LINE;
import static org.tickwave.kernel.Lanes.PANEL_ROW;
import static org.tickwave.kernel.Lanes.SPECIES;
import static org.tickwave.kernel.Lanes.VECTOR;
import static org.tickwave.kernel.Lanes.load;
import static org.tickwave.kernel.Lanes.store;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The loops of the {@link Passes} over the rows of one panel. All have the same parameters, so that one loop over the panels
 * serves them all; each ignores those that it does not need. One body with three flags would be shorter. But C2 does not inline
 * a body of that size, so the flags would be tested in every row, and vectors that cross a branch are boxed.
 *
 * <p>Parameters: {@code w} the panel; {@code x}, {@code taught} and {@code echo} the first of the panel's columns in each vector;
 * {@code from} the partial sums so far, and {@code to} the partial sums with this panel's.
 */
final class Panels {
    private Panels() {
    }

    /**
     * Each step loads four vectors of one row, uses the old values in both sums, and stores the corrected values.
     *
     * <p>The loop nearly exhausts C2's node budget. Beyond the budget C2 stops inlining without a warning, the loop boxes its
     * vectors, and it is three to ten times slower. So the caller multiplies by the rate beforehand. A test checks that a tick
     * allocates nothing.
     */
    static void fused(
        final MemorySegment image, final long w, final int rows, final long x, final long taught, final long delta, final long from,
        final long to, final long echo) {
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

    /** For a layer without an error, and for the projection from an input while the projection does not learn. */
    static void forward(
        final MemorySegment image, final long w, final int rows, final long x, final long taught, final long delta, final long from,
        final long to, final long echo) {
        final FloatVector x0 = load(image, x);
        final FloatVector x1 = load(image, x + LINE);
        final FloatVector x2 = load(image, x + 2 * LINE);
        final FloatVector x3 = load(image, x + 3 * LINE);
        for (int r = 0; r < rows; r++) {
            final long row = w + (long) r * PANEL_ROW;
            final FloatVector w0 = load(image, row);
            final FloatVector w1 = load(image, row + VECTOR);
            final FloatVector w2 = load(image, row + 2 * VECTOR);
            final FloatVector w3 = load(image, row + 3 * VECTOR);
            final FloatVector sum = load(image, from + (long) r * VECTOR);
            store(w3.fma(x3, w2.fma(x2, w1.fma(x1, w0.fma(x0, sum)))), image, to + (long) r * VECTOR);
        }
    }

    /** For a projection from an input, which sends no echo. */
    static void forwardLearn(
        final MemorySegment image, final long w, final int rows, final long x, final long taught, final long delta, final long from,
        final long to, final long echo) {
        final FloatVector x0 = load(image, x);
        final FloatVector x1 = load(image, x + LINE);
        final FloatVector x2 = load(image, x + 2 * LINE);
        final FloatVector x3 = load(image, x + 3 * LINE);
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
            final FloatVector sum = load(image, from + (long) r * VECTOR);
            store(w3.fma(x3, w2.fma(x2, w1.fma(x1, w0.fma(x0, sum)))), image, to + (long) r * VECTOR);
            store(u0.fma(d, w0), image, row);
            store(u1.fma(d, w1), image, row + VECTOR);
            store(u2.fma(d, w2), image, row + 2 * VECTOR);
            store(u3.fma(d, w3), image, row + 3 * VECTOR);
        }
    }

    /** For ticks before the layer's gate: both waves pass, and W stays as it is. */
    static void forwardBackward(
        final MemorySegment image, final long w, final int rows, final long x, final long taught, final long delta, final long from,
        final long to, final long echo) {
        final FloatVector x0 = load(image, x);
        final FloatVector x1 = load(image, x + LINE);
        final FloatVector x2 = load(image, x + 2 * LINE);
        final FloatVector x3 = load(image, x + 3 * LINE);
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
        }
        store(e0, image, echo);
        store(e1, image, echo + LINE);
        store(e2, image, echo + 2 * LINE);
        store(e3, image, echo + 3 * LINE);
    }

    /** For sequential backprop on its way down. */
    static void backwardLearn(
        final MemorySegment image, final long w, final int rows, final long x, final long taught, final long delta, final long from,
        final long to, final long echo) {
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

    /** For an echo by a random matrix, which nobody corrects. */
    static void backward(
        final MemorySegment image, final long w, final int rows, final long x, final long taught, final long delta, final long from,
        final long to, final long echo) {
        final FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector e0 = zero;
        FloatVector e1 = zero;
        FloatVector e2 = zero;
        FloatVector e3 = zero;
        for (int r = 0; r < rows; r++) {
            final long row = w + (long) r * PANEL_ROW;
            final FloatVector d = FloatVector.broadcast(SPECIES, image.get(FLOAT, delta + (long) r * Float.BYTES));
            e0 = load(image, row).fma(d, e0);
            e1 = load(image, row + VECTOR).fma(d, e1);
            e2 = load(image, row + 2 * VECTOR).fma(d, e2);
            e3 = load(image, row + 3 * VECTOR).fma(d, e3);
        }
        store(e0, image, echo);
        store(e1, image, echo + LINE);
        store(e2, image, echo + 2 * LINE);
        store(e3, image, echo + 3 * LINE);
    }

    /**
     * {@link #backward} over a panel and the one after it. Two streams of memory come faster than one: with 10 layers of 256 neurons,
     * whose matrices stand in the L3 cache, a tick takes some 5 to 10 % less.
     */
    static void backwardTwo(
        final MemorySegment image, final long w, final int rows, final long x, final long taught, final long delta, final long from,
        final long to, final long echo) {
        final FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector e0 = zero;
        FloatVector e1 = zero;
        FloatVector e2 = zero;
        FloatVector e3 = zero;
        FloatVector f0 = zero;
        FloatVector f1 = zero;
        FloatVector f2 = zero;
        FloatVector f3 = zero;
        for (int r = 0; r < rows; r++) {
            final long row = w + (long) r * PANEL_ROW;
            final long next = row + (long) rows * PANEL_ROW;
            final FloatVector d = FloatVector.broadcast(SPECIES, image.get(FLOAT, delta + (long) r * Float.BYTES));
            e0 = load(image, row).fma(d, e0);
            e1 = load(image, row + VECTOR).fma(d, e1);
            e2 = load(image, row + 2 * VECTOR).fma(d, e2);
            e3 = load(image, row + 3 * VECTOR).fma(d, e3);
            f0 = load(image, next).fma(d, f0);
            f1 = load(image, next + VECTOR).fma(d, f1);
            f2 = load(image, next + 2 * VECTOR).fma(d, f2);
            f3 = load(image, next + 3 * VECTOR).fma(d, f3);
        }
        store(e0, image, echo);
        store(e1, image, echo + LINE);
        store(e2, image, echo + 2 * LINE);
        store(e3, image, echo + 3 * LINE);
        store(f0, image, echo + GROUP);
        store(f1, image, echo + GROUP + LINE);
        store(f2, image, echo + GROUP + 2 * LINE);
        store(f3, image, echo + GROUP + 3 * LINE);
    }

    /** For an echo by the signs of the weights. Together with the other parts the loop would be far beyond the node budget. */
    static void backwardSigns(
        final MemorySegment image, final long w, final int rows, final long x, final long taught, final long delta, final long from,
        final long to, final long echo) {
        final FloatVector zero = FloatVector.zero(SPECIES);
        final IntVector one = IntVector.broadcast(INTS, 1);
        final IntVector minusOne = IntVector.broadcast(INTS, -1);
        FloatVector e0 = zero;
        FloatVector e1 = zero;
        FloatVector e2 = zero;
        FloatVector e3 = zero;
        for (int r = 0; r < rows; r++) {
            final long row = w + (long) r * PANEL_ROW;
            final FloatVector d = FloatVector.broadcast(SPECIES, image.get(FLOAT, delta + (long) r * Float.BYTES));
            e0 = sign(load(image, row), zero, one, minusOne).fma(d, e0);
            e1 = sign(load(image, row + VECTOR), zero, one, minusOne).fma(d, e1);
            e2 = sign(load(image, row + 2 * VECTOR), zero, one, minusOne).fma(d, e2);
            e3 = sign(load(image, row + 3 * VECTOR), zero, one, minusOne).fma(d, e3);
        }
        store(e0, image, echo);
        store(e1, image, echo + LINE);
        store(e2, image, echo + 2 * LINE);
        store(e3, image, echo + 3 * LINE);
    }

    /** 1, -1, or 0 for both zeros, so that padding stays zero. The bits of a number, as an integer, have its sign; -0 + 0 is +0. */
    private static FloatVector sign(final FloatVector w, final FloatVector zero, final IntVector one, final IntVector minusOne) {
        return (FloatVector) w.add(zero).reinterpretAsInts().min(one).max(minusOne).convertShape(VectorOperators.I2F, SPECIES, 0);
    }

    /** For sequential backprop and the projection from the input. */
    static void learn(
        final MemorySegment image, final long w, final int rows, final long x, final long taught, final long delta, final long from,
        final long to, final long echo) {
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
