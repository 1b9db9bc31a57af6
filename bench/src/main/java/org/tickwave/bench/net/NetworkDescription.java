package org.tickwave.bench.net;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tickwave.Activation;
import org.tickwave.Balance;
import org.tickwave.Feedback;
import org.tickwave.GraphBuilder;
import org.tickwave.Loss;
import org.tickwave.Network;

/**
 * A network as a description names it. Only {@link NetworkFile} and {@link #chain} make descriptions: names are unique, every name
 * that a projection uses exists, and every layer lies on a way from an input to an output.
 *
 * <p>The network numbers its layers in this order: inputs, layers, outputs. It numbers projections from 1, in the order of the list
 * here: by their upper layers, and in the order of the file where the upper layer is the same.
 */
public record NetworkDescription(
    Balance balance, List<Input> inputs, List<Layer> layers, List<Output> outputs, List<Projection> projections) {

    /** A width that the description leaves open: the rest of the frame, or of the target. */
    public static final int REST = 0;

    public NetworkDescription {
        inputs = List.copyOf(inputs);
        layers = List.copyOf(layers);
        outputs = List.copyOf(outputs);
        final Map<String, Integer> numbers = new HashMap<>();
        names(inputs, layers, outputs).forEach(name -> numbers.put(name, numbers.size()));
        projections = projections.stream().sorted(Comparator.comparing(projection -> numbers.get(projection.to))).toList();
    }

    /**
     * A part of the frame.
     *
     * @param first index of the first number
     * @param width how many numbers, or {@link #REST}
     */
    public record Input(String name, int first, int width) {
    }

    /**
     * A hidden layer.
     *
     * @param direct whether the layer takes its error from the outputs directly
     */
    public record Layer(String name, int width, Activation activation, boolean direct) {
    }

    /**
     * A layer with a target.
     *
     * @param first index of the first number in the target
     * @param width how many numbers, or {@link #REST}
     * @param direct whether the layer takes the errors of further outputs directly
     */
    public record Output(String name, int first, int width, Activation activation, Loss loss, boolean direct) {
    }

    /**
     * Weights from one layer into another.
     *
     * @param feedback not direct, which a layer has; without effect if the lower layer is an input or has direct feedback
     * @param length ticks from a layer to the next
     */
    public record Projection(String from, String to, Feedback feedback, int length) {
    }

    /** A chain, whose layers have their numbers as names. */
    public static NetworkDescription chain(final int... widths) {
        final List<Layer> layers = new ArrayList<>();
        final List<Projection> projections = new ArrayList<>();
        final int last = widths.length - 1;
        for (int l = 1; l <= last; l++) {
            if (l < last) {
                layers.add(new Layer(Integer.toString(l), widths[l], Activation.TANH, false));
            }
            projections.add(new Projection(Integer.toString(l - 1), Integer.toString(l), Feedback.TRANSPOSE, 1));
        }
        return new NetworkDescription(Balance.BALANCED, List.of(new Input("0", 0, widths[0])), layers,
            List.of(new Output(Integer.toString(last), 0, widths[last], Activation.IDENTITY, Loss.SQUARED_ERROR, false)), projections);
    }

    /** The same network with one kind of feedback everywhere, as {@link Network#withFeedback} has it. */
    public NetworkDescription withFeedback(final Feedback feedback) {
        final boolean direct = feedback == Feedback.DIRECT;
        return new NetworkDescription(balance, inputs,
            layers.stream().map(layer -> new Layer(layer.name, layer.width, layer.activation, direct)).toList(),
            outputs.stream().map(output -> new Output(output.name, output.first, output.width, output.activation, output.loss,
                direct && projections.stream().anyMatch(projection -> projection.from.equals(output.name)))).toList(),
            projections.stream().map(projection -> new Projection(projection.from, projection.to, direct ? Feedback.TRANSPOSE : feedback,
                projection.length)).toList());
    }

    /** The names of all layers, in the order of their numbers. */
    public List<String> names() {
        return names(inputs, layers, outputs);
    }

    private static List<String> names(final List<Input> inputs, final List<Layer> layers, final List<Output> outputs) {
        final List<String> names = new ArrayList<>();
        inputs.forEach(input -> names.add(input.name));
        layers.forEach(layer -> names.add(layer.name));
        outputs.forEach(output -> names.add(output.name));
        return names;
    }

    /** The widths of all layers, in the order of their numbers. */
    public int[] widths() {
        final List<Integer> widths = new ArrayList<>();
        inputs.forEach(input -> widths.add(input.width));
        layers.forEach(layer -> widths.add(layer.width));
        outputs.forEach(output -> widths.add(output.width));
        return widths.stream().mapToInt(width -> width).toArray();
    }

    /** Whether some errors come down by fixed random weights. */
    public boolean hasFixedFeedback() {
        return names().stream().anyMatch(this::isDirect)
            || projections.stream().anyMatch(projection -> projection.feedback == Feedback.RANDOM && !isDirect(projection.from));
    }

    /** Whether a layer takes its error from the outputs directly. No error comes down the projections out of it. */
    public boolean isDirect(final String name) {
        return layers.stream().anyMatch(layer -> layer.direct && layer.name.equals(name))
            || outputs.stream().anyMatch(output -> output.direct && output.name.equals(name));
    }

    /**
     * The network, with the layers and projections of this description in the same order. All widths must be known.
     *
     * @throws IllegalArgumentException if the image would be too large for any machine
     */
    public Network network() {
        final GraphBuilder graph = Network.graph().balance(balance);
        inputs.forEach(input -> graph.input(input.name, input.width));
        for (final Layer layer : layers) {
            projectInto(layer.name, graph.layer(layer.name, layer.width).activation(layer.activation));
        }
        for (final Output output : outputs) {
            projectInto(output.name, graph.output(output.name, output.width).activation(output.activation).loss(output.loss));
        }
        return graph.build();
    }

    private void projectInto(final String name, final GraphBuilder graph) {
        for (final Projection projection : projections) {
            if (projection.to.equals(name)) {
                graph.from(projection.from).length(projection.length).feedback(projection.feedback);
            }
        }
        if (isDirect(name)) {
            graph.feedback(Feedback.DIRECT);
        }
    }

    /** The name of a constant in descriptions. */
    public static String named(final Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** This description as JSON in one line, with every key. {@link NetworkFile#parse} reads the same description from it. */
    public String toJson() {
        final StringWriter text = new StringWriter();
        try {
            write(new JsonWriter(text));
        } catch (final IOException e) {
            throw new UncheckedIOException("a StringWriter failed", e);
        }
        return text.toString();
    }

    private void write(final JsonWriter json) throws IOException {
        json.beginObject().name("balance").value(named(balance));
        json.name("inputs").beginArray();
        for (final Input input : inputs) {
            part(json, input.name, input.first, input.width).endObject();
        }
        json.endArray().name("layers").beginArray();
        for (final Layer layer : layers) {
            json.beginObject().name("name").value(layer.name).name("width").value(layer.width)
                .name("activation").value(named(layer.activation));
            direct(json, layer.direct).endObject();
        }
        json.endArray().name("outputs").beginArray();
        for (final Output output : outputs) {
            part(json, output.name, output.first, output.width)
                .name("activation").value(named(output.activation)).name("loss").value(named(output.loss));
            direct(json, output.direct).endObject();
        }
        json.endArray().name("projections").beginArray();
        for (final Projection projection : projections) {
            json.beginObject().name("from").value(projection.from).name("to").value(projection.to);
            if (!isDirect(projection.from)) {
                json.name("feedback").value(named(projection.feedback));
            }
            json.name("length").value(projection.length).endObject();
        }
        json.endArray().endObject();
    }

    private static JsonWriter direct(final JsonWriter json, final boolean direct) throws IOException {
        if (direct) {
            json.name("feedback").value(DescriptionParser.DIRECT);
        }
        return json;
    }

    private static JsonWriter part(final JsonWriter json, final String name, final int first, final int width) throws IOException {
        json.beginObject().name("name").value(name).name("first").value(first);
        if (width != REST) {
            json.name("width").value(width);
        }
        return json;
    }
}
