package org.tickwave;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.tickwave.layout.Wiring;

/**
 * Builds a graph of layers, in the order in which one draws it. Not thread-safe.
 *
 * {@snippet lang=java :
 * Network network = Network.graph()
 *     .input("camera", 416)
 *     .input("gyro", 12)
 *     .layer("low", 128).from("camera")
 *     .layer("high", 64).from("low", "gyro")
 *     .output("next", 416).from("high", "low")
 *     .output("label", 10).loss(Loss.SOFTMAX_CROSS_ENTROPY).from("high")
 *     .build();
 * }
 *
 * <p>{@link #activation}, {@link #loss} and {@link #from} speak of the layer that was declared last, and {@link #length} and
 * {@link #feedback} of the projections that the last {@link #from} declared. A layer may be named in {@link #from} before it is declared.
 */
public final class GraphBuilder {
    private static final String NAME = "[A-Za-z0-9_.-]{1,64}";
    /** Longer than any link, and so short that sums of lengths are ints. */
    private static final int LONGEST = 1 << 16;

    private enum Kind {
        INPUT, LAYER, OUTPUT
    }

    private static final class Layer {
        private final String name;
        private final int width;
        private final Kind kind;
        private Activation activation;
        private Loss loss;
        private boolean direct;

        private Layer(final String name, final int width, final Kind kind) {
            this.name = name;
            this.width = width;
            this.kind = kind;
            activation = kind == Kind.INPUT ? null : kind == Kind.OUTPUT ? Activation.IDENTITY : Activation.TANH;
            loss = kind == Kind.OUTPUT ? Loss.SQUARED_ERROR : null;
        }

        @Override
        public String toString() {
            return (kind == Kind.INPUT ? "input " : kind == Kind.OUTPUT ? "output " : "layer ") + name;
        }
    }

    private static final class Projection {
        private final String from;
        private final Layer to;
        private int length = 1;
        private Feedback feedback = Feedback.TRANSPOSE;

        private Projection(final String from, final Layer to) {
            this.from = from;
            this.to = to;
        }
    }

    private final Map<String, Layer> layers = new LinkedHashMap<>();
    private final List<Projection> projections = new ArrayList<>();
    private Layer newest;
    /** How many projections there were before the last from(). */
    private int before;
    private Balance balance = Balance.BALANCED;

    GraphBuilder() {
    }

    /**
     * Declares an input, which takes a part of each frame.
     *
     * @param name  from 1 to 64 letters, digits, underscores, hyphens and full stops; no other layer has the name
     * @param width numbers, at least 1
     * @return this
     * @throws IllegalArgumentException if the name or the width is not allowed
     */
    public GraphBuilder input(final String name, final int width) {
        return declare(name, width, Kind.INPUT);
    }

    /**
     * Declares a hidden layer, with tanh.
     *
     * @param name  as in {@link #input}
     * @param width neurons, at least 1
     * @return this
     * @throws IllegalArgumentException if the name or the width is not allowed
     */
    public GraphBuilder layer(final String name, final int width) {
        return declare(name, width, Kind.LAYER);
    }

    /**
     * Declares an output: a linear layer, compared with a target by squared error. Projections may lead on from an output.
     *
     * @param name  as in {@link #input}
     * @param width neurons, at least 1
     * @return this
     * @throws IllegalArgumentException if the name or the width is not allowed
     */
    public GraphBuilder output(final String name, final int width) {
        return declare(name, width, Kind.OUTPUT);
    }

    private GraphBuilder declare(final String name, final int width, final Kind kind) {
        if (!Objects.requireNonNull(name, "name").matches(NAME)) {
            throw new IllegalArgumentException(
                "name \"" + name + "\" of a layer: expected 1 to 64 letters, digits, underscores, hyphens and full stops");
        }
        if (width < 1) {
            throw new IllegalArgumentException("width " + width + " of layer " + name + ": expected at least 1");
        }
        newest = new Layer(name, width, kind);
        before = projections.size();
        if (layers.putIfAbsent(name, newest) != null) {
            throw new IllegalArgumentException("two layers " + name + ": expected another name for each layer");
        }
        return this;
    }

    private Layer newest(final String call) {
        if (newest == null) {
            throw new IllegalStateException(call + " before any layer: expected a layer first");
        }
        return newest;
    }

    /**
     * Declares a projection into the newest layer from each of some layers. Sums are taken in the order of the projections.
     *
     * @param names of the layers
     * @return this
     * @throws IllegalArgumentException if the newest layer is an input, or has a projection from one of the layers already
     * @throws IllegalStateException    if there is no layer yet
     */
    public GraphBuilder from(final String... names) {
        Objects.requireNonNull(names, "from");
        final Layer to = newest("from");
        if (to.kind == Kind.INPUT) {
            throw new IllegalArgumentException(to + " from " + String.join(", ", names) + ": expected no projection into an input");
        }
        before = projections.size();
        for (final String name : names) {
            Objects.requireNonNull(name, "from");
            if (projections.stream().anyMatch(other -> other.to == to && other.from.equals(name))) {
                throw new IllegalArgumentException("two projections from " + name + " to " + to.name + ": expected one");
            }
            projections.add(new Projection(name, to));
        }
        return this;
    }

    /**
     * Sets how many ticks each projection of the last {@link #from} takes: more than one if it is a link to another host.
     *
     * @param ticks from 1 to 65536; 1 unless set
     * @return this
     * @throws IllegalArgumentException if ticks is outside that range
     * @throws IllegalStateException    if the newest layer has no projection yet
     */
    public GraphBuilder length(final int ticks) {
        if (ticks < 1 || ticks > LONGEST) {
            throw new IllegalArgumentException("length " + ticks + ": expected 1 to " + LONGEST + " ticks");
        }
        if (before == projections.size()) {
            throw new IllegalStateException("length(" + ticks + ") without a projection: expected from(...) first");
        }
        projections.subList(before, projections.size()).forEach(projection -> projection.length = ticks);
        return this;
    }

    /**
     * Sets how errors come down: each projection of the last {@link #from}, or, with {@link Feedback#DIRECT}, to the newest layer.
     *
     * @param feedback {@link Feedback#TRANSPOSE} unless set
     * @return this
     * @throws IllegalArgumentException if the feedback is direct, and the newest layer is an input
     * @throws IllegalStateException    if there is no layer yet, or the newest layer has no projection yet
     */
    public GraphBuilder feedback(final Feedback feedback) {
        Objects.requireNonNull(feedback, "feedback");
        final Layer of = newest("feedback");
        if (feedback == Feedback.DIRECT) {
            if (of.kind == Kind.INPUT) {
                throw new IllegalArgumentException("feedback DIRECT of " + of + ": expected a layer with weights");
            }
            of.direct = true;
            return this;
        }
        if (before == projections.size()) {
            throw new IllegalStateException("feedback(" + feedback + ") without a projection: expected from(...) first");
        }
        projections.subList(before, projections.size()).forEach(projection -> projection.feedback = feedback);
        return this;
    }

    /**
     * Sets the activation of the newest layer.
     *
     * @param activation tanh in a hidden layer and identity in an output, unless set
     * @return this
     * @throws IllegalArgumentException if the newest layer is an input
     * @throws IllegalStateException    if there is no layer yet
     */
    public GraphBuilder activation(final Activation activation) {
        final Layer of = newest("activation");
        if (of.kind == Kind.INPUT) {
            throw new IllegalArgumentException("activation " + activation + " of " + of + ": expected none, since an input holds the frame");
        }
        of.activation = Objects.requireNonNull(activation, "activation");
        return this;
    }

    /**
     * Sets the loss of the newest layer, an output.
     *
     * @param loss squared error unless set
     * @return this
     * @throws IllegalArgumentException if the newest layer is no output
     * @throws IllegalStateException    if there is no layer yet
     */
    public GraphBuilder loss(final Loss loss) {
        final Layer of = newest("loss");
        if (of.kind != Kind.OUTPUT) {
            throw new IllegalArgumentException("loss " + loss + " of " + of + ": expected an output");
        }
        of.loss = Objects.requireNonNull(loss, "loss");
        return this;
    }

    /**
     * Sets what the graph does about ways of different length.
     *
     * @param newBalance {@link Balance#BALANCED} unless set
     * @return this
     */
    public GraphBuilder balance(final Balance newBalance) {
        balance = Objects.requireNonNull(newBalance, "balance");
        return this;
    }

    /**
     * Checks the description.
     *
     * @return the network
     * @throws IllegalArgumentException if there is no input or no output, if a projection leads from an unknown layer, if no input
     *                                  reaches a layer, if a layer reaches no output, if there is a cycle and the balance is not
     *                                  {@link Balance#RECURRENT}, if an output with a cross-entropy is not linear, or if the image would
     *                                  be too large for any machine
     * @throws IllegalStateException    as {@link Network.Builder#build} does
     */
    public Network build() {
        final List<Layer> ordered = new ArrayList<>(layers.values().stream().filter(layer -> layer.kind == Kind.INPUT).toList());
        if (ordered.isEmpty()) {
            throw new IllegalArgumentException("a graph without an input: expected at least one");
        }
        layers.values().stream().filter(layer -> layer.kind != Kind.INPUT).forEach(ordered::add);
        final int[] outputs = IntStream.range(0, ordered.size()).filter(l -> ordered.get(l).kind == Kind.OUTPUT).toArray();
        if (outputs.length == 0) {
            throw new IllegalArgumentException("a graph without an output: expected at least one");
        }
        for (final Projection projection : projections) {
            if (!layers.containsKey(projection.from)) {
                throw new IllegalArgumentException(projection.to + " from " + projection.from + ": expected one of "
                    + String.join(", ", layers.keySet()));
            }
        }
        final int[] from = projections.stream().mapToInt(projection -> ordered.indexOf(layers.get(projection.from))).toArray();
        final int[] to = projections.stream().mapToInt(projection -> ordered.indexOf(projection.to)).toArray();
        new GraphCheck(ordered.stream().map(Layer::toString).toList(), from, to)
            .expectWays(IntStream.range(0, ordered.size()).filter(l -> ordered.get(l).kind == Kind.INPUT).toArray(), outputs);
        if (balance != Balance.RECURRENT) {
            new GraphCheck(ordered.stream().map(layer -> layer.name).toList(), from, to).expectNoCycle();
        }
        final Wiring wiring = wiring(ordered, from, to, outputs);
        final String[] names = ordered.stream().map(layer -> layer.name).toArray(String[]::new);
        return new Network(new NetworkNames(names, wiring, false),
            ordered.stream().mapToInt(layer -> layer.width).toArray(),
            ordered.stream().map(layer -> layer.activation).toArray(Activation[]::new),
            ordered.stream().map(layer -> layer.loss).toArray(Loss[]::new), wiring,
            String.join(", ", ordered.stream().map(layer -> layer.name + " " + layer.width).toList()));
    }

    private Wiring wiring(final List<Layer> ordered, final int[] from, final int[] to, final int[] outputs) {
        final int count = ordered.size();
        final Wiring wiring = switch (balance) {
            case BALANCED -> Wiring.balanced(count, from, to, outputs);
            case IMMEDIATE -> Wiring.immediate(count, from, to, outputs);
            case RECURRENT -> Wiring.recurrent(count, from, to, outputs);
        };
        final int[] lengths = projections.stream().mapToInt(projection -> projection.length).toArray();
        return (Arrays.stream(lengths).allMatch(length -> length == 1) ? wiring : wiring.lengths(lengths)).withFeedback(
            projections.stream().map(projection -> projection.feedback.kind).toArray(org.tickwave.layout.Feedback[]::new),
            IntStream.range(0, count).filter(l -> ordered.get(l).direct).toArray());
    }
}
