package org.tickwave.kernel;

import java.util.Arrays;
import org.tickwave.layout.WeightsDescriptor;

/** One projection in a test image, with all inputs and outputs of the passes, and the scalar twin of the passes. */
final class Projection implements AutoCloseable {
    /** The passes, with the parts of the fused pass that they do. */
    enum Pass {
        FUSED(true, true, true), FORWARD(true, false, false), FORWARD_LEARN(true, false, true),
        FORWARD_BACKWARD(true, true, false), BACKWARD_LEARN(false, true, true), LEARN(false, false, true),
        BACKWARD(false, true, false), BACKWARD_SIGNS(false, true, false);

        final boolean forward;
        final boolean backward;
        final boolean learns;

        Pass(final boolean forward, final boolean backward, final boolean learns) {
            this.forward = forward;
            this.backward = backward;
            this.learns = learns;
        }

        int parts() {
            return (forward ? Passes.FORWARD : 0) + (backward ? Passes.BACKWARD : 0) + (learns ? Passes.LEARN : 0)
                + (this == BACKWARD_SIGNS ? Passes.SIGNS : 0);
        }
    }

    /** Offsets of the regions, in an array so that a test can spoil one. */
    static final int W = 0;
    static final int X = 1;
    static final int TAUGHT = 2;
    static final int DELTA = 3;
    static final int ZEROS = 4;
    static final int PARTIALS = 5;
    static final int ECHO = 6;

    final TestImage image;
    final long[] at = new long[7];
    final int rows;
    final int columns;
    private final WeightsDescriptor layout;
    private final float[][] weights;
    private final float[] x;
    private final float[] taught;
    private final float[] delta;
    private float[][] before;

    /** @param wild whether numbers have any magnitude, and weights of every other projection make sums overflow */
    Projection(final int rows, final int columns, final boolean wild, final Numbers numbers) {
        this.rows = rows;
        this.columns = columns;
        final int padded = Scalar.padded(columns);
        final boolean overflows = wild && numbers.below(2) == 0;
        final int partials = Scalar.lines(rows) * Scalar.SUMS;
        image = new TestImage((rows + 4) * padded + 3 * partials + 1024);
        weights = new float[rows][];
        at[W] = image.filled(rows * padded);
        layout = new WeightsDescriptor(at[W], rows, columns, padded / 64, Lanes.LANES);
        for (int r = 0; r < rows; r++) {
            weights[r] = Arrays.copyOf(
                overflows ? numbers.finite(columns) : wild ? numbers.good(columns) : numbers.ordinary(columns), padded);
            for (int c = 0; c < columns; c++) {
                image.fill(layout.weight(r, c), weights[r][c]);
            }
        }
        x = Arrays.copyOf(wild ? numbers.good(columns) : numbers.ordinary(columns), padded);
        taught = Arrays.copyOf(wild ? numbers.good(columns) : numbers.ordinary(columns), padded);
        delta = wild ? numbers.good(rows) : numbers.ordinary(rows);
        at[X] = image.filled(padded, x);
        at[TAUGHT] = image.filled(padded, taught);
        at[DELTA] = image.filled(Scalar.padded(rows), delta);
        at[ZEROS] = image.filled(partials);
        at[PARTIALS] = image.region(partials);
        at[ECHO] = image.region(padded);
    }

    /** Lets the pass go on from the sums of another projection. */
    void startFrom(final float[][] sums) {
        before = sums;
        for (int r = 0; r < rows; r++) {
            for (int v = 0; v < Scalar.SUMS; v++) {
                image.fill(at[PARTIALS] + Scalar.partial(rows, r, v), sums[r][v]);
            }
        }
    }

    void run(final Pass pass) {
        Passes.run(pass.parts(), image.segment, at[W], rows, layout.groups(), at[X], at[TAUGHT], at[DELTA],
            before == null ? at[ZEROS] : at[PARTIALS], at[PARTIALS], at[ECHO]);
    }

    /** Whether the pass reads or writes the region at {@code at[what]}. */
    static boolean touches(final Pass pass, final int what) {
        return switch (what) {
            case W -> true;
            case X, ZEROS, PARTIALS -> pass.forward;
            case TAUGHT -> pass.learns;
            case DELTA -> pass.learns || pass.backward;
            case ECHO -> pass.backward;
            default -> throw new IllegalArgumentException("no region " + what);
        };
    }

    /** Both sums use the old weights. Padded columns take part, as zeros. */
    void expect(final Pass pass) {
        if (pass.forward) {
            expectPartials();
        }
        if (pass.backward) {
            expectEcho(pass == Pass.BACKWARD_SIGNS);
        }
        if (pass.learns) {
            for (int r = 0; r < rows; r++) {
                for (int c = 0; c < columns; c++) {
                    image.expect(layout.weight(r, c), Math.fma(taught[c], delta[r], weights[r][c]));
                }
            }
        }
    }

    private void expectPartials() {
        for (int r = 0; r < rows; r++) {
            final float[] sums = before == null ? new float[Scalar.SUMS] : before[r].clone();
            for (int c = 0; c < x.length; c++) {
                sums[c % sums.length] = Math.fma(weights[r][c], x[c], sums[c % sums.length]);
            }
            for (int v = 0; v < sums.length; v++) {
                image.expect(at[PARTIALS] + Scalar.partial(rows, r, v), sums[v]);
            }
        }
    }

    private void expectEcho(final boolean signs) {
        final float[] echo = new float[x.length];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < echo.length; c++) {
                final float weight = weights[r][c];
                echo[c] = Math.fma(!signs ? weight : weight > 0 ? 1 : weight < 0 ? -1 : 0, delta[r], echo[c]);
            }
        }
        image.expect(at[ECHO], echo);
    }

    @Override
    public String toString() {
        return rows + " x " + columns;
    }

    @Override
    public void close() {
        image.close();
    }
}
