package org.tickwave.bench.model;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.tickwave.Network;
import org.tickwave.bench.net.NetworkDescription;
import org.tickwave.bench.stream.Printable;

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
            expectChain(in, widths);
            model = metadata.model(widths, new Rows(in, TensorNames.ofChain(), widths.length - 1, 1, widths.length - 1));
        } else {
            final Network network = network(in, graph);
            final TensorNames names = TensorNames.ofGraph(network);
            expectGraph(in, network, names);
            model = metadata.model(graph, network, new Rows(in, names, network.projections(), network.inputs(), network.last()));
        }
        in.expectGood();
    }

    /**
     * Opens a model and reads the whole file once, to check all numbers.
     *
     * @throws ModelException if the file does not exist, is not a model, or contains bad numbers
     */
    public static SavedModel open(final Path file) throws IOException {
        return open(Safetensors.open(file));
    }

    /**
     * Opens a model from a channel.
     *
     * @param name    name of the file in messages
     * @param channel closed with the model
     */
    static SavedModel open(final String name, final SeekableByteChannel channel) throws IOException {
        return open(new Safetensors(name, channel));
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

        private Rows(final Safetensors in, final TensorNames names, final int projections, final int inputs, final int last) {
            this.in = in;
            weights = new Safetensors.Tensor[projections + 1];
            biases = new Safetensors.Tensor[last + 1];
            final Map<String, Safetensors.Tensor> tensors = new HashMap<>();
            in.tensors().forEach(tensor -> tensors.put(tensor.name(), tensor));
            for (int k = 1; k <= projections; k++) {
                weights[k] = tensors.get(names.weight(k));
            }
            for (int l = inputs; l <= last; l++) {
                biases[l] = tensors.get(names.bias(l));
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

    private static Network network(final Safetensors in, final NetworkDescription graph) throws ModelException {
        try {
            return graph.network();
        } catch (final IllegalArgumentException e) {
            throw new ModelException(in.name() + ": metadata: " + Metadata.NETWORK_KEY + ": " + e.getMessage());
        }
    }

    private static void expectGraph(final Safetensors in, final Network network, final TensorNames names) throws ModelException {
        final String with = " with the network of the metadata";
        final Map<String, Safetensors.Tensor> left = new HashMap<>();
        in.tensors().forEach(tensor -> left.put(tensor.name(), tensor));
        for (int k = 1; k <= network.projections(); k++) {
            expect(in, left.remove(names.weight(k)), names.weight(k), TensorNames.weightShape(network, k), with);
        }
        for (int l = network.inputs(); l <= network.last(); l++) {
            expect(in, left.remove(names.bias(l)), names.bias(l), TensorNames.biasShape(network, l), with);
        }
        for (final Safetensors.Tensor tensor : in.tensors()) {
            if (left.containsKey(tensor.name())) {
                throw new ModelException(in.name() + ": unknown " + tensor.shown() + "expected only tensors of the projections and biases" + with);
            }
        }
    }

    private static void expectChain(final Safetensors in, final int[] widths) throws ModelException {
        final TensorNames names = TensorNames.ofChain();
        final String with = " with widths " + Printable.text(Arrays.toString(widths));
        final Map<String, Safetensors.Tensor> left = new HashMap<>();
        in.tensors().forEach(tensor -> left.put(tensor.name(), tensor));
        for (int l = 1; l < widths.length; l++) {
            expect(in, left.remove(names.weight(l)), names.weight(l), new int[] {widths[l], widths[l - 1]}, with);
            expect(in, left.remove(names.bias(l)), names.bias(l), new int[] {widths[l]}, with);
        }
        for (final Safetensors.Tensor tensor : in.tensors()) {
            if (left.containsKey(tensor.name())) {
                throw new ModelException(in.name() + ": unknown " + tensor.shown() + "expected only 0.weight to "
                    + names.bias(widths.length - 1) + with);
            }
        }
    }

    private static void expect(
        final Safetensors in, final Safetensors.Tensor found, final String name, final int[] shape, final String with)
        throws ModelException {
        if (found == null) {
            throw new ModelException(
                in.name() + ": no tensor " + name + ": expected a tensor of shape " + Arrays.toString(shape) + with);
        }
        if (!Arrays.equals(found.shape(), shape)) {
            throw new ModelException(in.name() + ": " + found.shown() + "shape " + Arrays.toString(found.shape())
                + ": expected " + Arrays.toString(shape) + with);
        }
    }
}
