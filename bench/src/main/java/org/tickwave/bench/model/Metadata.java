package org.tickwave.bench.model;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.tickwave.Activation;
import org.tickwave.Loss;
import org.tickwave.Network;
import org.tickwave.bench.net.NetworkDescription;
import org.tickwave.bench.net.NetworkException;
import org.tickwave.bench.net.NetworkFile;
import org.tickwave.bench.scale.Normaliser;
import org.tickwave.bench.stream.Features;
import org.tickwave.bench.stream.Labels;
import org.tickwave.bench.stream.Printable;
import org.tickwave.safetensors.file.FileException;
import org.tickwave.safetensors.file.StrictJson;

/**
 * Reads the metadata that {@link MetadataWriter} wrote, and checks that the values agree with each other. Unknown keys are ignored,
 * because another program may have added them.
 */
final class Metadata {
    static final String FORMAT_KEY = "tickwave_format";
    /** The version of the set of keys. */
    static final String FORMAT = "2";
    /** The version with a description of the network. A file of a chain does not need it. */
    static final String FORMAT_OF_GRAPHS = "3";
    static final String NETWORK_KEY = "network";
    /** The version before: only sound was normalised, all numbers of a frame as often, and there were no tables. */
    private static final String FORMAT_1 = "1";

    /** Only in a file with weights of an unfinished tick: the reason why the tick did not finish. */
    static final String UNFINISHED_KEY = "unfinished";

    private static final String CHANGE = "change";
    private static final String CLASSIFY = "classify";
    private static final int MOST_LAYERS = 1 << 16;
    private static final int MOST_COLUMNS = 1 << 16;
    private static final float MOST_GAIN = 1 << 20;

    private final String where;
    private final String format;
    private final Map<String, String> values;

    private interface Reading<T> {
        T of(StrictJson json) throws IOException;
    }

    /** @throws FileException if another program wrote the metadata, or the format is unknown */
    Metadata(final String name, final Map<String, String> values) throws FileException {
        where = name + ": metadata: ";
        this.values = values;
        format = values.get(FORMAT_KEY);
        if (format == null) {
            throw refuse("no " + FORMAT_KEY + ": expected a file that tickwave saved");
        }
        if (!List.of(FORMAT_1, FORMAT, FORMAT_OF_GRAPHS).contains(format)) {
            throw refuse(FORMAT_KEY + " " + Printable.text(format) + ": expected " + FORMAT_1 + ", " + FORMAT + " or " + FORMAT_OF_GRAPHS
                + ", the formats that this version reads");
        }
    }

    /** The name of a constant in a file. */
    static String name(final Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** The description of the network, with all widths; null if the network is a chain. */
    NetworkDescription graph() throws IOException {
        if (!format.equals(FORMAT_OF_GRAPHS)) {
            return null;
        }
        try {
            return network().withoutStream();
        } catch (final NetworkException e) {
            throw new FileException(e.getMessage(), e);
        }
    }

    private NetworkFile network() throws IOException {
        return NetworkFile.parse(where + NETWORK_KEY, value(NETWORK_KEY));
    }

    /**
     * The model of a graph.
     *
     * @param weights weights and biases of the model; the tensors have been checked against the network
     */
    Model model(final NetworkDescription graph, final Network network, final Weights weights) throws IOException {
        final String task = one("task", List.of(CHANGE, CLASSIFY));
        final boolean classify = task.equals(CLASSIFY);
        final List<String> labels = labels(classify ? graph.outputs().getFirst().width() : 0);
        final List<String> columns = columns();
        final Features features = values.containsKey("features") ? features() : null;
        final int width = (int) json("frame_width", json -> json.whole("", 1, Integer.MAX_VALUE)).longValue();
        final int context = (int) json("context", json -> json.whole("", 1, Integer.MAX_VALUE)).longValue();
        if (features != null && (!columns.isEmpty() || features.bands() != width) || !columns.isEmpty() && columns.size() != width) {
            throw refuse("frame_width " + width + ": expected " + (features == null ? columns.size() + ", the number of columns"
                : features.bands() + ", the number of bands of sound"));
        }
        final int input = (int) Math.min(Integer.MAX_VALUE, (long) context * width);
        try {
            network().fit(input, classify ? labels.size() : width);
        } catch (final NetworkException e) {
            throw new FileException(e.getMessage(), e);
        }
        return new Model(network, graph, task, labels, context, gain(classify),
            json("seed", json -> json.whole("", Long.MIN_VALUE, Long.MAX_VALUE)), features,
            values.containsKey("normalisation") ? normalisation(width) : null, columns,
            values.get("label_column"), width, values.get(UNFINISHED_KEY), weights);
    }

    /** The widths of the layers, from the input to the output. */
    int[] widths() throws IOException {
        final List<Integer> widths = json("widths", json -> {
            final List<Integer> list = new ArrayList<>();
            json.list("", MOST_LAYERS, i -> list.add((int) json.whole("", 1, Integer.MAX_VALUE)));
            return list;
        });
        if (widths.size() < 2) {
            throw refuse("widths " + widths + ": expected at least two, of the input and of the output");
        }
        return widths.stream().mapToInt(Integer::intValue).toArray();
    }

    /**
     * The model.
     *
     * @param widths  widths of the layers; the tensors have been checked against them
     * @param weights weights and biases of the model
     */
    Model model(final int[] widths, final Weights weights) throws IOException {
        final String task = one("task", List.of(CHANGE, CLASSIFY));
        final boolean classify = task.equals(CLASSIFY);
        final Network network = network(widths, classify ? Loss.SOFTMAX_CROSS_ENTROPY : Loss.SQUARED_ERROR, task);
        final int outputs = widths[widths.length - 1];
        final List<String> labels = labels(classify ? outputs : 0);
        final List<String> columns = columns();
        final Features features = values.containsKey("features") || classify && columns.isEmpty() ? features() : null;
        if (features != null && !columns.isEmpty()) {
            throw refuse("features and columns: expected one of them");
        }
        final int width = features != null ? features.bands() : columns.isEmpty() ? outputs : columns.size();
        if (!classify && width != outputs) {
            throw refuse((features == null ? "columns: " : "features: bands: ") + width + ": expected " + outputs + ", the width of the output");
        }
        final int context = (int) json("context", json -> json.whole("", 1, Integer.MAX_VALUE)).longValue();
        if ((long) context * width != widths[0]) {
            throw refuse("context " + context + " with frames of " + width + " numbers: expected "
                + widths[0] + " numbers in all, the width of the input");
        }
        return new Model(network, task, labels, context, gain(classify),
            json("seed", json -> json.whole("", Long.MIN_VALUE, Long.MAX_VALUE)), features,
            values.containsKey("normalisation") || features != null && format.equals(FORMAT_1) ? normalisation(width) : null, columns,
            values.get("label_column"), values.get(UNFINISHED_KEY), weights);
    }

    private Network network(final int[] widths, final Loss expected, final String task) throws FileException {
        final Activation activation = constant("activation", Activation.values());
        final Activation output = constant("output_activation", Activation.values());
        final Loss loss = constant("loss", Loss.values());
        if (loss != expected) {
            throw refuse("loss " + name(loss) + " with task " + task + ": expected " + name(expected));
        }
        try {
            return Network.chain(widths).activation(activation).outputActivation(output).loss(loss).build();
        } catch (final IllegalArgumentException e) {
            throw refuse(e.getMessage());
        }
    }

    private List<String> labels(final int count) throws IOException {
        final Set<String> labels = json("labels", json -> {
            final Set<String> found = new LinkedHashSet<>();
            json.list("", count, i -> {
                final String label = Labels.nfc(json.text(""));
                if (!found.add(label)) {
                    throw json.refuse(Printable.text(label) + " occurs twice: expected once");
                }
            });
            return found;
        });
        if (labels.size() != count) {
            throw refuse("labels: " + labels.size() + ": expected " + count + ", the width of the output");
        }
        return List.copyOf(labels);
    }

    private float gain(final boolean classify) throws IOException {
        final String expected = classify ? "1 with task " + CLASSIFY : "above 0, at most 1048576";
        return json("gain", json -> {
            final String text = json.number("", expected);
            final float gain = Float.parseFloat(text);
            if (classify ? gain != 1 : !(gain > 0 && gain <= MOST_GAIN)) {
                throw json.refuse(Printable.text(text) + ": expected " + expected);
            }
            return gain;
        });
    }

    private Features features() throws IOException {
        return json("features", StreamMetadata::features);
    }

    /** The names of a table's columns; empty for other streams. */
    private List<String> columns() throws IOException {
        if (!values.containsKey("columns")) {
            return List.of();
        }
        return json("columns", json -> {
            final Set<String> found = new LinkedHashSet<>();
            json.list("", MOST_COLUMNS, i -> {
                final String column = json.text("");
                if (!found.add(column)) {
                    throw json.refuse(Printable.text(column) + " occurs twice: expected once");
                }
            });
            return List.copyOf(found);
        });
    }

    private Normaliser.State normalisation(final int width) throws IOException {
        return json("normalisation", json -> StreamMetadata.normalisation(json, width));
    }

    private <E extends Enum<E>> E constant(final String key, final E[] constants) throws FileException {
        final String found = one(key, Arrays.stream(constants).map(Metadata::name).toList());
        return Arrays.stream(constants).filter(constant -> name(constant).equals(found)).findFirst().orElseThrow();
    }

    private String one(final String key, final List<String> expected) throws FileException {
        final String value = value(key);
        if (!expected.contains(value)) {
            throw refuse(key + " " + Printable.text(value) + ": expected one of " + String.join(", ", expected));
        }
        return value;
    }

    private <T> T json(final String key, final Reading<T> reading) throws IOException {
        final StrictJson json = new StrictJson(where + key + ": ", new StringReader(value(key)));
        final T value = reading.of(json);
        json.end();
        return value;
    }

    private String value(final String key) throws FileException {
        final String value = values.get(key);
        if (value == null) {
            throw refuse("no " + key + ": expected this key in format " + format);
        }
        return value;
    }

    private FileException refuse(final String message) {
        return new FileException(where + message);
    }
}
