package org.tickwave;

import java.lang.foreign.MemorySegment;
import org.tickwave.kernel.Good;

/** Checks the weights and biases that a caller gives or wants, and names them in messages. */
final class Parameters {
    private final Network network;

    Parameters(final Network network) {
        this.network = network;
    }

    void expectWeights(final int projection, final float[] weights) {
        final long expected = (long) rows(projection) * columns(projection);
        if (weights.length != expected) {
            throw length("weights of " + network.names().projectionText(projection), weights.length, expected);
        }
    }

    void expectRow(final int projection, final int row, final float[] weights) {
        expectRow(projection, row);
        if (weights.length != columns(projection)) {
            throw length("weights of " + network.names().projectionText(projection), weights.length, columns(projection));
        }
    }

    private void expectRow(final int projection, final int row) {
        final int rows = rows(projection);
        if (row < 0 || row >= rows) {
            throw new IllegalArgumentException(
                "row " + row + " of " + network.names().projectionText(projection) + ": expected 0 to " + (rows - 1));
        }
    }

    /** The part of a segment that holds a row. */
    MemorySegment row(final int projection, final int row, final MemorySegment in, final long offsetBytes) {
        expectRow(projection, row);
        return in.asSlice(offsetBytes, (long) columns(projection) * Float.BYTES);
    }

    /** The part of a segment that holds the biases of a layer. */
    MemorySegment biases(final int layer, final MemorySegment in, final long offsetBytes) {
        network.activation(layer);
        return in.asSlice(offsetBytes, (long) network.width(layer) * Float.BYTES);
    }

    void expectWritable(final MemorySegment to) {
        if (to.isReadOnly()) {
            throw new IllegalArgumentException("a read-only segment: expected one that can be written");
        }
    }

    void expectBiases(final int layer, final float[] biases) {
        network.activation(layer);
        if (biases.length != network.width(layer)) {
            throw length("biases of " + network.names().layerText(layer), biases.length, network.width(layer));
        }
    }

    private static IllegalArgumentException length(final String what, final int length, final long expected) {
        return new IllegalArgumentException(what + ": an array of " + length + " numbers, expected " + expected);
    }

    void expectGoodWeights(final int projection, final float[] weights) {
        final int bad = Good.firstBad(weights);
        if (bad >= 0) {
            throw bad("weight " + bad + " of " + network.names().projectionText(projection), weights[bad]);
        }
    }

    void expectGoodRow(final int projection, final int row, final float[] weights) {
        final int bad = Good.firstBad(weights);
        if (bad >= 0) {
            throw bad("weight " + bad + " of row " + row + " of " + network.names().projectionText(projection), weights[bad]);
        }
    }

    void expectGoodRow(final int projection, final int row, final MemorySegment weights) {
        final int bad = Good.firstBad(weights);
        if (bad >= 0) {
            throw bad("weight " + bad + " of row " + row + " of " + network.names().projectionText(projection), Good.at(weights, bad));
        }
    }

    void expectGoodBiases(final int layer, final MemorySegment biases) {
        final int bad = Good.firstBad(biases);
        if (bad >= 0) {
            throw bad("bias " + bad + " of " + network.names().layerText(layer), Good.at(biases, bad));
        }
    }

    void expectGoodBiases(final int layer, final float[] biases) {
        final int bad = Good.firstBad(biases);
        if (bad >= 0) {
            throw bad("bias " + bad + " of " + network.names().layerText(layer), biases[bad]);
        }
    }

    private static IllegalArgumentException bad(final String what, final float value) {
        return new IllegalArgumentException(what + " is " + value + ": expected at most 2^30 in magnitude");
    }

    private int rows(final int projection) {
        return network.width(network.to(projection));
    }

    private int columns(final int projection) {
        return network.width(network.from(projection));
    }
}
