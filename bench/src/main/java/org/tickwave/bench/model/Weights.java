package org.tickwave.bench.model;

import org.tickwave.Engine;
import org.tickwave.Network;
import org.tickwave.pipeline.Image;

/** Weights and biases of a network, wherever they are: read row by row, so that nobody needs room for all of them. */
public interface Weights {
    /** @param to width(layer - 1) numbers; filled */
    void readRow(int layer, int row, float[] to);

    /** @param to width(layer) numbers; filled */
    void readBiases(int layer, float[] to);

    /** Takes a layer's weights, row by row, and its biases; keeps neither array. */
    interface Taker {
        void take(int layer, float[] weights, float[] biases);
    }

    /** Gives all layers, one after another, first to last. */
    default void give(final Network network, final Taker taker) {
        for (int l = 1; l <= network.layers(); l++) {
            final float[] row = new float[network.width(l - 1)];
            final float[] weights = new float[Math.multiplyExact(network.width(l), row.length)];
            final float[] biases = new float[network.width(l)];
            for (int r = 0; r < biases.length; r++) {
                readRow(l, r, row);
                System.arraycopy(row, 0, weights, r * row.length, row.length);
            }
            readBiases(l, biases);
            taker.take(l, weights, biases);
        }
    }

    /** Those that an engine has whenever they are read. */
    static Weights of(final Engine engine) {
        return new Weights() {
            @Override
            public void readRow(final int layer, final int row, final float[] to) {
                engine.weights(layer, row, to);
            }

            @Override
            public void readBiases(final int layer, final float[] to) {
                engine.biases(layer, to);
            }
        };
    }

    /** Those of an image. */
    static Weights of(final Image image) {
        return new Weights() {
            @Override
            public void readRow(final int layer, final int row, final float[] to) {
                image.readRow(layer, row, to, 0);
            }

            @Override
            public void readBiases(final int layer, final float[] to) {
                image.readBiases(layer, to);
            }
        };
    }
}
