package org.tickwave.bench.peer;

import java.util.Arrays;

/**
 * Plain Java loops. C2 turns the backward loops into vectors. It may not reorder a sum, so each forward loop adds up four rows: four
 * sums that do not wait for each other.
 */
final class PlainStep extends LayeredStep {
    private static final int ROWS = 4;

    private final float[][] weights;

    PlainStep(final Chain chain) {
        super(chain);
        weights = copies(chain.weights());
    }

    @Override
    void forward(final int layer) {
        final int rows = chain.width(layer);
        int row = 0;
        for (; row + ROWS <= rows; row += ROWS) {
            fourSums(weights[layer], row, x[layer - 1], x[layer]);
        }
        for (; row < rows; row++) {
            x[layer][row] = sum(weights[layer], row, x[layer - 1]);
        }
    }

    private static void fourSums(final float[] w, final int row, final float[] below, final float[] to) {
        final int columns = below.length;
        final int first = row * columns;
        final int second = first + columns;
        final int third = second + columns;
        final int fourth = third + columns;
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        for (int j = 0; j < columns; j++) {
            final float v = below[j];
            a += w[first + j] * v;
            b += w[second + j] * v;
            c += w[third + j] * v;
            d += w[fourth + j] * v;
        }
        to[row] = a;
        to[row + 1] = b;
        to[row + 2] = c;
        to[row + 3] = d;
    }

    private static float sum(final float[] w, final int row, final float[] below) {
        float a = 0;
        for (int j = 0; j < below.length; j++) {
            a += w[row * below.length + j] * below[j];
        }
        return a;
    }

    @Override
    void backwardAndLearn(final int layer) {
        final float[] echo = delta[layer - 1];
        Arrays.fill(echo, 0);
        for (int row = 0; row < delta[layer].length; row++) {
            // Two loops over a row that lies in the nearest cache by then: C2 makes vectors of each.
            addRow(weights[layer], row * echo.length, delta[layer][row], echo);
            correctRow(weights[layer], row * echo.length, -rate * delta[layer][row], x[layer - 1]);
        }
    }

    private static void addRow(final float[] w, final int first, final float error, final float[] echo) {
        for (int j = 0; j < echo.length; j++) {
            echo[j] += w[first + j] * error;
        }
    }

    private static void correctRow(final float[] w, final int first, final float step, final float[] below) {
        for (int j = 0; j < below.length; j++) {
            w[first + j] += step * below[j];
        }
    }

    @Override
    void backward(final int layer) {
        throw new UnsupportedOperationException("backward and update are one loop");
    }

    @Override
    void learn(final int layer) {
        for (int row = 0; row < delta[layer].length; row++) {
            correctRow(weights[layer], row * x[layer - 1].length, -rate * delta[layer][row], x[layer - 1]);
        }
    }

    @Override
    public void weights(final int layer, final float[] to) {
        System.arraycopy(weights[layer], 0, to, 0, to.length);
    }

    /** A weight is read twice and written once: forward, then backward and update together. */
    @Override
    public long weightBytes() {
        return chain.bytes(3, 3);
    }
}
