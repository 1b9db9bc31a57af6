package org.tickwave.bench.peer;

import java.util.Arrays;

/**
 * Plain Java loops. Each row of the weights is an array, and all arrays of a loop have the same index: else C2 of JDK 25 makes no vectors
 * of the loop, since the arrays could be the same one. C2 may not reorder a sum, so each forward loop adds up eight rows: eight sums that do
 * not wait for each other.
 */
final class PlainStep extends LayeredStep {
    private static final int ROWS = 8;

    /** At the index of each layer its rows. */
    private final float[][][] weights;

    PlainStep(final Chain chain) {
        super(chain);
        weights = new float[chain.last() + 1][][];
        for (int l = 1; l <= chain.last(); l++) {
            final int columns = chain.width(l - 1);
            weights[l] = new float[chain.width(l)][];
            for (int row = 0; row < weights[l].length; row++) {
                weights[l][row] = Arrays.copyOfRange(chain.weights()[l], row * columns, (row + 1) * columns);
            }
        }
    }

    @Override
    void forward(final int layer) {
        final float[][] rows = weights[layer];
        int row = 0;
        for (; row + ROWS <= rows.length; row += ROWS) {
            eightSums(rows, row, x[layer - 1], x[layer]);
        }
        for (; row < rows.length; row++) {
            x[layer][row] = sum(rows[row], x[layer - 1]);
        }
    }

    private static void eightSums(final float[][] rows, final int row, final float[] below, final float[] to) {
        final float[] first = rows[row];
        final float[] second = rows[row + 1];
        final float[] third = rows[row + 2];
        final float[] fourth = rows[row + 3];
        final float[] fifth = rows[row + 4];
        final float[] sixth = rows[row + 5];
        final float[] seventh = rows[row + 6];
        final float[] eighth = rows[row + 7];
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        float e = 0;
        float f = 0;
        float g = 0;
        float h = 0;
        for (int j = 0; j < below.length; j++) {
            final float v = below[j];
            a += first[j] * v;
            b += second[j] * v;
            c += third[j] * v;
            d += fourth[j] * v;
            e += fifth[j] * v;
            f += sixth[j] * v;
            g += seventh[j] * v;
            h += eighth[j] * v;
        }
        to[row] = a;
        to[row + 1] = b;
        to[row + 2] = c;
        to[row + 3] = d;
        to[row + 4] = e;
        to[row + 5] = f;
        to[row + 6] = g;
        to[row + 7] = h;
    }

    private static float sum(final float[] weights, final float[] below) {
        float a = 0;
        for (int j = 0; j < below.length; j++) {
            a += weights[j] * below[j];
        }
        return a;
    }

    @Override
    void backwardAndLearn(final int layer) {
        final float[] echo = delta[layer - 1];
        Arrays.fill(echo, 0);
        for (int row = 0; row < delta[layer].length; row++) {
            // Two loops over a row, which lies in the nearest cache by then.
            add(delta[layer][row], weights[layer][row], echo);
            add(-rate * delta[layer][row], x[layer - 1], weights[layer][row]);
        }
    }

    private static void add(final float factor, final float[] from, final float[] to) {
        for (int j = 0; j < to.length; j++) {
            to[j] += factor * from[j];
        }
    }

    @Override
    void backward(final int layer) {
        throw new UnsupportedOperationException("backward and update are done row by row");
    }

    @Override
    void learn(final int layer) {
        for (int row = 0; row < delta[layer].length; row++) {
            add(-rate * delta[layer][row], x[layer - 1], weights[layer][row]);
        }
    }

    @Override
    public void weights(final int layer, final float[] to) {
        final int columns = chain.width(layer - 1);
        for (int row = 0; row < weights[layer].length; row++) {
            System.arraycopy(weights[layer][row], 0, to, row * columns, columns);
        }
    }

    /** A weight is read twice and written once: forward, then backward and update together. */
    @Override
    public long weightBytes() {
        return chain.bytes(3, 3);
    }
}
