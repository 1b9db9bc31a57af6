package org.tickwave;

import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.tickwave.pipeline.Image;
import org.tickwave.pipeline.Settings;
import org.tickwave.pipeline.Source;

/**
 * Reads and sets the weights and biases of an engine. Every method checks its arguments, then waits until the engine is between two
 * ticks. A method that sets has no layer learn until a new frame and its error have gone through the network.
 */
final class EngineWeights {
    private final Network network;
    private final EngineState state;
    private final Image image;
    private final Source source;
    private final Settings settings;
    private final Parameters parameters;

    EngineWeights(
        final Network network, final EngineState state, final Image image, final Source source, final Settings settings) {
        this.network = network;
        this.state = state;
        this.image = image;
        this.source = source;
        this.settings = settings;
        parameters = new Parameters(network);
    }

    void read(final int projection, final float[] to) {
        state.expectNotClosed();
        Objects.requireNonNull(to, "to");
        parameters.expectWeights(projection, to);
        state.settle();
        image.readWeights(projection, to);
    }

    void readRow(final int projection, final int row, final float[] to) {
        state.expectNotClosed();
        Objects.requireNonNull(to, "to");
        parameters.expectRow(projection, row, to);
        state.settle();
        image.readRow(projection, row, to, 0);
    }

    void readRow(final int projection, final int row, final MemorySegment to, final long offsetBytes) {
        state.expectNotClosed();
        Objects.requireNonNull(to, "to");
        final MemorySegment numbers = parameters.row(projection, row, to, offsetBytes);
        parameters.expectWritable(to);
        state.settle();
        image.readRow(projection, row, numbers);
    }

    void readBiases(final int layer, final float[] to) {
        state.expectNotClosed();
        Objects.requireNonNull(to, "to");
        parameters.expectBiases(layer, to);
        state.settle();
        image.readBiases(layer, to);
    }

    void readBiases(final int layer, final MemorySegment to, final long offsetBytes) {
        state.expectNotClosed();
        Objects.requireNonNull(to, "to");
        final MemorySegment numbers = parameters.biases(layer, to, offsetBytes);
        parameters.expectWritable(to);
        state.settle();
        image.readBiases(layer, numbers);
    }

    void set(final int projection, final float[] weights, final float[] biases) {
        state.expectOpen();
        Objects.requireNonNull(weights, "weights");
        Objects.requireNonNull(biases, "biases");
        final int layer = network.to(projection);
        parameters.expectWeights(projection, weights);
        parameters.expectBiases(layer, biases);
        parameters.expectGoodWeights(projection, weights);
        parameters.expectGoodBiases(layer, biases);
        state.finish();
        image.writeWeights(projection, weights);
        image.writeBiases(layer, biases);
        settings.restart(source.committed());
    }

    void setRow(final int projection, final int row, final float[] weights) {
        state.expectOpen();
        Objects.requireNonNull(weights, "weights");
        parameters.expectRow(projection, row, weights);
        parameters.expectGoodRow(projection, row, weights);
        state.finish();
        image.writeRow(projection, row, weights);
        settings.restart(source.committed());
    }

    void setRow(final int projection, final int row, final MemorySegment weights, final long offsetBytes) {
        state.expectOpen();
        Objects.requireNonNull(weights, "weights");
        final MemorySegment numbers = parameters.row(projection, row, weights, offsetBytes);
        parameters.expectGoodRow(projection, row, numbers);
        state.finish();
        image.writeRow(projection, row, numbers);
        settings.restart(source.committed());
    }

    void setBiases(final int layer, final float[] biases) {
        state.expectOpen();
        Objects.requireNonNull(biases, "biases");
        parameters.expectBiases(layer, biases);
        parameters.expectGoodBiases(layer, biases);
        state.finish();
        image.writeBiases(layer, biases);
        settings.restart(source.committed());
    }

    void setBiases(final int layer, final MemorySegment biases, final long offsetBytes) {
        state.expectOpen();
        Objects.requireNonNull(biases, "biases");
        final MemorySegment numbers = parameters.biases(layer, biases, offsetBytes);
        parameters.expectGoodBiases(layer, numbers);
        state.finish();
        image.writeBiases(layer, numbers);
        settings.restart(source.committed());
    }
}
