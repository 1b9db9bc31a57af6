package org.tickwave.bench.model;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.tickwave.Network;
import org.tickwave.bench.net.NetworkDescription;
import org.tickwave.bench.stream.Printable;
import org.tickwave.safetensors.NetworkTensors;
import org.tickwave.safetensors.Safetensors;
import org.tickwave.safetensors.file.FileException;

/**
 * A model in an open file. The weights stay in the file and are read row by row. So every model that was saved can be loaded with the
 * same heap size.
 */
public final class SavedModel implements Closeable {
    private final Safetensors in;
    private final Model model;

    private SavedModel(final Safetensors in) throws IOException {
        this.in = in;
        final Metadata metadata = new Metadata(in.name(), in.metadata());
        final NetworkDescription graph = metadata.graph();
        if (graph == null) {
            final int[] widths = metadata.widths();
            final NetworkTensors names = NetworkTensors.ofChain(widths);
            final Map<String, Safetensors.Tensor> tensors = names.findIn(in, " with widths " + Printable.text(Arrays.toString(widths)));
            model = metadata.model(widths, new Rows(in, names, tensors, widths.length - 1, 1, widths.length - 1));
        } else {
            final Network network = network(in, graph);
            final NetworkTensors names = NetworkTensors.ofGraph(network);
            final Map<String, Safetensors.Tensor> tensors = names.findIn(in, " with the network of the metadata");
            model = metadata.model(graph, network, new Rows(in, names, tensors, network.projections(), network.inputs(), network.last()));
        }
        in.expectGood();
    }

    /**
     * Opens a model and reads the whole file once, to check all numbers.
     *
     * @throws FileException if the file does not exist, is not a model, or contains bad numbers
     */
    public static SavedModel open(final Path file) throws IOException {
        try {
            return open(Safetensors.open(file));
        } catch (final FileException e) {
            throw hinted(e);
        }
    }

    /**
     * Opens a model from a channel.
     *
     * @param name    name of the file in messages
     * @param channel closed with the model
     */
    static SavedModel open(final String name, final SeekableByteChannel channel) throws IOException {
        try {
            return open(Safetensors.open(name, channel));
        } catch (final FileException e) {
            throw hinted(e);
        }
    }

    /** A recording and a video are what a run learns from. */
    private static FileException hinted(final FileException e) {
        final String message = e.getMessage();
        return message.endsWith("it looks like a WAV recording") || message.endsWith("it looks like a Y4M video")
            ? new FileException(message + "; --input reads it", e) : e;
    }

    private static SavedModel open(final Safetensors in) throws IOException {
        try {
            return new SavedModel(in);
        } catch (final IOException | RuntimeException | Error e) {
            in.close();
            throw e;
        }
    }

    /** The model. Its weights can be read until this object is closed, by one thread at a time. */
    public Model model() {
        return model;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Reads the weights from the tensors of a file. */
    private static final class Rows implements Weights {
        private final Safetensors in;
        private final Safetensors.Tensor[] weights;
        private final Safetensors.Tensor[] biases;

        private Rows(
            final Safetensors in, final NetworkTensors names, final Map<String, Safetensors.Tensor> tensors, final int projections,
            final int inputs, final int last) {
            this.in = in;
            weights = new Safetensors.Tensor[projections + 1];
            biases = new Safetensors.Tensor[last + 1];
            for (int k = 1; k <= projections; k++) {
                weights[k] = tensors.get(names.weights(k));
            }
            for (int l = inputs; l <= last; l++) {
                biases[l] = tensors.get(names.biases(l));
            }
        }

        @Override
        public void readRow(final int projection, final int row, final float[] to) throws IOException {
            in.read(weights[projection], row * to.length, to);
        }

        @Override
        public void readBiases(final int layer, final float[] to) throws IOException {
            in.read(biases[layer], 0, to);
        }
    }

    private static Network network(final Safetensors in, final NetworkDescription graph) throws FileException {
        try {
            return graph.network();
        } catch (final IllegalArgumentException e) {
            throw new FileException(in.name() + ": metadata: " + Metadata.NETWORK_KEY + ": " + e.getMessage());
        }
    }
}
