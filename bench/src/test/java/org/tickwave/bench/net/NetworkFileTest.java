package org.tickwave.bench.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.tickwave.Activation;
import org.tickwave.Balance;
import org.tickwave.Feedback;
import org.tickwave.Loss;
import org.tickwave.Network;
import org.tickwave.bench.net.NetworkDescription.Input;
import org.tickwave.bench.net.NetworkDescription.Layer;
import org.tickwave.bench.net.NetworkDescription.Output;
import org.tickwave.bench.net.NetworkDescription.Projection;

class NetworkFileTest {
    private static final String PARTS = """
        {"inputs": [{"name": "a", "width": 4}, {"name": "b", "first": 2, "width": 5}, {"name": "c"}],
         "outputs": [{"name": "y", "width": 3}, {"name": "z"}],
         "projections": [{"from": "a", "to": "y"}, {"from": "b", "to": "z"}, {"from": "c", "to": "z"}]}
        """;

    @Test
    void everyKeyIsRead() throws IOException {
        final NetworkDescription description = Descriptions.file("""
            {"projections": [{"to": "low", "from": "in"}, {"from": "low", "to": "out", "feedback": "sign_symmetric", "length": 3},
                {"from": "in", "to": "mid"}, {"from": "mid", "to": "out"}, {"from": "out", "to": "low", "feedback": "random"}],
             "balance": "recurrent", "outputs": [{"name": "out", "first": 1, "width": 2, "activation": "logistic", "loss": "squared_error"}],
             "layers": [{"name": "low", "width": 64, "activation": "leaky_relu"}, {"name": "mid", "width": 7, "feedback": "direct"}],
             "inputs": [{"name": "in", "first": 3, "width": 32}]}
            """).description();

        assertEquals(new NetworkDescription(Balance.RECURRENT, List.of(new Input("in", 3, 32)),
            List.of(new Layer("low", 64, Activation.LEAKY_RELU, false), new Layer("mid", 7, Activation.TANH, true)),
            List.of(new Output("out", 1, 2, Activation.LOGISTIC, Loss.SQUARED_ERROR, false)),
            List.of(new Projection("in", "low", Feedback.TRANSPOSE, 1), new Projection("out", "low", Feedback.RANDOM, 1),
                new Projection("in", "mid", Feedback.TRANSPOSE, 1), new Projection("low", "out", Feedback.SIGN_SYMMETRIC, 3),
                new Projection("mid", "out", Feedback.TRANSPOSE, 1))), description);
        assertEquals(List.of("in", "low", "mid", "out"), description.names());
        assertEquals(List.of(32, 64, 7, 2), Arrays.stream(description.widths()).boxed().toList());
    }

    @Test
    void missingKeysHaveDefaults() throws IOException {
        assertEquals(new NetworkDescription(Balance.BALANCED, List.of(new Input("a", 0, 5)), List.of(),
            List.of(new Output("b", 0, NetworkDescription.REST, Activation.IDENTITY, Loss.SQUARED_ERROR, false)),
            List.of(new Projection("a", "b", Feedback.TRANSPOSE, 1))), Descriptions.file("""
            {"inputs": [{"name": "a", "width": 5}], "outputs": [{"name": "b"}], "projections": [{"from": "a", "to": "b"}]}
            """).description());
    }

    @Test
    void aPartBeginsWhereThePartBeforeItEndsAndTheLastTakesTheRest() throws IOException {
        final NetworkDescription description = Descriptions.file(PARTS).fit(10, 4);
        assertEquals(List.of(new Input("a", 0, 4), new Input("b", 2, 5), new Input("c", 7, 3)), description.inputs());
        assertEquals(List.of(0, 3), description.outputs().stream().map(Output::first).toList());
        assertEquals(List.of(3, 1), description.outputs().stream().map(Output::width).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "7 | 4 | line 1, column 79: input 3: numbers 7 to 7 of the frame: expected numbers from 0 to 6, since the frame has 7",
        "6 | 4 | line 1, column 75: input 2: numbers 2 to 6 of the frame: expected numbers from 0 to 5, since the frame has 6",
        "3 | 4 | line 1, column 36: input 1: numbers 0 to 3 of the frame: expected numbers from 0 to 2, since the frame has 3",
        "9 | 3 | line 2, column 41: output 2: numbers 3 to 3 of the target: expected numbers from 0 to 2, since the target has 3",
        "9 | 2 | line 2, column 37: output 1: numbers 0 to 2 of the target: expected numbers from 0 to 1, since the target has 2",
    })
    void aPartThatDoesNotFitIsRefusedWithItsPlace(final int frame, final int target, final String expected) throws IOException {
        final NetworkFile file = Descriptions.file(PARTS);
        assertEquals("n.json: " + expected, assertThrows(NetworkException.class, () -> file.fit(frame, target)).getMessage());
    }

    @Test
    void withoutAStreamEveryWidthIsNeeded() throws IOException {
        final NetworkFile file = Descriptions.file(PARTS);
        assertEquals("n.json: line 1, column 79: input 3: no key \"width\": expected a width, since there is no stream whose frame it could"
            + " fill", assertThrows(NetworkException.class, file::withoutStream).getMessage());
        final NetworkFile outputs = Descriptions.file(PARTS.replace("\"name\": \"c\"", "\"name\": \"c\", \"width\": 1"));
        assertEquals("n.json: line 2, column 41: output 2: no key \"width\": expected a width, since there is no stream whose target it could"
            + " fill", assertThrows(NetworkException.class, outputs::withoutStream).getMessage());
        final NetworkFile all = Descriptions.file(PARTS.replace("\"name\": \"c\"", "\"name\": \"c\", \"width\": 1")
            .replace("\"name\": \"z\"", "\"name\": \"z\", \"width\": 1"));
        assertEquals(all.description(), all.withoutStream());
    }

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenIsReadAgain(final Balance balance) throws IOException {
        final long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        final Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            final NetworkDescription description =
                Descriptions.random(random, 2 + random.nextInt(30), 1 + random.nextInt(100), balance);
            final String json = description.toJson();
            JsonParser.parseString(json);
            final NetworkDescription read = Descriptions.file(json).description();
            assertEquals(description, read, json);
            assertEquals(json, read.toJson());
        }
    }

    @ParameterizedTest
    @EnumSource
    void theNetworkHasTheLayersAndProjectionsOfTheDescription(final Balance balance) {
        final long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        final Random random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            final NetworkDescription description =
                Descriptions.transposed(Descriptions.random(random, 2 + random.nextInt(30), 1 + random.nextInt(100), balance));
            final Network network = description.network();
            assertEquals(description.names(), IntStream.rangeClosed(0, network.last()).mapToObj(network::name).toList());
            assertArrayEquals(description.widths(), IntStream.rangeClosed(0, network.last()).map(network::width).toArray());
            assertEquals(description.inputs().size(), network.inputs());
            assertEquals(description.outputs().stream().map(Output::name).toList(), IntStream.of(network.outputs()).mapToObj(network::name).toList());
            for (final Layer layer : description.layers()) {
                assertEquals(layer.activation(), network.activation(network.layer(layer.name())));
            }
            for (final Output output : description.outputs()) {
                assertEquals(output.activation(), network.activation(network.layer(output.name())));
                assertEquals(output.loss(), network.loss(network.layer(output.name())));
            }
            assertEquals(description.projections().stream().map(projection -> projection.from() + " " + projection.to()).toList(),
                IntStream.rangeClosed(1, network.projections()).mapToObj(k -> network.name(network.from(k)) + " " + network.name(network.to(k))).toList());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"\"from\": \"h\" | \"from\": \"h\", \"feedback\": \"random\" | RANDOM",
        "\"from\": \"h\" | \"from\": \"h\", \"feedback\": \"sign_symmetric\" | SIGN_SYMMETRIC",
        "\"width\": 2 | \"width\": 2, \"feedback\": \"direct\" | DIRECT"})
    void aNetworkDoesNotLoseItsFeedback(final String old, final String now, final Feedback feedback) throws IOException {
        final String json = """
            {"inputs": [{"name": "a", "width": 1}], "layers": [{"name": "h", "width": 2}], "outputs": [{"name": "y", "width": 1}],
             "projections": [{"from": "a", "to": "h"}, {"from": "h", "to": "y"}]}
            """;
        assertEquals(Feedback.TRANSPOSE, Descriptions.file(json).description().network().feedback(2));
        final NetworkDescription description = Descriptions.file(json.replace(old, now)).description();
        assertEquals(feedback, description.network().feedback(2));
    }

    @Test
    void openWidthsAndDirectFeedbackAreWritten() throws IOException {
        final String json = """
            {"balance":"balanced","inputs":[{"name":"a","first":0}],"layers":[{"name":"h","width":2,"activation":"tanh","feedback":"direct"}],\
            "outputs":[{"name":"b","first":0,"activation":"identity","loss":"squared_error"}],"projections":[\
            {"from":"a","to":"h","feedback":"transpose","length":1},{"from":"h","to":"b","length":2}]}""";
        final NetworkDescription description = Descriptions.file(json).description();
        assertEquals(json, description.toJson());
        assertEquals(description, Descriptions.file(description.toJson()).description());
    }

    @Test
    void aFileIsReadAndAMissingOneIsNamed(@TempDir final Path directory) throws IOException {
        final Path file = Files.writeString(directory.resolve("n.json"), PARTS);
        assertEquals(Descriptions.file(PARTS).description(), NetworkFile.read(file.toString()).description());
        final String missing = directory.resolve("m.json").toString();
        assertEquals(missing + ": no such file: expected a description of a network in JSON",
            assertThrows(NetworkException.class, () -> NetworkFile.read(missing)).getMessage());
        assertEquals(directory + ": a directory: expected a description of a network in JSON",
            assertThrows(NetworkException.class, () -> NetworkFile.read(directory.toString())).getMessage());
    }

    @Test
    void aChainIsADescriptionThatCanBeReadAgain() throws IOException {
        final NetworkDescription chain = NetworkDescription.chain(5, 4, 3);
        assertEquals(List.of("0", "1", "2"), chain.names());
        assertEquals(chain, Descriptions.file(chain.toJson()).description());
    }

    /** With every key a description takes more characters than a file may have. Such text stands in a saved model. */
    @Test
    void theCanonicalTextOfTheLargestDescriptionIsRead() throws IOException {
        final StringBuilder text = new StringBuilder("{\"projections\":[");
        for (int p = 0; p < 128 * 128; p++) {
            text.append(p == 0 ? "" : ",").append("{\"from\":\"in").append(String.format("%018d", p / 128))
                .append("\",\"to\":\"out").append(String.format("%018d", p % 128)).append("\"}");
        }
        for (final String[] list : new String[][] {{"inputs", "in"}, {"outputs", "out"}}) {
            text.append("],\"").append(list[0]).append("\":[");
            for (int l = 0; l < 128; l++) {
                text.append(l == 0 ? "" : ",").append("{\"name\":\"").append(list[1]).append(String.format("%018d", l)).append("\",\"width\":1}");
            }
        }
        text.append("]}");
        final NetworkDescription description =
            NetworkFile.read("n.json", new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8))).description();
        final String canonical = description.toJson();
        assertTrue(canonical.length() > 1 << 20);
        assertEquals(description, NetworkFile.parse("n.json", canonical).description());
    }
}
