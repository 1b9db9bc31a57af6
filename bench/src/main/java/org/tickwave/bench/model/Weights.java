package org.tickwave.bench.model;

import java.io.IOException;
import org.tickwave.Engine;
import org.tickwave.pipeline.Image;

/** Weights and biases of a network, in any storage. They are read row by row, so that a reader needs memory for one row only. */
public interface Weights {
    /** @param to receives as many numbers as the lower layer of the projection is wide */
    void readRow(int projection, int row, float[] to) throws IOException;

    /** @param to receives width(layer) numbers */
    void readBiases(int layer, float[] to) throws IOException;

    /** The weights and biases of an engine at the time of each read. */
    static Weights of(final Engine engine) {
        return new Weights() {
            @Override
            public void readRow(final int projection, final int row, final float[] to) {
                engine.weights(projection, row, to);
            }

            @Override
            public void readBiases(final int layer, final float[] to) {
                engine.biases(layer, to);
            }
        };
    }

    /** The weights and biases of an image. */
    static Weights of(final Image image) {
        return new Weights() {
            @Override
            public void readRow(final int projection, final int row, final float[] to) {
                image.readRow(projection, row, to, 0);
            }

            @Override
            public void readBiases(final int layer, final float[] to) {
                image.readBiases(layer, to);
            }
        };
    }
}
