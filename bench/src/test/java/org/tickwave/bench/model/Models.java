package org.tickwave.bench.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.tickwave.Activation;
import org.tickwave.Loss;
import org.tickwave.Network;
import org.tickwave.bench.stream.Features;
import org.tickwave.bench.net.NetworkDescription;
import org.tickwave.bench.net.NetworkFile;
import org.tickwave.bench.scale.Normaliser;

/** Models for tests. */
public final class Models {
    private static final String[] LABELS = {"", "\"", "\u0000\n\\", "\u00e5\ud83c\udf0a\u2028", "two words", "<&>'"};
    private static final float[] ODD = {
        0, -0f, Float.MIN_VALUE, -Float.MIN_VALUE, Float.MIN_NORMAL, 0x1p30f, -0x1p30f, 1e-30f, .1f};

    private Models() {
    }

    /** A model of widths 4-3-2 that predicts the changes of frames of two numbers. */
    public static Model small() {
        return change(new Random(1), Activation.TANH, 2, 4, 3, 2);
    }

    /** @param widths widths of the layers; the first is context times the last */
    public static Model change(final Random random, final Activation activation, final int context, final int... widths) {
        final Network network = Network.chain(widths).activation(activation).build();
        return new Model(network, "change", List.of(), context, .1f + random.nextFloat() * 100, random.nextLong(), null, null,
            List.of(), null, null,
            layers(random, network));
    }

    /** A model that classifies sound of 40 bands. */
    public static Model classify(final Random random, final int context, final List<String> labels, final int... hidden) {
        return classify(random, Features.of(8000), context, labels, hidden);
    }

    /** A model that classifies sound with some features. */
    public static Model classify(
        final Random random, final Features features, final int context, final List<String> labels, final int... hidden) {
        final int[] widths = new int[hidden.length + 2];
        widths[0] = context * features.bands();
        System.arraycopy(hidden, 0, widths, 1, hidden.length);
        widths[hidden.length + 1] = labels.size();
        final Network network = Network.chain(widths).loss(Loss.SOFTMAX_CROSS_ENTROPY).build();
        final double[] mean = random.doubles(features.bands(), -20, 20).toArray();
        final double[] squares = random.doubles(features.bands(), 0, 1e12).toArray();
        return new Model(network, "classify", labels, context, 1, random.nextLong(), features,
            new Normaliser.State(random.nextBoolean() ? Normaliser.ALL_FRAMES : random.nextLong(2, Long.MAX_VALUE),
                random.longs(features.bands(), 0, Long.MAX_VALUE).toArray(), mean, squares),
            List.of(), null, null, layers(random, network));
    }

    /** A model of a graph with two inputs and two outputs, for frames of three numbers. */
    public static Model graph() throws IOException {
        final Random random = new Random(3);
        final NetworkDescription graph = NetworkFile.parse("made", """
            {"inputs": [{"name": "a", "width": 3}, {"name": "b", "first": 2, "width": 4}], "layers": [{"name": "low", "width": 5, "activation": "relu"}],
             "outputs": [{"name": "first", "width": 1}, {"name": "second", "first": 0, "width": 3}],
             "projections": [{"from": "a", "to": "low"}, {"from": "b", "to": "low"}, {"from": "low", "to": "first"},
              {"from": "low", "to": "second"}, {"from": "b", "to": "second"}]}
            """).withoutStream();
        final Network network = graph.network();
        return new Model(network, graph, "change", List.of(), 2, 10, 7, null, null, List.of(), null, 3, null, layers(random, network));
    }

    /** A random model. */
    public static Model any(final Random random) {
        final int[] hidden = random.ints(random.nextInt(4), 1, 40).toArray();
        if (random.nextBoolean()) {
            final List<String> labels = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(12); i++) {
                labels.add(LABELS[i % LABELS.length] + (i < LABELS.length ? "" : i));
            }
            return classify(random, 1 + random.nextInt(3), labels, hidden);
        }
        final int context = 1 + random.nextInt(4);
        final int width = 1 + random.nextInt(17);
        final int[] widths = new int[hidden.length + 2];
        widths[0] = context * width;
        System.arraycopy(hidden, 0, widths, 1, hidden.length);
        widths[hidden.length + 1] = width;
        return change(random, Activation.values()[random.nextInt(Activation.values().length)], context, widths);
    }

    /** Reads a model into memory and closes the file. */
    public static Model read(final Path file) throws IOException {
        try (SavedModel saved = SavedModel.open(file)) {
            return inMemory(saved.model());
        }
    }

    /** A copy of a model with the weights in memory. */
    static Model inMemory(final Model model) throws IOException {
        final Network network = model.network();
        final Layers layers = new Layers(new float[network.projections()][], new float[network.last()][]);
        for (int k = 1; k <= network.projections(); k++) {
            final float[] row = new float[network.width(network.from(k))];
            final float[] weights = new float[network.width(network.to(k)) * row.length];
            for (int r = 0; r < network.width(network.to(k)); r++) {
                model.weights().readRow(k, r, row);
                System.arraycopy(row, 0, weights, r * row.length, row.length);
            }
            layers.weights()[k - 1] = weights;
        }
        for (int l = network.inputs(); l <= network.last(); l++) {
            final float[] biases = new float[network.width(l)];
            model.weights().readBiases(l, biases);
            layers.biases()[l - 1] = biases;
        }
        return new Model(network, model.graph(), model.task(), model.labels(), model.context(), model.gain(), model.seed(), model.features(),
            model.normalisation(), model.columns(), model.labelColumn(), model.frameWidth(), model.unfinished(), layers);
    }

    /** The weights of a model that this class made or read. */
    public static Layers layers(final Model model) {
        return (Layers) model.weights();
    }

    private static Layers layers(final Random random, final Network network) {
        return new Layers(weights(random, network), biases(random, network));
    }

    private static float[][] weights(final Random random, final Network network) {
        final float[][] weights = new float[network.projections()][];
        for (int k = 1; k <= network.projections(); k++) {
            weights[k - 1] = numbers(random, network.width(network.to(k)) * network.width(network.from(k)));
        }
        return weights;
    }

    private static float[][] biases(final Random random, final Network network) {
        final float[][] biases = new float[network.last()][];
        for (int l = network.inputs(); l <= network.last(); l++) {
            biases[l - 1] = numbers(random, network.width(l));
        }
        return biases;
    }

    private static float[] numbers(final Random random, final int n) {
        final float[] numbers = new float[n];
        for (int i = 0; i < n; i++) {
            numbers[i] = random.nextInt(8) == 0 ? ODD[random.nextInt(ODD.length)] : (float) random.nextGaussian();
        }
        return numbers;
    }

    /** Asserts that two models have the same bits. */
    public static void assertSame(final Model expected, final Model found) {
        assertEquals(expected.network().toString(), found.network().toString());
        assertEquals(expected.graph(), found.graph());
        for (final int output : expected.network().outputs()) {
            assertEquals(expected.network().loss(output), found.network().loss(output));
        }
        assertEquals(expected.frameWidth(), found.frameWidth());
        for (int l = expected.network().inputs(); l <= expected.network().last(); l++) {
            assertEquals(expected.network().activation(l), found.network().activation(l));
        }
        assertEquals(expected.task(), found.task());
        assertEquals(expected.labels(), found.labels());
        assertEquals(expected.context(), found.context());
        assertEquals(expected.gain(), found.gain());
        assertEquals(expected.seed(), found.seed());
        assertEquals(expected.features(), found.features());
        assertEquals(expected.columns(), found.columns());
        assertEquals(expected.labelColumn(), found.labelColumn());
        assertEquals(expected.unfinished(), found.unfinished());
        if (expected.normalisation() == null) {
            assertEquals(null, found.normalisation());
        } else {
            assertEquals(expected.normalisation().limit(), found.normalisation().limit());
            assertArrayEquals(expected.normalisation().counts(), found.normalisation().counts());
            assertArrayEquals(expected.normalisation().mean(), found.normalisation().mean());
            assertArrayEquals(expected.normalisation().squares(), found.normalisation().squares());
        }
        assertSameNumbers(expected, found);
    }

    static void assertSameNumbers(final Model expected, final Model found) {
        for (int k = 1; k <= expected.network().projections(); k++) {
            assertArrayEquals(bits(layers(expected).weights()[k - 1]), bits(layers(found).weights()[k - 1]), "weights of projection " + k);
        }
        for (int l = expected.network().inputs(); l <= expected.network().last(); l++) {
            assertArrayEquals(bits(layers(expected).biases()[l - 1]), bits(layers(found).biases()[l - 1]), "biases of layer " + l);
        }
    }

    static int[] bits(final float[] numbers) {
        final int[] bits = new int[numbers.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(numbers[i]);
        }
        return bits;
    }
}
