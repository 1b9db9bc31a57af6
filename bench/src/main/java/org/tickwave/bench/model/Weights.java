package org.tickwave.bench.model;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.tickwave.Engine;
import org.tickwave.pipeline.Image;

/** Weights and biases of a network, in any storage. They are read row by row, so that a reader needs memory for one row only. */
public interface Weights {
    /** Of a number in memory. */
    ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** @param to receives as many numbers as the lower layer of the projection is wide */
    void readRow(int projection, int row, float[] to) throws IOException;

    /** @param to receives width(layer) numbers */
    void readBiases(int layer, float[] to) throws IOException;

    /** @param to receives as many float32 as the lower layer of the projection is wide; outside the heap */
    default void readRow(final int projection, final int row, final MemorySegment to) throws IOException {
        final float[] numbers = new float[(int) (to.byteSize() / Float.BYTES)];
        readRow(projection, row, numbers);
        MemorySegment.copy(numbers, 0, to, FLOAT, 0, numbers.length);
    }

    /** @param to receives width(layer) float32; outside the heap */
    default void readBiases(final int layer, final MemorySegment to) throws IOException {
        final float[] numbers = new float[(int) (to.byteSize() / Float.BYTES)];
        readBiases(layer, numbers);
        MemorySegment.copy(numbers, 0, to, FLOAT, 0, numbers.length);
    }

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

            @Override
            public void readRow(final int projection, final int row, final MemorySegment to) {
                engine.weights(projection, row, to, 0);
            }

            @Override
            public void readBiases(final int layer, final MemorySegment to) {
                engine.biases(layer, to, 0);
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
