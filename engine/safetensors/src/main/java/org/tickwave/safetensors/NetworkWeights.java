package org.tickwave.safetensors;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tickwave.Engine;
import org.tickwave.GuardTripException;
import org.tickwave.Network;
import org.tickwave.safetensors.file.FileException;
import org.tickwave.safetensors.file.OneLine;

/**
 * A copy of the weights and biases of a network, in memory outside the heap. It carries them from an engine to a file, from a file to an
 * engine, or from one engine to another. A disk may take longer than a frame, so another thread than the source can read or write the file:
 * the source itself checks and copies memory, between two ticks, and waits for no disk.
 *
 * {@snippet lang=java :
 * try (NetworkWeights learnt = new NetworkWeights(network)) {
 *     learnt.copyFrom(engine);                                    // on the thread that ticks
 *     learnt.write(file, Map.of("frames", "1000"));               // on any thread
 * }
 * try (NetworkWeights better = NetworkWeights.read(other, network)) {
 *     better.setIn(engine);                                       // on the thread that ticks
 * }
 * }
 *
 * <p>The file has the names of {@link NetworkTensors}. {@code ./tickwave run --save} writes the same names, so what it saved can be read
 * here. Fixed matrices of the feedback are not in the file: they come from the seed of the engine.
 *
 * <p>For one thread at a time. Threads may take turns, if each turn happens before the next one.
 */
public final class NetworkWeights implements AutoCloseable {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Network network;
    private final NetworkTensors tensors;
    private final Arena arena = Arena.ofShared();
    /** At the index of each projection; from 1. */
    private final MemorySegment[] weights;
    /** At the index of each layer; null for an input. */
    private final MemorySegment[] biases;
    /** All of them, by name. */
    private final Map<String, MemorySegment> numbers = new HashMap<>();
    private Map<String, String> metadata = Map.of();
    /** Whether the engine takes all numbers. */
    private boolean good = true;

    /**
     * Allocates memory for the weights and biases of a network. All numbers are zero.
     *
     * @param network any network
     * @throws OutOfMemoryError         if there is no memory
     * @throws IllegalArgumentException if a projection has more than {@link Safetensors#MOST_NUMBERS} weights
     */
    public NetworkWeights(final Network network) {
        this.network = Objects.requireNonNull(network, "network");
        tensors = NetworkTensors.of(network);
        try {
            tensors.shapes().forEach((name, shape) -> numbers.put(name, arena.allocate(bytes(name, shape), Float.BYTES)));
            weights = new MemorySegment[network.projections() + 1];
            Arrays.setAll(weights, k -> k == 0 ? null : numbers.get(tensors.weights(k)));
            biases = new MemorySegment[network.last() + 1];
            Arrays.setAll(biases, l -> l < network.inputs() ? null : numbers.get(tensors.biases(l)));
        } catch (final RuntimeException | Error e) {
            arena.close();
            throw e;
        }
    }

    private static long bytes(final String name, final List<Integer> shape) {
        final long count = shape.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
        if (count > Safetensors.MOST_NUMBERS) {
            throw new IllegalArgumentException("tensor " + OneLine.text(name) + ": shape " + shape + ": expected at most "
                + Safetensors.MOST_NUMBERS + " numbers");
        }
        return count * Float.BYTES;
    }

    /**
     * Reads the weights and biases of a network from a file. The file may be replaced or removed afterwards.
     *
     * @param file    a safetensors file with the tensors of the network, in any order, and no others
     * @param network whose weights they are
     * @return weights that the caller closes
     * @throws IOException      if there is no such file; if it is no safetensors file of float32; if a tensor is missing, unknown or of
     *                          another shape; or if a number is NaN or above 2^30 in magnitude. The message is one line that names the
     *                          file, the tensor and what was expected
     * @throws OutOfMemoryError if there is no memory
     */
    public static NetworkWeights read(final Path file, final Network network) throws IOException {
        NetworkWeights read = null;
        // The catch also sees what closing the file throws.
        try (Safetensors in = Safetensors.open(file)) {
            final Map<String, Safetensors.Tensor> found = NetworkTensors.of(network).findIn(in, " with network " + network);
            read = new NetworkWeights(network);
            for (final Map.Entry<String, MemorySegment> tensor : read.numbers.entrySet()) {
                in.read(found.get(tensor.getKey()), 0, tensor.getValue());
            }
            read.metadata = in.metadata();
        } catch (final IOException | RuntimeException | Error e) {
            if (read != null) {
                read.close();
            }
            throw e;
        }
        return read;
    }

    /**
     * Copies the weights and biases of an engine, as they are after the last committed tick. Called by the source. Waits as {@link
     * Engine#weights(int, int, MemorySegment, long)} does, and also works after a band has failed. The metadata stay.
     *
     * @param engine of a network with the same layers and projections, by their names and widths; their order does not matter
     * @return this
     * @throws IllegalArgumentException if the engine's network has other layers or projections
     * @throws IllegalStateException    if the engine is closed, or if this object is
     */
    public NetworkWeights copyFrom(final Engine engine) {
        final Network other = expectSame(engine);
        good = false;
        for (int k = 1; k <= network.projections(); k++) {
            final int projection = projectionIn(other, k);
            for (int row = 0; row < network.width(network.to(k)); row++) {
                engine.weights(projection, row, weights[k], offset(k, row));
            }
        }
        for (int l = network.inputs(); l <= network.last(); l++) {
            engine.biases(layerIn(other, l), biases[l], 0);
        }
        return this;
    }

    /**
     * Sets all weights and biases of an engine, from the next commit on: a hot swap. Called by the source, between two ticks. Waits first as
     * {@link Engine#await()} does, but throws no {@link GuardTripException}. After this call no layer learns until a new frame has gone up to
     * the output and its error has come back.
     *
     * @param engine of a network with the same layers and projections, by their names and widths; their order does not matter. The engine
     *               may run at the time of the call
     * @throws IllegalArgumentException if the engine's network has other layers or projections; or if a copied number is NaN or above 2^30
     *                                  in magnitude. Nothing is set then
     * @throws IllegalStateException    if the engine is closed, or if this object is
     */
    public void setIn(final Engine engine) {
        final Network other = expectSame(engine);
        final String bad = firstBad();
        if (bad != null) {
            throw new IllegalArgumentException(bad);
        }
        for (int k = 1; k <= network.projections(); k++) {
            final int projection = projectionIn(other, k);
            for (int row = 0; row < network.width(network.to(k)); row++) {
                engine.setWeights(projection, row, weights[k], offset(k, row));
            }
        }
        for (int l = network.inputs(); l <= network.last(); l++) {
            engine.setBiases(layerIn(other, l), biases[l], 0);
        }
    }

    /** The number that a projection of this network has in another network with the same layers and projections. */
    private int projectionIn(final Network other, final int projection) {
        return other == network ? projection
            : other.projection(network.name(network.from(projection)), network.name(network.to(projection)));
    }

    /** The number that a layer of this network has in another network with the same layers. */
    private int layerIn(final Network other, final int layer) {
        return other == network ? layer : other.layer(network.name(layer));
    }

    private long offset(final int projection, final int row) {
        return (long) row * network.width(network.from(projection)) * Float.BYTES;
    }

    /** Returns the engine's network, if it has the same layers and projections in any order. */
    private Network expectSame(final Engine engine) {
        final Network other = engine.network();
        if (other != network && !NetworkTensors.ofGraph(other).shapes().equals(NetworkTensors.ofGraph(network).shapes())) {
            throw new IllegalArgumentException("an engine of network " + other + ": expected the network " + network);
        }
        return other;
    }

    /**
     * Writes a file as a whole or not at all: a program that is killed leaves the old file or the new one. Does what {@link
     * SafetensorsWriter#write(Path)} does. Equal weights and metadata give equal bytes.
     *
     * @param file  in a directory that exists; replaced
     * @param added metadata of the file, in the order of the map
     * @throws IOException if a copied number is NaN or above 2^30 in magnitude, which {@link #read} would refuse; if the disk has no room;
     *                     or if the file cannot be written. The old file is unchanged
     */
    public void write(final Path file, final Map<String, String> added) throws IOException {
        final String bad = firstBad();
        if (bad != null) {
            throw new FileException(OneLine.text(file.toString()) + ": not written: " + bad);
        }
        final List<SafetensorsWriter.Tensor> all = new ArrayList<>();
        tensors.shapes().forEach((name, shape) -> {
            final MemorySegment from = numbers.get(name);
            all.add(new SafetensorsWriter.Tensor(name, shape,
                (row, to) -> to.copyFrom(from.asSlice(row * to.byteSize(), to.byteSize()))));
        });
        new SafetensorsWriter(added, all).write(file);
    }

    /** Where a number is that the engine refuses, in a message; null if all are good. */
    private String firstBad() {
        if (!good) {
            for (final Map.Entry<String, List<Integer>> tensor : tensors.shapes().entrySet()) {
                final MemorySegment values = numbers.get(tensor.getKey());
                for (int i = 0; i < values.byteSize() / Float.BYTES; i++) {
                    final float value = values.get(FLOAT, (long) i * Float.BYTES);
                    if (!Safetensors.good(value)) {
                        return "tensor " + OneLine.text(tensor.getKey()) + ": " + Safetensors.bad(tensor.getValue(), i, value);
                    }
                }
            }
            good = true;
        }
        return null;
    }

    /**
     * The weights of a projection into one neuron, without a copy.
     *
     * @param projection from 1 to {@link Network#projections()}; in a chain the number of the upper layer
     * @param row        the neuron of the upper layer, from 0
     * @return a read-only segment with as many little-endian float32 as the lower layer is wide; valid until this object is closed
     * @throws IllegalArgumentException  if there is no such projection
     * @throws IndexOutOfBoundsException if there is no such neuron
     */
    public MemorySegment weights(final int projection, final int row) {
        final long rowBytes = (long) network.width(network.from(projection)) * Float.BYTES;
        return weights[projection].asSlice(row * rowBytes, rowBytes).asReadOnly();
    }

    /**
     * The biases of a layer, without a copy.
     *
     * @param layer the number of a layer that is no input
     * @return a read-only segment with width(layer) little-endian float32; valid until this object is closed
     * @throws IllegalArgumentException if there is no such layer
     */
    public MemorySegment biases(final int layer) {
        network.activation(layer);
        return biases[layer].asReadOnly();
    }

    /**
     * The metadata of the file that was read.
     *
     * @return an unmodifiable map in the order of the file; empty if no file was read
     */
    public Map<String, String> metadata() {
        return metadata;
    }

    /**
     * The network whose weights these are.
     *
     * @return as it was given
     */
    public Network network() {
        return network;
    }

    /**
     * Frees the memory. A second call does nothing. The JVM stops each of its threads for a moment to free shared memory, so let another
     * thread than the source close what the source has used.
     *
     * @throws IllegalStateException if another thread uses the memory at this moment
     */
    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
