package org.tickwave;

import java.util.Arrays;
import java.util.Objects;
import org.tickwave.kernel.Lanes;
import org.tickwave.kernel.Sigma;
import org.tickwave.kernel.VectorApi;
import org.tickwave.layout.Geometry;
import org.tickwave.layout.Wiring;

/** The description of a network: widths, activations, loss. It holds no weights. Immutable. */
public final class Network {
    private final int[] widths;
    private final Activation activation;
    private final Activation outputActivation;
    private final Loss loss;
    private final Wiring wiring;

    private Network(final Builder builder) {
        widths = builder.widths;
        activation = builder.activation;
        outputActivation = builder.outputActivation;
        loss = builder.loss;
        wiring = Wiring.chain(widths.length - 1);
    }

    /**
     * Describes a chain of layers.
     *
     * @param widths neurons of each layer, from the input to the output; at least two
     * @return a builder with the defaults: tanh, a linear output, squared error
     */
    public static Builder chain(final int... widths) {
        return new Builder(Objects.requireNonNull(widths, "widths").clone());
    }

    /**
     * How many layers have weights. The input has none. This is also the number of the output layer.
     *
     * @return at least 1
     */
    public int layers() {
        return widths.length - 1;
    }

    /**
     * L: how many ticks a frame takes to its answer.
     *
     * @return at least 1; in a chain as many as {@link #layers()}
     */
    public int latency() {
        return wiring.latency();
    }

    /**
     * The width of a layer.
     *
     * @param layer from 0, the input, to {@link #layers()}, the output
     * @return neurons
     * @throws IllegalArgumentException if there is no such layer
     */
    public int width(final int layer) {
        if (layer < 0 || layer >= widths.length) {
            throw new IllegalArgumentException("layer " + layer + ": expected 0 to " + layers());
        }
        return widths[layer];
    }

    /**
     * The activation of a layer.
     *
     * @param layer from 1 to {@link #layers()}
     * @return the activation of the hidden layers, or of the output
     * @throws IllegalArgumentException if there is no such layer, or the layer is the input
     */
    public Activation activation(final int layer) {
        if (layer < 1 || layer >= widths.length) {
            throw new IllegalArgumentException("layer " + layer + ": expected 1 to " + layers());
        }
        return layer == layers() ? outputActivation : activation;
    }

    /**
     * The loss, which compares the output with the target.
     *
     * @return the loss
     */
    public Loss loss() {
        return loss;
    }

    /** Every way from here to the kernels goes through this method. */
    Geometry geometry(final Wiring underRule, final int history) {
        VectorApi.expect();
        return new Geometry(Lanes.LANES, widths, underRule, history);
    }

    Wiring wiring() {
        return wiring;
    }

    Sigma[] sigmas() {
        final Sigma[] sigmas = new Sigma[widths.length];
        for (int l = 1; l < widths.length; l++) {
            sigmas[l] = activation(l).sigma;
        }
        return sigmas;
    }

    /** The widths, from the input to the output: {@code 416-128-128-208}. */
    @Override
    public String toString() {
        return String.join("-", Arrays.stream(widths).mapToObj(Integer::toString).toList());
    }

    /** Builds a network. Not thread-safe. */
    public static final class Builder {
        private final int[] widths;
        private Activation activation = Activation.TANH;
        private Activation outputActivation = Activation.IDENTITY;
        private Loss loss = Loss.SQUARED_ERROR;

        private Builder(final int[] widths) {
            this.widths = widths;
        }

        /**
         * Sets the activation of every hidden layer.
         *
         * @param hidden tanh unless set
         * @return this
         */
        public Builder activation(final Activation hidden) {
            activation = Objects.requireNonNull(hidden, "activation");
            return this;
        }

        /**
         * Sets the activation of the output.
         *
         * @param output identity unless set; a cross-entropy allows identity only
         * @return this
         */
        public Builder outputActivation(final Activation output) {
            outputActivation = Objects.requireNonNull(output, "output activation");
            return this;
        }

        /**
         * Sets the loss.
         *
         * @param outputLoss squared error unless set
         * @return this
         */
        public Builder loss(final Loss outputLoss) {
            loss = Objects.requireNonNull(outputLoss, "loss");
            return this;
        }

        /**
         * Checks the description.
         *
         * @return the network
         * @throws IllegalArgumentException if there are fewer than two layers, if a width is below 1, if the loss is a
         *                                  cross-entropy and the output is not linear, or if the image would be too large
         *                                  for any machine; then the message says how many bytes the image would take
         * @throws IllegalStateException    if the JVM runs without the Vector API; the message names the flag, which
         *                                  {@link Engine} explains
         */
        public Network build() {
            if (widths.length < 2) {
                throw new IllegalArgumentException(
                    "widths " + Arrays.toString(widths) + ": expected at least two widths, of the input and the output");
            }
            if (loss != Loss.SQUARED_ERROR && outputActivation != Activation.IDENTITY) {
                throw new IllegalArgumentException(
                    "output activation " + outputActivation + " with " + loss + ": expected IDENTITY, since the output holds logits");
            }
            final Network network = new Network(this);
            network.geometry(network.wiring, 0);
            return network;
        }
    }
}
