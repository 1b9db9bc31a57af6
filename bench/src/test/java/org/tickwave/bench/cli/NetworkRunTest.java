package org.tickwave.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code run --network}: the network of a description learns from a stream. */
class NetworkRunTest {
    /** The made stream gives frames of 256 numbers, and inputs of a frame and a change. */
    private static final String TWO = """
        {"inputs": [{"name": "now", "width": 256}, {"name": "change"}],
         "layers": [{"name": "low", "width": 24}, {"name": "high", "width": 17}],
         "outputs": [{"name": "top", "width": 100}, {"name": "bottom"}],
         "projections": [{"from": "now", "to": "low"}, {"from": "change", "to": "low"}, {"from": "low", "to": "high"},
          {"from": "high", "to": "top"}, {"from": "low", "to": "bottom"}, {"from": "low", "to": "top"}]}
        """;
    private static final String CHAIN = """
        {"inputs": [{"name": "shapes"}], "layers": [{"name": "hidden", "width": 128}], "outputs": [{"name": "next"}],
         "projections": [{"from": "shapes", "to": "hidden"}, {"from": "hidden", "to": "next"}]}
        """;

    @TempDir
    Path folder;

    private record Outcome(int exit, String out, String err) {
        JsonObject json() {
            assertEquals(0, exit, err);
            return JsonParser.parseString(out).getAsJsonObject();
        }
    }

    private Outcome run(final String network, final String options) throws IOException {
        final Path file = Files.writeString(folder.resolve("graph.json"), network);
        return run("--network " + file + " " + options);
    }

    private static Outcome run(final String options) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final int exit = Tickwave.execute(new PrintWriter(out), new PrintWriter(err), ("run --quiet " + options).split(" "));
        return new Outcome(exit, out.toString(), err.toString());
    }

    @Test
    void aChainAsAGraphHasTheBitsOfTheChain() throws IOException {
        for (final String options : List.of("", " --rule diffusion --hold 3", " --rule window:2 --threads 2 --normalise --seed 7")) {
            final String all = "--frames 60 --pace none --compare --json" + options;
            final JsonObject chain = run(all).json();
            final JsonObject graph = run(CHAIN, all).json();
            for (final String key : List.of("weights_crc32c", "answers_crc32c", "scored_frames", "loss_first_quarter", "loss_last_quarter",
                "no_change_loss", "backprop", "linear", "outputs", "widths", "activation", "hold", "rate", "image_bytes")) {
                assertEquals(chain.get(key), graph.get(key), key + options);
            }
            assertTrue(chain.get("layers").isJsonNull());
            assertEquals("[\"shapes\",\"hidden\",\"next\"]", graph.get("layers").toString());
        }
    }

    @Test
    void eachOutputHasItsOwnScoreAndTheLossIsTheSum() throws IOException {
        final JsonObject json = run(TWO, "--frames 80 --pace none --compare --json").json();
        final JsonArray outputs = json.getAsJsonArray("outputs");
        assertEquals(List.of("top", "bottom"), outputs.asList().stream().map(output -> output.getAsJsonObject().get("name").getAsString()).toList());
        assertEquals(List.of(3, 2), outputs.asList().stream().map(output -> output.getAsJsonObject().get("latency").getAsInt()).toList());
        for (final String key : List.of("loss_first_quarter", "loss_last_quarter", "no_change_loss")) {
            final double sum = outputs.asList().stream().mapToDouble(output -> output.getAsJsonObject().get(key).getAsDouble()).sum();
            assertTrue(sum > 0);
            assertEquals(json.get(key).getAsDouble(), sum, 1e-9, key);
        }
        assertEquals(json.getAsJsonObject("backprop").get("loss_last_quarter").getAsDouble(),
            outputs.asList().stream().mapToDouble(output -> output.getAsJsonObject().get("backprop_loss").getAsDouble()).sum(), 1e-9);
        assertEquals(79, json.get("scored_frames").getAsInt());
        assertEquals("[256,256,24,17,100,156]", json.get("widths").toString());
    }

    /** The mean over all numbers of a frame is the mean over the parts, weighted by their widths, at rate 0 and for no change. */
    @Test
    void anOutputIsScoredAgainstItsPartOfTheTarget() throws IOException {
        final JsonObject whole = run("--frames 40 --pace none --json").json();
        final JsonArray parts = run(TWO, "--frames 40 --pace none --json").json().getAsJsonArray("outputs");
        final double weighted = parts.get(0).getAsJsonObject().get("no_change_loss").getAsDouble() * 100
            + parts.get(1).getAsJsonObject().get("no_change_loss").getAsDouble() * 156;
        assertEquals(whole.get("no_change_loss").getAsDouble(), weighted / 256, 1e-9);
    }

    @Test
    void theSummaryHasALineForEachOutput() throws IOException {
        final Outcome outcome = run(TWO, "--frames 80 --pace none");
        assertEquals(0, outcome.exit, outcome.err);
        assertEquals(2, outcome.out.lines().filter(line -> line.startsWith("output ")).count(), outcome.out);
        assertTrue(outcome.out.contains("output    top: loss ") && outcome.out.contains("output    bottom: loss "), outcome.out);
        assertTrue(outcome.out.contains("the sum of 2 outputs"), outcome.out);
    }

    /** A number of the stream repeats a wave; the other number is the same a quarter of a period later. */
    private Path waves(final int frames) throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate(frames * 2 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < frames; i++) {
            bytes.putFloat((float) Math.sin(i * .3)).putFloat((float) Math.cos(i * .3));
        }
        return Files.write(folder.resolve("waves.raw"), bytes.array());
    }

    @Test
    void everyOutputLearns() throws IOException {
        final String graph = """
            {"inputs": [{"name": "frame", "width": 2}, {"name": "changes"}], "layers": [{"name": "low", "width": 16}, {"name": "high", "width": 16}],
             "outputs": [{"name": "first", "width": 1}, {"name": "second"}],
             "projections": [{"from": "changes", "to": "low"}, {"from": "low", "to": "high"}, {"from": "frame", "to": "high"},
              {"from": "high", "to": "first"}, {"from": "high", "to": "second"}, {"from": "changes", "to": "second"}]}
            """;
        for (final String options : List.of("", " --rule diffusion", " --threads 2 --hold 1")) {
            final JsonObject json = run(graph, "--input " + waves(3_000) + " --format f32:2@100 --pace none --json --context 4" + options).json();
            for (int o = 0; o < 2; o++) {
                final JsonObject output = json.getAsJsonArray("outputs").get(o).getAsJsonObject();
                assertTrue(output.get("loss_last_quarter").getAsDouble() < .1 * output.get("no_change_loss").getAsDouble(), json::toString);
            }
        }
    }

    @Test
    void labelsOfATableAreLearntByEveryOutput() throws IOException {
        final StringBuilder rows = new StringBuilder("a,b,label\n");
        for (int i = 0; i < 600; i++) {
            rows.append(i % 3).append(',').append(i % 2).append(',').append(i % 3 == 0 ? "no" : "yes").append('\n');
        }
        final Path table = Files.writeString(folder.resolve("t.csv"), rows);
        final String graph = """
            {"inputs": [{"name": "a", "width": 1}, {"name": "b"}], "layers": [{"name": "low", "width": 12}, {"name": "high", "width": 12}],
             "outputs": [{"name": "soft", "first": 0, "loss": "softmax_cross_entropy", "width": 2}, {"name": "square", "first": 0, "width": 2},
              {"name": "logistic", "first": 0, "loss": "logistic_cross_entropy"}],
             "projections": [{"from": "a", "to": "low"}, {"from": "b", "to": "low"}, {"from": "low", "to": "high"},
              {"from": "high", "to": "soft"}, {"from": "low", "to": "square"}, {"from": "high", "to": "logistic"}]}
            """;
        for (final String rule : List.of("aligned", "diffusion")) {
            final JsonObject json = run(graph, "--input " + table + " --label label --json --compare --rule " + rule).json();
            for (int o = 0; o < 3; o++) {
                final JsonObject output = json.getAsJsonArray("outputs").get(o).getAsJsonObject();
                assertTrue(output.get("accuracy_last_quarter").getAsDouble() > .95, json::toString);
                assertTrue(output.get("no_change_loss").isJsonNull());
            }
        }
    }

    @Test
    void aRecurrentNetworkRunsUnderDiffusionUnlessToldOtherwise() throws IOException {
        final String graph = """
            {"balance": "recurrent", "inputs": [{"name": "in"}], "layers": [{"name": "h", "width": 20}], "outputs": [{"name": "out"}],
             "projections": [{"from": "in", "to": "h"}, {"from": "h", "to": "h"}, {"from": "h", "to": "out"}]}
            """;
        final JsonObject json = run(graph, "--frames 40 --pace none --json").json();
        assertEquals("diffusion", json.get("rule").getAsString());
        expectRefused(run(graph, "--frames 40 --rule aligned"), 1, "line 1, column 13", "--rule aligned", "diffusion");
        expectRefused(run(graph, "--frames 40 --compare"), 1, "line 1, column 13", "--compare", "without cycles");
    }

    private static void expectRefused(final Outcome outcome, final int exit, final String... parts) {
        assertEquals(exit, outcome.exit, outcome.err);
        assertEquals("", outcome.out);
        assertEquals(1, outcome.err.lines().count(), outcome.err);
        for (final String part : parts) {
            assertTrue(outcome.err.contains(part), outcome.err);
        }
        assertFalse(outcome.err.contains("\tat "), outcome.err);
    }

    @Test
    void optionsOfTheChainAreRefusedBesideADescription() throws IOException {
        expectRefused(run(TWO, "--layers 5"), 2, "--network with --layers [5]", "expected no --layers");
        expectRefused(run(TWO, "--activation relu"), 2, "--network with --activation RELU", "expected no --activation");
    }

    static Stream<Arguments> descriptionsThatDoNotFit() {
        return Stream.of(
            Arguments.of("{\"name\": \"change\"}", "{\"name\": \"change\", \"width\": 257}", "line 1, column 72: input 2: numbers 256 to 512 of the frame"),
            Arguments.of("{\"name\": \"bottom\"}", "{\"name\": \"bottom\", \"width\": 157}", "line 3, column 73: output 2: numbers 100 to 256 of the target"),
            Arguments.of("{\"name\": \"bottom\"}", "{\"name\": \"bottom\", \"loss\": \"softmax_cross_entropy\"}",
                "line 3, column 72: output 2: loss \"softmax_cross_entropy\": expected \"squared_error\""),
            Arguments.of("\"width\": 24", "\"width\": 2000000000", "bytes"),
            Arguments.of("\"width\": 24", "\"width\": 50000000", "bytes: expected at most"),
            Arguments.of("\"low\", \"to\": \"high\"", "\"low\", \"to\": \"high\", \"feedback\": \"random\"", "feedback"),
            Arguments.of("\"inputs\"", "\"input\"", "line 1, column 2: the description: unknown key"));
    }

    @ParameterizedTest
    @MethodSource("descriptionsThatDoNotFit")
    void aDescriptionThatDoesNotFitIsOneLineWithThePlace(final String part, final String by, final String message) throws IOException {
        assertTrue(TWO.contains(part));
        expectRefused(run(TWO.replace(part, by), "--frames 20 --pace none"), 1, "graph.json", message);
    }

    @Test
    void aMissingFileIsRefused() {
        expectRefused(run("--network " + folder.resolve("none.json")), 1, "none.json: no such file");
    }
}
