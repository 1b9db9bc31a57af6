package org.tickwave.bench.model;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tickwave.Network;
import org.tickwave.bench.stream.Printable;

/**
 * A model in a safetensors file, its tensors named and shaped as a PyTorch {@code nn.Sequential} has them whose linear layers
 * have an activation between them:
 *
 * <pre>
 * 0.weight [out, in]   0.bias [out]   2.weight ...   2(L-1).bias
 * </pre>
 */
public final class ModelFile {
    private ModelFile() {
    }

    /**
     * Writes a model, whole or not at all; the same bytes for the same model.
     *
     * @param version of tickwave
     * @throws ModelException if it cannot be written; the file is as it was
     */
    public static void write(final Path file, final Model model, final String version) throws IOException {
        AtomicFile.write(file, to -> write(to, model, version));
    }

    static void write(final OutputStream to, final Model model, final String version) throws IOException {
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
        SafetensorsWriter.write(to, MetadataWriter.of(model, version), tensors);
    }

    /**
     * The bytes of its numbers; a header comes before them.
     *
     * @throws ModelException if a layer has more of them than a file is read with
     */
    public static long dataBytes(final Path file, final Network network) throws ModelException {
        long numbers = 0;
        for (int l = 1; l <= network.layers(); l++) {
            final long weights = (long) network.width(l) * network.width(l - 1);
            if (weights > Safetensors.MOST_NUMBERS) {
                throw new ModelException(Printable.text(file.toString()) + ": layer " + l + " of " + network + " has " + weights
                    + " weights: expected at most " + Safetensors.MOST_NUMBERS + " to save");
            }
            numbers += weights + network.width(l);
        }
        return numbers * Float.BYTES;
    }

    /**
     * Reads a model; nothing of it, if anything in the file is not as it should be.
     *
     * @throws ModelException if there is no such file, or it holds no model, or numbers that are not good
     */
    public static Model read(final Path file) throws IOException {
        try (Safetensors in = Safetensors.open(file)) {
            return read(in);
        }
    }

    /**
     * The same, of bytes from elsewhere.
     *
     * @param name    for messages
     * @param size    bytes that there are
     * @param channel that is closed when it is read
     */
    public static Model read(final String name, final long size, final ReadableByteChannel channel) throws IOException {
        try (channel; Safetensors in = new Safetensors(name, size, channel)) {
            return read(in);
        }
    }

    private static Model read(final Safetensors in) throws IOException {
        final Metadata metadata = new Metadata(in.name(), in.metadata());
        final int[] widths = metadata.widths();
        expectTensors(in, widths);
        final int layers = widths.length - 1;
        final Layers all = new Layers(new float[layers][], new float[layers][]);
        final Model model = metadata.model(widths, all);
        final Map<String, float[]> data = in.data();
        for (int l = 1; l <= layers; l++) {
            all.weights()[l - 1] = data.get(weight(l));
            all.biases()[l - 1] = data.get(bias(l));
        }
        return model;
    }

    private static void expectTensors(final Safetensors in, final int[] widths) throws ModelException {
        final String with = " with widths " + Printable.text(Arrays.toString(widths));
        final Map<String, Safetensors.Tensor> left = new HashMap<>();
        in.tensors().forEach(tensor -> left.put(tensor.name(), tensor));
        for (int l = 1; l < widths.length; l++) {
            expect(in, left.remove(weight(l)), weight(l), new int[] {widths[l], widths[l - 1]}, with);
            expect(in, left.remove(bias(l)), bias(l), new int[] {widths[l]}, with);
        }
        for (final Safetensors.Tensor tensor : in.tensors()) {
            if (left.containsKey(tensor.name())) {
                throw new ModelException(in.name() + ": " + tensor.shown() + "one too many: expected 0.weight to "
                    + bias(widths.length - 1) + with);
            }
        }
    }

    private static void expect(
        final Safetensors in, final Safetensors.Tensor found, final String name, final int[] shape, final String with)
        throws ModelException {
        if (found == null) {
            throw new ModelException(in.name() + ": no tensor " + name + ": expected it" + with);
        }
        if (!Arrays.equals(found.shape(), shape)) {
            throw new ModelException(in.name() + ": " + found.shown() + "shape " + Arrays.toString(found.shape())
                + ": expected " + Arrays.toString(shape) + with);
        }
    }

    private static String weight(final int layer) {
        return 2 * (layer - 1) + ".weight";
    }

    private static String bias(final int layer) {
        return 2 * (layer - 1) + ".bias";
    }
}
