package org.tickwave.bench.model;

import java.io.IOException;
import org.tickwave.Engine;
import org.tickwave.pipeline.Image;

/** Weights and biases of a network, wherever they are: read row by row, so that nobody needs room for all of them. */
public interface Weights {
    /** @param to width(layer - 1) numbers; filled */
    void readRow(int layer, int row, float[] to) throws IOException;

    /** @param to width(layer) numbers; filled */
    void readBiases(int layer, float[] to) throws IOException;

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
