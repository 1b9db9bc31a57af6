package org.tickwave.bench.model;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tickwave.Network;
import org.tickwave.bench.stream.Printable;

/**
 * Writes a model to a safetensors file. The tensors have the names and shapes of a PyTorch {@code nn.Sequential} in which linear
 * layers and activations alternate:
 *
 * <pre>
 * 0.weight [out, in]   0.bias [out]   2.weight ...   2(L-1).bias
 * </pre>
 *
 * Those of a network that a description names have the names of its layers. The projections come first, in their order:
 *
 * <pre>
 * UPPER/from/LOWER [out, in]   ...   LAYER/bias [out]   ...
 * </pre>
 */
public final class ModelFile {
    private ModelFile() {
    }

    /**
     * Writes a model as a whole or not at all. Equal models give equal bytes.
     *
     * @param version version of tickwave
     * @throws ModelException if the file cannot be written, or the disk has no room for the file; the old file is unchanged
     */
    public static void write(final Path file, final Model model, final String version) throws IOException {
        final SafetensorsWriter writer = writer(model, version);
        AtomicFile.expectRoom(file, writer.bytes());
        AtomicFile.write(file, writer::write);
    }

    static void write(final OutputStream to, final Model model, final String version) throws IOException {
        writer(model, version).write(to);
    }

    private static SafetensorsWriter writer(final Model model, final String version) throws IOException {
        final Network network = model.network();
        final Weights weights = model.weights();
        final List<SafetensorsWriter.Tensor> tensors = new ArrayList<>();
        final TensorNames names = model.graph() == null ? TensorNames.ofChain() : TensorNames.ofGraph(network);
        for (int k = 1; k <= network.projections(); k++) {
            final int projection = k;
            tensors.add(new SafetensorsWriter.Tensor(names.weight(k), TensorNames.weightShape(network, k),
                (row, into) -> weights.readRow(projection, row, into)));
            if (model.graph() == null) {
                tensors.add(biases(names, network, k, weights));
            }
        }
        for (int l = network.inputs(); l <= network.last() && model.graph() != null; l++) {
            tensors.add(biases(names, network, l, weights));
        }
        return new SafetensorsWriter(MetadataWriter.of(model, version), tensors);
    }

    private static SafetensorsWriter.Tensor biases(
        final TensorNames names, final Network network, final int layer, final Weights weights) {
        return new SafetensorsWriter.Tensor(names.bias(layer), TensorNames.biasShape(network, layer), (row, into) -> weights.readBiases(layer, into));
    }

    /**
     * The size of the file of a model. The model's weights are not read and may be null.
     *
     * @param version version of tickwave
     * @throws ModelException if a projection has more weights than a tensor in a file may have
     */
    public static long bytes(final Path file, final Model model, final String version) throws IOException {
        final Network network = model.network();
        for (int k = 1; k <= network.projections(); k++) {
            final long weights = (long) network.width(network.to(k)) * network.width(network.from(k));
            if (weights > Safetensors.MOST_NUMBERS) {
                final String which = model.graph() == null ? "layer " + k
                    : "projection " + network.name(network.from(k)) + " -> " + network.name(network.to(k));
                throw new ModelException(Printable.text(file.toString()) + ": " + which + " of " + network + " has " + weights
                    + " weights: expected at most " + Safetensors.MOST_NUMBERS + " to save");
            }
        }
        return writer(model, version).bytes();
    }
}
