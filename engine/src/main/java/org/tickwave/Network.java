package org.tickwave;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import org.tickwave.kernel.Lanes;
import org.tickwave.kernel.OutputError;
import org.tickwave.kernel.Sigma;
import org.tickwave.kernel.VectorApi;
import org.tickwave.layout.Geometry;
import org.tickwave.layout.Wiring;

/**
 * The description of a network: layers with names, widths and activations; projections between them; the loss of each output. It holds
 * no weights. Immutable.
 *
 * <p>Layers are numbered from 0: first the inputs, then the layers with weights, outputs included, each in the order of their
 * declaration. Projections are numbered from 1, in the order of their declaration. In a chain, layer 0 is the input, the last layer is
 * the output, projection l leads into layer l, and the name of a layer is its number.
 */
public final class Network {
    private final NetworkNames names;
    private final int[] widths;
    private final Activation[] activations;
    private final Loss[] losses;
    private final Wiring wiring;
    /** Kept, because asking the wiring makes a copy. */
    private final int[] outputs;
    private final String text;

    /**
     * @param activations at the index of each layer; null for an input
     * @param losses      at the index of each layer; null unless the layer is an output
     */
    Network(
        final NetworkNames names, final int[] widths, final Activation[] activations, final Loss[] losses, final Wiring wiring,
        final String text) {
        this.names = names;
        this.widths = widths;
        this.activations = activations;
        this.losses = losses;
        this.wiring = wiring;
        this.text = text;
        outputs = wiring.outputs();
        for (final int output : outputs) {
            if (losses[output] != Loss.SQUARED_ERROR && activations[output] != Activation.IDENTITY) {
                throw new IllegalArgumentException("output activation " + activations[output] + " with " + losses[output]
                    + ": expected IDENTITY, since the output holds logits");
            }
        }
        geometry(wiring, 0);
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

    /** {@return a builder of a graph, without layers} */
    public static GraphBuilder graph() {
        return new GraphBuilder();
    }

    /** {@return whether {@link #chain} has described the network} A graph is no chain, also if it has the layers of a chain. */
    public boolean isChain() {
        return names.ofChain();
    }

    /** {@return how many inputs there are; at least 1} They are the layers from 0 on. */
    public int inputs() {
        return wiring.inputs();
    }

    /** {@return how many layers have weights; at least 1} The inputs have none; in a chain this is also the number of the output. */
    public int layers() {
        return widths.length - inputs();
    }

    /** {@return the number of the last layer: {@link #inputs()} + {@link #layers()} - 1} */
    public int last() {
        return widths.length - 1;
    }

    /** {@return the numbers of the layers that have a target, in the order of their declaration; a new array} */
    public int[] outputs() {
        return outputs.clone();
    }

    /**
     * The number of a layer.
     *
     * @param name of the layer
     * @return from 0 to {@link #last()}
     * @throws IllegalArgumentException if there is no such layer
     */
    public int layer(final String name) {
        return names.layer(Objects.requireNonNull(name, "name"));
    }

    /**
     * The name of a layer.
     *
     * @param layer from 0 to {@link #last()}
     * @return the name
     * @throws IllegalArgumentException if there is no such layer
     */
    public String name(final int layer) {
        expect("layer", layer, 0, last());
        return names.of(layer);
    }

    /**
     * L: how many ticks a frame takes to the answer of the highest output. In a graph with cycles: how many ticks the shortest way takes.
     *
     * @return at least 1; in a chain as many as {@link #layers()}
     */
    public int latency() {
        return wiring.latency();
    }

    /**
     * How many ticks a frame takes to the answer of an output, as {@link #latency()} counts them.
     *
     * @param output the number of the layer
     * @return at least 1
     * @throws IllegalArgumentException if the layer is no output
     */
    public int latency(final int output) {
        expectOutput(output);
        return wiring.level(output);
    }

    /** {@return what the network does about ways of different length, and whether there may be cycles; {@link Balance#BALANCED} for a chain} */
    public Balance balance() {
        return wiring.recurrent() ? Balance.RECURRENT : wiring.balanced() ? Balance.BALANCED : Balance.IMMEDIATE;
    }

    /**
     * The width of a layer.
     *
     * @param layer from 0 to {@link #last()}
     * @return neurons
     * @throws IllegalArgumentException if there is no such layer
     */
    public int width(final int layer) {
        expect("layer", layer, 0, last());
        return widths[layer];
    }

    /** {@return how many numbers a frame has: the widths of all inputs, added up} */
    public int frameWidth() {
        return IntStream.range(0, inputs()).map(input -> widths[input]).sum();
    }

    /** {@return how many numbers the targets of all outputs have: their widths, added up} */
    public int targetWidth() {
        return IntStream.of(outputs()).map(output -> widths[output]).sum();
    }

    /**
     * The activation of a layer.
     *
     * @param layer from {@link #inputs()} to {@link #last()}
     * @return the activation
     * @throws IllegalArgumentException if there is no such layer, or the layer is an input
     */
    public Activation activation(final int layer) {
        expect("layer", layer, inputs(), last());
        return activations[layer];
    }

    /**
     * The loss of the only output.
     *
     * @return the loss
     * @throws IllegalStateException if there are several outputs
     */
    public Loss loss() {
        return losses[onlyOutput()];
    }

    /**
     * The loss of an output, which compares the output with its target.
     *
     * @param output the number of the layer
     * @return the loss
     * @throws IllegalArgumentException if the layer is no output
     */
    public Loss loss(final int output) {
        expectOutput(output);
        return losses[output];
    }

    /** {@return how many projections there are; in a chain as many as {@link #layers()}} They are numbered from 1. */
    public int projections() {
        return wiring.projections();
    }

    /**
     * The layer from which a projection leads up.
     *
     * @param projection from 1 to {@link #projections()}
     * @return the number of the layer
     * @throws IllegalArgumentException if there is no such projection
     */
    public int from(final int projection) {
        expect("projection", projection, 1, projections());
        return wiring.from(projection);
    }

    /**
     * The layer into which a projection leads.
     *
     * @param projection from 1 to {@link #projections()}
     * @return the number of the layer
     * @throws IllegalArgumentException if there is no such projection
     */
    public int to(final int projection) {
        expect("projection", projection, 1, projections());
        return wiring.to(projection);
    }

    /**
     * The number of the projection between two layers.
     *
     * @param from the name of the lower layer
     * @param to   the name of the upper layer
     * @return from 1 to {@link #projections()}
     * @throws IllegalArgumentException if there is no such layer, or no projection between them
     */
    public int projection(final String from, final String to) {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        return names.projection(from, to);
    }

    /**
     * How errors come down a projection.
     *
     * @param projection from 1 to {@link #projections()}
     * @return {@link Feedback#DIRECT} if the lower layer has direct feedback, so that nothing comes down the projection
     * @throws IllegalArgumentException if there is no such projection
     */
    public Feedback feedback(final int projection) {
        return wiring.isDirect(from(projection)) ? Feedback.DIRECT : Feedback.values()[wiring.feedback(projection).ordinal()];
    }

    /**
     * The same network with one kind of feedback everywhere.
     *
     * @param feedback along every projection; direct: to every layer from which projections lead up
     * @return a new network, with the same names and numbers
     */
    public Network withFeedback(final Feedback feedback) {
        Objects.requireNonNull(feedback, "feedback");
        final boolean direct = feedback == Feedback.DIRECT;
        final org.tickwave.layout.Feedback[] kinds = new org.tickwave.layout.Feedback[projections()];
        Arrays.fill(kinds, direct ? org.tickwave.layout.Feedback.TRANSPOSE : feedback.kind);
        final int[] layers = direct ? IntStream.range(inputs(), widths.length).filter(l -> wiring.outOf(l).length > 0).toArray() : new int[0];
        return new Network(names, widths, activations, losses, wiring.withFeedback(kinds, layers), text);
    }

    private static void expect(final String what, final int number, final int least, final int most) {
        if (number < least || number > most) {
            throw new IllegalArgumentException(what + " " + number + ": expected " + least + " to " + most);
        }
    }

    private void expectOutput(final int layer) {
        if (layer < 0 || layer > last() || losses[layer] == null) {
            throw new IllegalArgumentException("output " + layer + ": expected one of " + Arrays.toString(outputs()));
        }
    }

    /** The only output, for calls that name no output. */
    int onlyOutput() {
        if (outputs.length > 1) {
            throw new IllegalStateException("the network has the outputs " + names.list(outputs) + ": expected a call that names one of them");
        }
        return outputs[0];
    }

    /** The only input, for calls that name no input. */
    int onlyInput() {
        if (inputs() > 1) {
            throw new IllegalStateException("the network has the inputs " + names.list(IntStream.range(0, inputs()).toArray())
                + ": expected a call that names one of them");
        }
        return 0;
    }

    /** The same graph with other widths. */
    Network withWidths(final int... newWidths) {
        return new Network(names, newWidths, activations, losses, wiring, text);
    }

    NetworkNames names() {
        return names;
    }

    /** Every way from here to the kernels goes through this method. */
    Geometry geometry(final Wiring underRule, final int history) {
        VectorApi.expect();
        return new Geometry(Lanes.LANES, widths, underRule, history);
    }

    Wiring wiring() {
        return wiring;
    }

    /** At the index of each layer; null for an input. */
    Sigma[] sigmas() {
        return Arrays.stream(activations).map(activation -> activation == null ? null : activation.sigma).toArray(Sigma[]::new);
    }

    /** At the index of each layer; null unless the layer is an output. */
    OutputError.Loss[] losses() {
        return Arrays.stream(losses).map(loss -> loss == null ? null : loss.kernel).toArray(OutputError.Loss[]::new);
    }

    /** The widths of a chain, from the input to the output: {@code 416-128-128-208}. Else the names and widths of all layers. */
    @Override
    public String toString() {
        return text;
    }

    /** Builds a chain. Not thread-safe. */
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
            final int output = widths.length - 1;
            final Activation[] activations = new Activation[widths.length];
            Arrays.fill(activations, 1, output, activation);
            activations[output] = outputActivation;
            final Loss[] losses = new Loss[widths.length];
            losses[output] = loss;
            final Wiring wiring = Wiring.chain(output);
            final String[] names = IntStream.rangeClosed(0, output).mapToObj(Integer::toString).toArray(String[]::new);
            return new Network(new NetworkNames(names, wiring, true), widths, activations, losses, wiring,
                String.join("-", Arrays.stream(widths).mapToObj(Integer::toString).toList()));
        }
    }
}
