package org.tickwave.bench.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tickwave.Activation;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Network;
import org.tickwave.bench.net.NetworkDescription;
import org.tickwave.bench.net.NetworkFile;
import org.tickwave.bench.scale.Normaliser;
import org.tickwave.safetensors.NetworkWeights;
import org.tickwave.safetensors.Safetensors;
import org.tickwave.safetensors.SafetensorsWriter;

class ModelFileTest {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int SEVERAL = 200;

    @TempDir
    private Path directory;

    private Model roundTrip(final Model model) throws IOException {
        final Path file = directory.resolve("m.safetensors");
        ModelFile.write(file, model, "0.1.0");
        return Models.read(file);
    }

    @Test
    void whatIsReadIsWhatWasWrittenToTheBit() throws IOException {
        final long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        final Random random = new Random(seed);
        for (int i = 0; i < SEVERAL; i++) {
            final Model model = Models.any(random);
            Models.assertSame(model, roundTrip(model));
        }
    }

    @Test
    void alsoOfOneLayerAndOfLayersLongerThanABuffer() throws IOException {
        final Random random = new Random(2);
        for (final Model model : List.of(
            Models.change(random, Activation.IDENTITY, 1, 1, 1), Models.change(random, Activation.RELU, 1, 103, 103),
            Models.change(random, Activation.RELU, 1, 129, 257, 129), Models.classify(random, 10, List.of("a", "b"), 211))) {
            Models.assertSame(model, roundTrip(model));
        }
    }

    @Test
    void theSameModelIsTheSameBytesWithDataAtAMultipleOfEight() throws IOException {
        final Random random = new Random(3);
        for (int i = 0; i < 20; i++) {
            final Model model = Models.any(random);
            final byte[] bytes = ModelBytes.of(model);
            assertArrayEquals(bytes, ModelBytes.of(model));
            assertEquals(0, ModelBytes.headerBytes(bytes) % 8);
        }
    }

    @Test
    void theHeaderHasTensorsAsASequentialHasThem() throws IOException {
        final String header = ModelBytes.header(ModelBytes.of(Models.small()));
        assertTrue(header.stripTrailing().endsWith("""
            "0.weight":{"dtype":"F32","shape":[3,4],"data_offsets":[0,48]},\
            "0.bias":{"dtype":"F32","shape":[3],"data_offsets":[48,60]},\
            "2.weight":{"dtype":"F32","shape":[2,3],"data_offsets":[60,84]},\
            "2.bias":{"dtype":"F32","shape":[2],"data_offsets":[84,92]}}"""), header);
        assertTrue(header.startsWith("""
            {"__metadata__":{"format":"pt","tickwave_format":"2","tickwave_version":"0","task":"change","""), header);
    }

    @Test
    void theTensorsOfAGraphHaveTheNamesOfItsLayers() throws IOException {
        final Model graph = Models.graph();
        Models.assertSame(graph, roundTrip(graph));
        final String header = ModelBytes.header(ModelBytes.of(graph));
        assertTrue(header.stripTrailing().endsWith("""
            "low/from/a":{"dtype":"F32","shape":[5,3],"data_offsets":[0,60]},\
            "low/from/b":{"dtype":"F32","shape":[5,4],"data_offsets":[60,140]},\
            "first/from/low":{"dtype":"F32","shape":[1,5],"data_offsets":[140,160]},\
            "second/from/low":{"dtype":"F32","shape":[3,5],"data_offsets":[160,220]},\
            "second/from/b":{"dtype":"F32","shape":[3,4],"data_offsets":[220,268]},\
            "low/bias":{"dtype":"F32","shape":[5],"data_offsets":[268,288]},\
            "first/bias":{"dtype":"F32","shape":[1],"data_offsets":[288,292]},\
            "second/bias":{"dtype":"F32","shape":[3],"data_offsets":[292,304]}}"""), header);
        assertTrue(header.startsWith("""
            {"__metadata__":{"format":"pt","tickwave_format":"3","tickwave_version":"0","task":"change","network":"{\\"balance\\":"""), header);
        assertTrue(header.contains("\"frame_width\":\"3\""), header);
    }

    /** The engine's own reader takes a description's network for the same graph as the program, whatever the names are. */
    @Test
    void theLayersOfADescriptionMayHaveTheNamesOfAChain() throws IOException {
        final NetworkDescription description = NetworkFile.parse("made", """
            {"inputs": [{"name": "in", "width": 3}], "layers": [{"name": "1", "width": 5}], "outputs": [{"name": "2", "width": 3}],
             "projections": [{"from": "in", "to": "1"}, {"from": "1", "to": "2"}]}
            """).withoutStream();
        final Network network = description.network();
        final Layers layers = new Layers(new float[][] {new float[15], new float[15]}, new float[][] {new float[5], new float[] {1, 2, 3}});
        final Model model = new Model(network, description, "change", List.of(), 1, 10, 7, null, null, List.of(), null, 3, null, layers);
        Models.assertSame(model, roundTrip(model));
        try (NetworkWeights read = NetworkWeights.read(directory.resolve("m.safetensors"), network)) {
            assertArrayEquals(new float[] {1, 2, 3}, read.biases(2).toArray(FLOAT.withByteAlignment(1)));
        }
    }

    @Test
    void aFileLoadsInWhateverOrderAnotherWriterKeepsIt() throws IOException {
        final Model model = Models.classify(new Random(4), 2, List.of("a", "b", "c"), 7, 5);
        final Path file = directory.resolve("reordered");
        final Random random = new Random(5);
        for (int i = 0; i < 20; i++) {
            ModelFile.write(file, model, "0");
            rewrite(file, random);
            Models.assertSame(model, Models.read(file));
        }
    }

    private static void rewrite(final Path file, final Random random) throws IOException {
        final List<SafetensorsWriter.Tensor> tensors = new ArrayList<>();
        final Map<String, String> metadata = new LinkedHashMap<>();
        try (Safetensors in = Safetensors.open(file)) {
            for (final Safetensors.Tensor tensor : in.tensors()) {
                final float[] data = new float[tensor.count()];
                in.read(tensor, 0, data);
                tensors.add(new SafetensorsWriter.Tensor(tensor.name(), tensor.shape(), (row, to) -> {
                    final int n = (int) (to.byteSize() / Float.BYTES);
                    MemorySegment.copy(data, row * n, to, Weights.FLOAT, 0, n);
                }));
            }
            final List<String> keys = new ArrayList<>(in.metadata().keySet());
            Collections.shuffle(keys, random);
            keys.forEach(key -> metadata.put(key, in.metadata().get(key)));
        }
        metadata.remove("format");
        metadata.put("somebody else's", "value");
        Collections.shuffle(tensors, random);
        new SafetensorsWriter(metadata, tensors).write(file);
    }

    @Test
    void theFixturesLoadThatTheReferenceImplementationWrote() throws IOException {
        final Model change = fixture("change");
        assertEquals("4-3-2", change.network().toString());
        assertEquals(Activation.LEAKY_RELU, change.network().activation(1));
        assertEquals(12.5f, change.gain());
        assertEquals(Long.MIN_VALUE, change.seed());
        assertNumbers(eighths(12), Models.layers(change).weights()[0]);
        assertNumbers(eighths(6), Models.layers(change).weights()[1]);
        assertNumbers(new float[] {Float.MIN_VALUE, -Float.MIN_NORMAL, .1f}, Models.layers(change).biases()[0]);
        assertNumbers(new float[] {-0f, 0x1p30f}, Models.layers(change).biases()[1]);

        final Model classify = fixture("classify");
        assertEquals("80-3", classify.network().toString());
        assertEquals(List.of("0", "eight", "\u00e5\ud83c\udf0a"), classify.labels());
        assertEquals(8000, classify.features().sampleRate());
        assertEquals(1e-6, classify.features().floor());
        assertEquals(Normaliser.ALL_FRAMES, classify.normalisation().limit());
        for (int i = 0; i < 40; i++) {
            assertEquals(3, classify.normalisation().counts()[i]);
            assertEquals(i / 3.0, classify.normalisation().mean()[i]);
            assertEquals(1.0 / (i + 1), classify.normalisation().squares()[i]);
        }
        assertNumbers(eighths(240), Models.layers(classify).weights()[0]);
        assertNumbers(eighths(3), Models.layers(classify).biases()[0]);
    }

    @ParameterizedTest
    @EnumSource
    void theEngineAnswersWithWhatWasLoadedAsAScalarForwardPassDoes(final Activation activation) throws IOException {
        final Random random = new Random(6);
        final Model made = Models.change(random, activation, 1, 37, 19, 23, 37);
        for (final float[] weights : Models.layers(made).weights()) {
            for (int i = 0; i < weights.length; i++) {
                weights[i] = (float) random.nextGaussian() / 5;
            }
        }
        for (final float[] biases : Models.layers(made).biases()) {
            Arrays.fill(biases, .25f);
        }
        final Model model = roundTrip(made);
        final float[] input = new float[37];
        for (int i = 0; i < input.length; i++) {
            input[i] = (float) random.nextGaussian();
        }
        final double[] expected = ScalarForward.answer(made, input);
        try (Engine engine = Engine.open(model.network(), new Context().learning(false))) {
            for (int l = 1; l <= model.network().layers(); l++) {
                engine.setWeights(l, Models.layers(model).weights()[l - 1], Models.layers(model).biases()[l - 1]);
            }
            engine.input(input);
            for (int l = 1; l <= model.network().layers(); l++) {
                engine.tick();
            }
            for (int i = 0; i < expected.length; i++) {
                assertEquals(expected[i], engine.output().getAtIndex(FLOAT, i), 1e-5);
            }
        }
    }

    private Model fixture(final String name) throws IOException {
        final Path file = directory.resolve(name);
        try (var in = ModelFileTest.class.getResourceAsStream(name + ".safetensors")) {
            Files.write(file, in.readAllBytes());
        }
        return Models.read(file);
    }

    private static float[] eighths(final int n) {
        final float[] numbers = new float[n];
        for (int i = 0; i < n; i++) {
            numbers[i] = (i - 5) / 8f;
        }
        return numbers;
    }

    private static void assertNumbers(final float[] expected, final float[] found) {
        assertArrayEquals(Models.bits(expected), Models.bits(found));
    }
}
