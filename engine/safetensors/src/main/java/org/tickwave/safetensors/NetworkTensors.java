package org.tickwave.safetensors;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tickwave.Network;
import org.tickwave.safetensors.file.FileException;
import org.tickwave.safetensors.file.OneLine;

/**
 * Which tensors a network has in a file. Those of a chain have the names and shapes of a PyTorch {@code nn.Sequential} in which linear
 * layers and activations alternate:
 *
 * <pre>
 * 0.weight [out, in]   0.bias [out]   2.weight ...   2(L-1).bias
 * </pre>
 *
 * <p>Those of another graph have the names of its layers. The projections come first, in their order:
 *
 * <pre>
 * UPPER/from/LOWER [out, in]   ...   LAYER/bias [out]   ...
 * </pre>
 *
 * <p>Immutable.
 */
public final class NetworkTensors {
    private final IntFunction<String> weights;
    private final IntFunction<String> biases;
    /** By name, in the order of the file. */
    private final Map<String, List<Integer>> shapes;
    /** What a file may hold, in the message about a tensor that is too many. */
    private final String all;

    private NetworkTensors(
        final IntFunction<String> weights, final IntFunction<String> biases, final Map<String, List<Integer>> shapes, final String all) {
        this.weights = weights;
        this.biases = biases;
        this.shapes = shapes;
        this.all = all;
    }

    /**
     * The tensors of a network: those of a chain if {@link Network#chain} has made it, else those of a graph.
     *
     * @param network whose tensors are asked for
     * @return the tensors
     */
    public static NetworkTensors of(final Network network) {
        return network.isChain() ? ofChain(IntStream.rangeClosed(0, network.last()).map(network::width).toArray()) : ofGraph(network);
    }

    /**
     * The tensors of a chain.
     *
     * @param widths of the layers, from the input to the output; at least two
     * @return the tensors
     */
    public static NetworkTensors ofChain(final int... widths) {
        final IntFunction<String> weights = k -> 2 * (k - 1) + ".weight";
        final IntFunction<String> biases = l -> 2 * (l - 1) + ".bias";
        final Map<String, List<Integer>> shapes = new LinkedHashMap<>();
        for (int l = 1; l < widths.length; l++) {
            shapes.put(weights.apply(l), List.of(widths[l], widths[l - 1]));
            shapes.put(biases.apply(l), List.of(widths[l]));
        }
        return new NetworkTensors(weights, biases, shapes, "0.weight to " + biases.apply(widths.length - 1));
    }

    /**
     * The tensors of a graph.
     *
     * @param network with names; a chain has those of {@link Network#name}
     * @return the tensors
     */
    public static NetworkTensors ofGraph(final Network network) {
        final IntFunction<String> weights = k -> network.name(network.to(k)) + "/from/" + network.name(network.from(k));
        final IntFunction<String> biases = l -> network.name(l) + "/bias";
        final Map<String, List<Integer>> shapes = new LinkedHashMap<>();
        for (int k = 1; k <= network.projections(); k++) {
            shapes.put(weights.apply(k), List.of(network.width(network.to(k)), network.width(network.from(k))));
        }
        for (int l = network.inputs(); l <= network.last(); l++) {
            shapes.put(biases.apply(l), List.of(network.width(l)));
        }
        return new NetworkTensors(weights, biases, shapes, "tensors of the projections and biases");
    }

    /**
     * The name of a projection's weights.
     *
     * @param projection from 1 to {@link Network#projections()}
     * @return the name of a tensor of two dimensions
     */
    public String weights(final int projection) {
        return weights.apply(projection);
    }

    /**
     * The name of a layer's biases.
     *
     * @param layer the number of a layer that is no input
     * @return the name of a tensor of one dimension
     */
    public String biases(final int layer) {
        return biases.apply(layer);
    }

    /**
     * The shapes of all tensors.
     *
     * @return by name, in the order of the file
     */
    public Map<String, List<Integer>> shapes() {
        return Collections.unmodifiableMap(shapes);
    }

    /**
     * Finds each tensor in a file.
     *
     * @param file a file that is open
     * @param with what the expectation comes from, for messages: " with widths [4, 3, 2]"
     * @return the tensors by name
     * @throws IOException if the file has not exactly these tensors, in any order: the message names the first that is missing, has
     *                     another shape, or is unknown
     */
    public Map<String, Safetensors.Tensor> findIn(final Safetensors file, final String with) throws IOException {
        final Map<String, Safetensors.Tensor> found =
            file.tensors().stream().collect(Collectors.toMap(Safetensors.Tensor::name, tensor -> tensor));
        for (final Map.Entry<String, List<Integer>> expected : shapes.entrySet()) {
            final Safetensors.Tensor tensor = found.get(expected.getKey());
            if (tensor == null) {
                throw new FileException(file.name() + ": no tensor " + OneLine.text(expected.getKey()) + ": expected a tensor of shape "
                    + expected.getValue() + with);
            }
            if (!tensor.shape().equals(expected.getValue())) {
                throw new FileException(file.name() + ": " + tensor.shown() + "shape " + tensor.shape() + ": expected "
                    + expected.getValue() + with);
            }
        }
        for (final Safetensors.Tensor tensor : file.tensors()) {
            if (!shapes.containsKey(tensor.name())) {
                throw new FileException(file.name() + ": unknown " + tensor.shown() + "expected only " + all + with);
            }
        }
        return found;
    }

    /** Whether another network has tensors of the same names and shapes, in the same order. */
    @Override
    public boolean equals(final Object other) {
        return other instanceof final NetworkTensors tensors && List.copyOf(shapes.entrySet()).equals(List.copyOf(tensors.shapes.entrySet()));
    }

    @Override
    public int hashCode() {
        return shapes.hashCode();
    }

    /** The names and shapes. */
    @Override
    public String toString() {
        return shapes.toString();
    }
}
