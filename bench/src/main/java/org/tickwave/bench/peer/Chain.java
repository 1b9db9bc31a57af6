package org.tickwave.bench.peer;

import java.util.stream.IntStream;
import org.tickwave.Activation;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Network;

/**
 * The chain that all peers train, and its start weights: hidden layers have a leaky ReLU, the output is linear with a squared error.
 *
 * @param network its layers
 * @param weights at the index of each layer with weights: into the layer, row by row. Peers copy them
 * @param biases  at the index of each layer with weights
 */
public record Chain(Network network, float[][] weights, float[][] biases) {
    /** The seed of the start weights. */
    static final long SEED = 1;

    /**
     * A chain with the start weights of an engine.
     *
     * @param widths of all layers, the input first
     */
    public static Chain of(final int... widths) {
        final Network network = Network.chain(widths).activation(Activation.LEAKY_RELU).build();
        final float[][] weights = new float[widths.length][];
        final float[][] biases = new float[widths.length][];
        try (Engine engine = Engine.open(network, new Context().seed(SEED))) {
            for (int l = 1; l < widths.length; l++) {
                weights[l] = new float[widths[l] * widths[l - 1]];
                biases[l] = new float[widths[l]];
                engine.weights(l, weights[l]);
                engine.biases(l, biases[l]);
            }
        }
        return new Chain(network, weights, biases);
    }

    /** The number of the output layer. */
    public int last() {
        return network.last();
    }

    /** Neurons of a layer, or numbers of a frame. */
    public int width(final int layer) {
        return network.width(layer);
    }

    /**
     * Bytes of weights that are visited.
     *
     * @param first  visits of each weight into the first layer: one for a read, one for a write
     * @param others visits of each weight into the other layers
     */
    public long bytes(final int first, final int others) {
        return Float.BYTES * sum(first, others);
    }

    /** The multiply-adds with weights of a frame: forward, update and, except in the first layer, backward. */
    public long multiplyAdds() {
        return sum(2, 3);
    }

    private long sum(final int first, final int others) {
        return IntStream.rangeClosed(1, last()).mapToLong(l -> (long) width(l) * width(l - 1) * (l == 1 ? first : others)).sum();
    }
}
