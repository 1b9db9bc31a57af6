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
        for (int l = 1; l <= network.layers(); l++) {
            final int layer = l;
            final int out = network.width(l);
            tensors.add(new SafetensorsWriter.Tensor(weight(l), new int[] {out, network.width(l - 1)},
                (row, into) -> weights.readRow(layer, row, into)));
            tensors.add(new SafetensorsWriter.Tensor(bias(l), new int[] {out}, (row, into) -> weights.readBiases(layer, into)));
        }
        return new SafetensorsWriter(MetadataWriter.of(model, version), tensors);
    }

    /**
     * The size of the file of a model. The model's weights are not read and may be null.
     *
     * @param version version of tickwave
     * @throws ModelException if a layer has more weights than a tensor in a file may have
     */
    public static long bytes(final Path file, final Model model, final String version) throws IOException {
        final Network network = model.network();
        for (int l = 1; l <= network.layers(); l++) {
            final long weights = (long) network.width(l) * network.width(l - 1);
            if (weights > Safetensors.MOST_NUMBERS) {
                throw new ModelException(Printable.text(file.toString()) + ": layer " + l + " of " + network + " has " + weights
                    + " weights: expected at most " + Safetensors.MOST_NUMBERS + " to save");
            }
        }
        return writer(model, version).bytes();
    }

    static String weight(final int layer) {
        return 2 * (layer - 1) + ".weight";
    }

    static String bias(final int layer) {
        return 2 * (layer - 1) + ".bias";
    }
}
