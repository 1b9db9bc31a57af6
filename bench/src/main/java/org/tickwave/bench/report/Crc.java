package org.tickwave.bench.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.tickwave.Engine;
import org.tickwave.Network;
import org.tickwave.bench.model.Weights;
import org.tickwave.bench.net.Graphs;
import org.tickwave.pipeline.Image;

/**
 * CRC-32C over weights and biases, as little-endian float32. In a chain, for each layer in order, the weights come row
 * by row, then the biases. In another graph the weights of all projections come first, in their order, and then the biases of all
 * layers.
 */
public final class Crc {
    private final CRC32C crc = new CRC32C();
    private ByteBuffer bytes = ByteBuffer.allocate(0);

    private Crc() {
    }

    /**
     * The CRC of an engine's weights and biases, as eight hexadecimal digits; also after a band has failed.
     *
     * @throws IllegalStateException if a band has failed and another one has not stopped
     */
    public static String of(final Engine engine) {
        return of(engine.network(), Weights.of(engine));
    }

    /** The CRC of the weights and biases in an image. */
    public static String of(final Network network, final Image image) {
        return of(network, Weights.of(image));
    }

    private static String of(final Network network, final Weights weights) {
        try {
            return compute(network, weights);
        } catch (final IOException e) {
            // Neither an engine nor an image is a file.
            throw new UncheckedIOException(e);
        }
    }

    private static String compute(final Network network, final Weights weights) throws IOException {
        final Crc crc = new Crc();
        final boolean chain = Graphs.chain(network);
        for (int k = 1; k <= network.projections(); k++) {
            final float[] row = new float[network.width(network.from(k))];
            for (int r = 0; r < network.width(network.to(k)); r++) {
                weights.readRow(k, r, row);
                crc.add(row);
            }
            if (chain) {
                crc.addBiases(weights, k, network.width(k));
            }
        }
        for (int l = network.inputs(); l <= network.last() && !chain; l++) {
            crc.addBiases(weights, l, network.width(l));
        }
        return String.format("%08x", crc.crc.getValue());
    }

    private void addBiases(final Weights weights, final int layer, final int width) throws IOException {
        final float[] biases = new float[width];
        weights.readBiases(layer, biases);
        add(biases);
    }

    private void add(final float[] numbers) {
        if (bytes.capacity() < numbers.length * Float.BYTES) {
            bytes = ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        }
        bytes.clear();
        bytes.asFloatBuffer().put(numbers);
        bytes.limit(numbers.length * Float.BYTES);
        crc.update(bytes);
    }
}
