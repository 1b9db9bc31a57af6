package org.tickwave.bench.setup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tickwave.Activation;
import org.tickwave.Engine;
import org.tickwave.Network;
import org.tickwave.bench.model.Model;
import org.tickwave.bench.model.SavedModel;
import org.tickwave.bench.net.NetworkDescription;
import org.tickwave.bench.net.NetworkFile;
import org.tickwave.bench.report.Units;
import org.tickwave.bench.scale.Normaliser;
import org.tickwave.bench.session.Backprop;
import org.tickwave.bench.stdio.Descriptors;
import org.tickwave.bench.stream.Features;
import org.tickwave.bench.stream.FileNames;
import org.tickwave.bench.stream.FrameStream;
import org.tickwave.bench.stream.Printable;
import org.tickwave.bench.table.TableOptions;

/**
 * The saved model that a run begins with. Its file is read and checked first. Then the model is compared with the options and
 * the stream. The weights are copied from the file to the engine row by row.
 */
public final class LoadedModel implements AutoCloseable {
    private final String name;
    private final Model model;
    private final boolean labelled;
    private final SavedModel file;

    private LoadedModel(final String name, final SavedModel file) {
        this.name = name;
        this.file = file;
        model = file.model();
        labelled = !model.labels().isEmpty();
    }

    /** @return null without --load */
    public static LoadedModel of(final RunOptions options) throws RunFailure, IOException {
        if (options.load() == null) {
            return null;
        }
        final Path file = FileNames.path("--load " + Printable.text(options.load()), options.load());
        final String closed = Descriptors.closed(file);
        if (closed != null) {
            throw RunFailure.failed(Printable.text(options.load()) + ": " + closed);
        }
        final LoadedModel loaded = new LoadedModel(Printable.text(options.load()), SavedModel.open(file));
        if (loaded.model.labels().size() == 1) {
            loaded.close();
            throw RunFailure.failed(loaded.name + ": one label, "
                + Printable.text(loaded.model.labels().getFirst()) + ": expected at least two");
        }
        return loaded;
    }

    /**
     * Completes the options with the values of the file.
     *
     * @throws RunFailure if an option contradicts the file
     */
    public RunOptions settle(final RunOptions given) throws RunFailure {
        final NetworkFile graph = graph(given);
        final Network network = model.network();
        final List<Integer> hidden = graph != null ? null : IntStream.range(1, network.layers()).mapToObj(network::width).toList();
        if (graph == null) {
            expect("--layers", given.layers() == null ? null : text(given.layers()), text(hidden), "");
            if (given.activation() != null && !hidden.isEmpty()) {
                expect("--activation", text(given.activation()), text(network.activation(1)), "");
            }
        }
        expect("--context", Objects.toString(given.context(), null), Integer.toString(model.context()), "");
        if (labelled && model.columns().isEmpty()) {
            expect("--seed", Objects.toString(given.seed(), null), Long.toString(model.seed()), ": the seed decides which recordings are held out");
        } else if (graph != null && model.graph().hasFixedFeedback() && model.graph().equals(withFeedback(model.graph(), given))) {
            expect("--seed", Objects.toString(given.seed(), null), Long.toString(model.seed()), ": the seed decides the fixed weights of the feedback");
        }
        if (!labelled) {
            expect("--gain", given.gain() == null ? null : Units.number(given.gain()), Units.number(model.gain()), "");
        }
        final long normalise = model.normalisation() == null ? 0 : model.normalisation().limit();
        expect("--normalise", given.normalise() == null ? null : text(given.normalise()), text(normalise), "");
        if (model.columns().isEmpty() && given.table() != null) {
            throw RunFailure.failed("a table: expected a stream of the kind that " + name + " was trained on, which was no table");
        }
        final OptionsDraft draft = new OptionsDraft(given);
        draft.table = table(given);
        draft.context = model.context();
        draft.gain = labelled ? given.gain() : Float.valueOf(model.gain());
        draft.normalise = normalise;
        draft.layers = hidden;
        draft.activation = graph != null ? null : network.activation(1);
        draft.seed = given.seed() != null ? given.seed() : Long.valueOf(model.seed());
        draft.network = graph;
        return draft.make();
    }

    /** The description in the file; null if the file holds a chain. A description on the command line must say the same. */
    private NetworkFile graph(final RunOptions given) throws RunFailure {
        final NetworkDescription graph = model.graph();
        if (graph == null) {
            if (given.network() != null) {
                throw RunFailure.usage("--network: expected no --network, since " + name + " holds a chain without a description");
            }
            return null;
        }
        expectNone("--layers", given.layers() == null ? null : text(given.layers()));
        expectNone("--activation", given.activation() == null ? null : text(given.activation()));
        try {
            final int target = labelled ? model.labels().size() : model.frameWidth();
            if (given.network() != null && !withFeedback(given.network().fit(model.context() * model.frameWidth(), target), given)
                .equals(withFeedback(graph, given))) {
                throw RunFailure.usage(given.network().refuse("another network than in " + name + ": expected the same, or no --network").getMessage());
            }
            return NetworkFile.parse(name + ": metadata: network", graph.toJson());
        } catch (final IOException e) {
            throw RunFailure.failed(e.getMessage());
        }
    }

    private static NetworkDescription withFeedback(final NetworkDescription graph, final RunOptions given) {
        return given.feedback() == null ? graph : graph.withFeedback(given.feedback());
    }

    private void expectNone(final String option, final String given) throws RunFailure {
        if (given != null) {
            throw RunFailure.usage(option + " " + given + ": expected no " + option + ", since " + name + " describes the layers");
        }
    }

    /** The model says which columns are numbers, which column is the label, and which labels there are. */
    private TableOptions table(final RunOptions given) throws RunFailure {
        final TableOptions table = given.table();
        if (table == null) {
            return null;
        }
        expect("--label", table.label() == null ? null : Printable.text(table.label()),
            model.labelColumn() == null ? "no --label" : Printable.text(model.labelColumn()), "");
        expect("--labels", table.labels() == null ? null : text(table.labels()), text(model.labels()), "");
        try {
            return new TableOptions(table.separator(), table.header(), table.columns(), table.drop(), model.labelColumn(),
                labelled ? model.labels() : null, model.columns(), !given.learn(), model.normalisation() != null);
        } catch (final IllegalArgumentException e) {
            throw RunFailure.usage(e.getMessage());
        }
    }

    private void expect(final String option, final String given, final String saved, final String why) throws RunFailure {
        if (given != null && !given.equals(saved)) {
            throw RunFailure.usage(option + " " + given + ": expected " + saved + ", as in " + name + why);
        }
    }

    private static String text(final List<?> values) {
        return values.isEmpty() ? "none" : values.stream().map(value -> Printable.text(value.toString())).collect(Collectors.joining(","));
    }

    private static String text(final long normalise) {
        return normalise == 0 ? "none" : normalise == Normaliser.ALL_FRAMES ? "all" : Long.toString(normalise);
    }

    private static String text(final Activation activation) {
        return activation.name().toLowerCase(Locale.ROOT);
    }

    /** The labels that recordings may have; null if the model was not trained on labelled recordings. */
    public List<String> labels() {
        return labelled ? model.labels() : null;
    }

    Network network() {
        return model.network();
    }

    /**
     * The normaliser of the frames, which starts from the saved state.
     *
     * @param stands whether the normaliser keeps this state and learns nothing more
     * @return null if frames are fed as they are
     */
    Normaliser normaliser(final boolean stands) {
        return model.normalisation() == null ? null : new Normaliser(model.normalisation(), stands);
    }

    /** Refuses a stream of another kind than the model was trained on. */
    void expectFit(final FrameStream stream) throws RunFailure {
        if (labelled == stream.labels().isEmpty()) {
            throw refuse(stream, labelled ? "no labels" : "labels",
                !labelled ? "a stream without labels" : model.columns().isEmpty() ? "a directory of labelled recordings" : "a table with labels");
        }
        final Features features = stream.features();
        if (!Objects.equals(features, model.features())) {
            throw refuse(stream, text(features), text(model.features()));
        }
        if (stream.columns().isEmpty() != model.columns().isEmpty()) {
            throw RunFailure.failed(stream.name() + (stream.columns().isEmpty() ? ": no table: expected a table, because " : ": a table: expected no table, because ")
                + name + " was trained " + (model.columns().isEmpty() ? "without one" : "on one"));
        }
        final int width = model.frameWidth();
        if (stream.width() != width) {
            throw refuse(stream, "frames of " + stream.width() + " numbers", "frames of " + width + " numbers");
        }
    }

    private RunFailure refuse(final FrameStream stream, final String found, final String expected) {
        return RunFailure.failed(stream.name() + ": " + found + ": expected " + expected + ", which " + name + " was trained on");
    }

    private static String text(final Features features) {
        return features == null ? "frames of numbers, not of sound" : "sound of " + features.sampleRate() + " samples a second in "
            + features.bands() + " bands, windows of " + features.windowSamples() + " every " + features.stepSamples() + ", FFT "
            + features.fftSamples() + ", floor " + features.floor();
    }

    /** A warning about the weights for the user, or null. */
    public String warning() {
        return model.unfinished() == null ? null
            : name + ": its weights are of an unfinished tick: " + Printable.text(model.unfinished());
    }

    /**
     * Sets the weights and biases. Called before the first frame.
     *
     * @param backprop the reference, which starts from the same weights; null without comparison
     */
    public void start(final Engine engine, final Backprop backprop) throws IOException {
        final Network network = model.network();
        for (int k = 1; k <= network.projections(); k++) {
            final float[] row = new float[network.width(network.from(k))];
            for (int r = 0; r < network.width(network.to(k)); r++) {
                model.weights().readRow(k, r, row);
                engine.setWeights(k, r, row);
                if (backprop != null) {
                    backprop.image().writeRow(k, r, row);
                }
            }
        }
        for (int l = network.inputs(); l <= network.last(); l++) {
            final float[] biases = new float[network.width(l)];
            model.weights().readBiases(l, biases);
            engine.setBiases(l, biases);
            if (backprop != null) {
                backprop.image().writeBiases(l, biases);
            }
        }
    }

    /** Closes the file. After this, the weights cannot be set. */
    @Override
    public void close() throws IOException {
        file.close();
    }
}
