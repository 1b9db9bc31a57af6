package org.tickwave.bench.model;

/**
 * Weights on the heap.
 *
 * @param weights weights of projection k at index k - 1, row by row
 * @param biases  biases of layer l at index l - 1
 */
public record Layers(float[][] weights, float[][] biases) implements Weights {
    @Override
    public void readRow(final int projection, final int row, final float[] to) {
        System.arraycopy(weights[projection - 1], row * to.length, to, 0, to.length);
    }

    @Override
    public void readBiases(final int layer, final float[] to) {
        System.arraycopy(biases[layer - 1], 0, to, 0, to.length);
    }
}
