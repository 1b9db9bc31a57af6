package org.tickwave.bench.model;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tickwave.Network;
import org.tickwave.bench.stream.Printable;
import org.tickwave.safetensors.NetworkTensors;
import org.tickwave.safetensors.Safetensors;
import org.tickwave.safetensors.SafetensorsWriter;
import org.tickwave.safetensors.file.FileException;

/**
 * Writes a model to a safetensors file. {@link NetworkTensors} says which names the tensors have.
 */
public final class ModelFile {
    private ModelFile() {
    }

    /**
     * Writes a model as a whole or not at all. Equal models give equal bytes.
     *
     * @param version version of tickwave
     * @throws FileException if the file cannot be written, or the disk has no room for the file; the old file is unchanged
     */
    public static void write(final Path file, final Model model, final String version) throws IOException {
        writer(model, version).write(file);
    }

    static void write(final WritableByteChannel to, final Model model, final String version) throws IOException {
        writer(model, version).write(to);
    }

    private static SafetensorsWriter writer(final Model model, final String version) throws IOException {
        final Network network = model.network();
        final Weights weights = model.weights();
        final NetworkTensors names = NetworkTensors.of(network);
        final Map<String, SafetensorsWriter.Rows> rows = new HashMap<>();
        for (int k = 1; k <= network.projections(); k++) {
            final int projection = k;
            rows.put(names.weights(k), (row, to) -> weights.readRow(projection, row, to));
        }
        for (int l = network.inputs(); l <= network.last(); l++) {
            final int layer = l;
            rows.put(names.biases(l), (row, to) -> weights.readBiases(layer, to));
        }
        final List<SafetensorsWriter.Tensor> tensors = new ArrayList<>();
        names.shapes().forEach((name, shape) -> tensors.add(new SafetensorsWriter.Tensor(name, shape, rows.get(name))));
        return new SafetensorsWriter(MetadataWriter.of(model, version), tensors);
    }

    /**
     * The size of the file of a model. The model's weights are not read and may be null.
     *
     * @param version version of tickwave
     * @throws FileException if a projection has more weights than a tensor in a file may have
     */
    public static long bytes(final Path file, final Model model, final String version) throws IOException {
        final Network network = model.network();
        for (int k = 1; k <= network.projections(); k++) {
            final long weights = (long) network.width(network.to(k)) * network.width(network.from(k));
            if (weights > Safetensors.MOST_NUMBERS) {
                final String which = model.graph() == null ? "layer " + k
                    : "projection " + network.name(network.from(k)) + " -> " + network.name(network.to(k));
                throw new FileException(Printable.text(file.toString()) + ": " + which + " of " + network + " has " + weights
                    + " weights: expected at most " + Safetensors.MOST_NUMBERS + " to save");
            }
        }
        return writer(model, version).bytes();
    }
}
