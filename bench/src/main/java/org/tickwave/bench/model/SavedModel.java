package org.tickwave.bench.model;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
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
        final int[] widths = metadata.widths();
        expectTensors(in, widths);
        model = metadata.model(widths, new Rows(in, widths.length - 1));
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

        private Rows(final Safetensors in, final int layers) {
            this.in = in;
            weights = new Safetensors.Tensor[layers + 1];
            biases = new Safetensors.Tensor[layers + 1];
            final Map<String, Safetensors.Tensor> tensors = new HashMap<>();
            in.tensors().forEach(tensor -> tensors.put(tensor.name(), tensor));
            for (int l = 1; l <= layers; l++) {
                weights[l] = tensors.get(ModelFile.weight(l));
                biases[l] = tensors.get(ModelFile.bias(l));
            }
        }

        @Override
        public void readRow(final int layer, final int row, final float[] to) throws IOException {
            in.read(weights[layer], row * to.length, to);
        }

        @Override
        public void readBiases(final int layer, final float[] to) throws IOException {
            in.read(biases[layer], 0, to);
        }
    }

    private static void expectTensors(final Safetensors in, final int[] widths) throws ModelException {
        final String with = " with widths " + Printable.text(Arrays.toString(widths));
        final Map<String, Safetensors.Tensor> left = new HashMap<>();
        in.tensors().forEach(tensor -> left.put(tensor.name(), tensor));
        for (int l = 1; l < widths.length; l++) {
            expect(in, left.remove(ModelFile.weight(l)), ModelFile.weight(l), new int[] {widths[l], widths[l - 1]}, with);
            expect(in, left.remove(ModelFile.bias(l)), ModelFile.bias(l), new int[] {widths[l]}, with);
        }
        for (final Safetensors.Tensor tensor : in.tensors()) {
            if (left.containsKey(tensor.name())) {
                throw new ModelException(in.name() + ": unknown " + tensor.shown() + "expected only 0.weight to "
                    + ModelFile.bias(widths.length - 1) + with);
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
