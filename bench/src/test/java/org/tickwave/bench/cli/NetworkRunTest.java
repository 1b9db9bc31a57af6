package org.tickwave.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
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
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tickwave.bench.sound.SoundDirectory;

/** {@code run --network}: the network of a description learns from a stream. */
@Execution(ExecutionMode.CONCURRENT)
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
        for (final String options : List.of("", " --rule diffusion --hold 3", " --rule window:2 --threads 2 --normalise --seed 7",
            " --feedback random", " --feedback direct --seed 3")) {
            final String all = "--frames 60 --pace none --json" + options;
            final JsonObject chain = run(all + " --compare").json();
            final JsonObject graph = run(CHAIN, all + " --compare").json();
            for (final String key : List.of("weights_crc32c", "answers_crc32c", "scored_frames", "loss_first_quarter", "loss_last_quarter",
                "no_change_loss", "backprop", "linear", "outputs", "widths", "activation", "hold", "rate", "image_bytes")) {
                assertEquals(chain.get(key), graph.get(key), key + options);
            }
            final Path one = folder.resolve("one");
            final Path other = folder.resolve("other");
            for (final String from : List.of(" --answer-from now --answers ", " --answer-from wave --answers ")) {
                run(all + from + one).json();
                run(CHAIN, all + from + other).json();
                assertEquals(-1, Files.mismatch(one, other));
                assertTrue(Files.size(one) > 60 * 256);
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
        assertEquals(39, json.get("scored_frames").getAsInt());
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

    private static final String WAVES = """
        {"inputs": [{"name": "frame", "width": 2}, {"name": "changes"}], "layers": [{"name": "low", "width": 16}, {"name": "high", "width": 16}],
         "outputs": [{"name": "first", "first": 1, "width": 1}, {"name": "both", "first": 0}],
         "projections": [{"from": "changes", "to": "low"}, {"from": "low", "to": "high"}, {"from": "frame", "to": "high"},
          {"from": "high", "to": "first"}, {"from": "low", "to": "both"}, {"from": "changes", "to": "both"}]}
        """;

    private String wavesOf(final int frames) throws IOException {
        return " --input " + waves(frames) + " --format f32:2@100 --pace none --json";
    }

    @Test
    void whatWasSavedIsLoadedWithoutADescription() throws IOException {
        final Path model = folder.resolve("m.st");
        final JsonObject saved = run(WAVES, "--save " + model + wavesOf(300)).json();
        final JsonObject loaded = run("--no-learn --load " + model + wavesOf(200)).json();
        assertEquals(saved.get("weights_crc32c"), loaded.get("weights_crc32c"));
        assertEquals(saved.get("layers"), loaded.get("layers"));
        final JsonObject beside = run(WAVES, "--no-learn --load " + model + wavesOf(200)).json();
        assertEquals(loaded.get("answers_crc32c"), beside.get("answers_crc32c"));
        final Path again = folder.resolve("again.st");
        run("--no-learn --load " + model + " --save " + again + wavesOf(200)).json();
        assertEquals(-1, Files.mismatch(model, again));
        final JsonObject compared = run("--compare --rate 0 --load " + model + wavesOf(200)).json();
        assertEquals(saved.get("weights_crc32c"), compared.getAsJsonObject("backprop").get("weights_crc32c"));
    }

    @Test
    void theSeedOfFixedFeedbackStandsInTheFile() throws IOException {
        final Path model = folder.resolve("m.st");
        final String random = WAVES.replace("\"low\", \"to\": \"high\"", "\"low\", \"to\": \"high\", \"feedback\": \"random\"");
        final JsonObject plain = run(WAVES, "--seed 5" + wavesOf(50)).json();
        final JsonObject once = run(random, "--seed 5" + wavesOf(50)).json();
        assertNotEquals(plain.get("weights_crc32c"), once.get("weights_crc32c"));
        run(random, "--seed 5 --compare --save " + model + wavesOf(50)).json();
        run("--seed 5 --load " + model + wavesOf(50)).json();
        expectRefused(run("--seed 6 --load " + model + wavesOf(50)), 2, "--seed 6: expected 5", "feedback");
        run(WAVES, "--feedback random --load " + model + wavesOf(50)).json();
        run("--feedback transpose --seed 6 --load " + model + wavesOf(50)).json();
        expectRefused(run(WAVES, "--load " + model + wavesOf(50)), 2, "another network");
        run(WAVES, "--seed 5 --save " + model + wavesOf(50)).json();
        run("--seed 6 --load " + model + wavesOf(50)).json();
    }

    @Test
    void aModelOfAnotherNetworkIsRefused() throws IOException {
        final Path model = folder.resolve("m.st");
        run(WAVES, "--save " + model + wavesOf(20)).json();
        expectRefused(run(WAVES.replace("\"high\", \"width\": 16", "\"high\", \"width\": 17"), "--load " + model + wavesOf(20)), 2,
            "graph.json: another network than in " + model, "no --network");
        expectRefused(run("--layers 16,16 --load " + model + wavesOf(20)), 2, "--layers 16,16: expected no --layers");
        expectRefused(run("--activation relu --load " + model + wavesOf(20)), 2, "--activation relu: expected no --activation");
        expectRefused(run("--load " + model + " --frames 5"), 1, "frames of 256 numbers: expected frames of 2 numbers");
        final Path chain = folder.resolve("chain.st");
        run("--save " + chain + wavesOf(20)).json();
        expectRefused(run(WAVES, "--load " + chain + wavesOf(20)), 2, "--network: expected no --network", "holds a chain");
    }

    private List<String> answers(final String options) throws IOException {
        final Path file = folder.resolve("answers");
        run(WAVES, "--answers " + file + " " + options + wavesOf(400)).json();
        return Files.readAllLines(file);
    }

    @Test
    void theAnswersOfAllOutputsStandInOneRow() throws IOException {
        for (final String from : List.of("now", "wave")) {
            final List<String> lines = answers("--answer-from " + from);
            assertEquals("frame,first.2,both.1,both.2,scored_frame,squared_error,no_change_error", lines.getFirst());
            assertEquals(401, lines.size());
            final String[] last = lines.getLast().split(",");
            assertEquals("400", last[0]);
            assertEquals(Math.cos(400 * .3), Double.parseDouble(last[1]), .05, from);
            assertEquals(Math.sin(400 * .3), Double.parseDouble(last[2]), .05, from);
            assertEquals(Math.cos(400 * .3), Double.parseDouble(last[3]), .05, from);
        }
        final JsonObject json = JsonParser.parseString(answers("--answers-format json").getLast()).getAsJsonObject();
        assertEquals("[first.2, both.1, both.2]", json.getAsJsonObject("prediction").keySet().toString());
    }

    @Test
    void withoutLearningTheWaveBringsTheAnswerOfThePresentWeights() throws IOException {
        final Path model = folder.resolve("m.st");
        run(WAVES, "--save " + model + wavesOf(300)).json();
        final Path now = folder.resolve("now");
        final Path wave = folder.resolve("wave");
        for (final String threads : List.of("1", "3")) {
            final String all = "--no-learn --load " + model + " --hold 1 --answers-format f32 --threads " + threads + wavesOf(200) + " --answers ";
            run(all + now).json();
            run(all + wave + " --answer-from wave").json();
            assertEquals(200 * 3 * Float.BYTES, Files.size(now));
            assertEquals(-1, Files.mismatch(now, wave));
        }
    }

    private static final String LABELLED = """
        {"inputs": [{"name": "in"}], "layers": [{"name": "low", "width": 12}],
         "outputs": [{"name": "soft", "first": 0, "loss": "softmax_cross_entropy", "width": 2},
          {"name": "square", "first": 0, "width": 2}, {"name": "logistic", "first": 0, "loss": "logistic_cross_entropy"}],
         "projections": [{"from": "in", "to": "low"}, {"from": "low", "to": "soft"}, {"from": "in", "to": "square"}, {"from": "low", "to": "logistic"}]}
        """;

    @Test
    void rowsHaveALabelAndAProbabilityOfEachOutput() throws IOException {
        final Path table = Files.writeString(folder.resolve("t.csv"), "a,label\n" + "1,yes\n0,no\n".repeat(400));
        final Path file = folder.resolve("answers");
        for (final String options : List.of("", " --answer-from wave", " --rule diffusion")) {
            run(LABELLED, "--input " + table + " --label label --labels no,yes --json --answers " + file + options).json();
            final List<String> lines = Files.readAllLines(file);
            assertEquals("frame,soft.label,soft.probability,square.label,square.probability,logistic.label,logistic.probability,true_label",
                lines.getFirst());
            assertEquals(801, lines.size());
            final String[] last = lines.getLast().split(",");
            for (int o = 0; o < 3; o++) {
                assertEquals("no", last[1 + 2 * o], lines.getLast());
                assertTrue(Float.parseFloat(last[2 + 2 * o]) > .9, lines.getLast());
            }
            assertEquals("no", last[7]);
        }
        run(LABELLED, "--input " + table + " --label label --labels no,yes --json --answers-format json --answers " + file).json();
        final JsonObject json = JsonParser.parseString(Files.readAllLines(file).getLast()).getAsJsonObject();
        assertEquals("[frame, soft, square, logistic, true_label]", json.keySet().toString());
        assertEquals("no", json.getAsJsonObject("square").get("label").getAsString());
    }

    @Test
    void anOutputOfLabelsTakesAllLabels() throws IOException {
        final Path table = Files.writeString(folder.resolve("t.csv"), "a,label\n" + "1,yes\n0,no\n".repeat(9));
        expectRefused(run(LABELLED.replace("\"square\", \"first\": 0, \"width\": 2", "\"square\", \"first\": 1, \"width\": 1"),
            "--input " + table + " --label label"), 1, "line 3, column 43: output 2: width 1: expected all 2 numbers of the target");
    }

    @Test
    void recordingsAreClassifiedByEveryOutput() throws IOException {
        final Path sound = SoundDirectory.of(folder.resolve("sound"), 8_000, 20, List.of("no", "yes"));
        final Path file = folder.resolve("answers");
        final Path model = folder.resolve("m.st");
        final JsonObject json = run(LABELLED, "--input " + sound + " --pace none --loop 2 --json --compare --rate 1e-3 --save " + model
            + " --answers " + file).json();
        for (int o = 0; o < 3; o++) {
            final JsonObject output = json.getAsJsonArray("outputs").get(o).getAsJsonObject();
            assertTrue(output.get("held_out_recording_accuracy").getAsDouble() > .7, json::toString);
        }
        final List<String> lines = Files.readAllLines(file);
        assertTrue(lines.getFirst().startsWith("recording,soft.label,soft.probability,square.label"), lines.getFirst());
        assertEquals(81, lines.size());
        final JsonObject loaded = run("--no-learn --json --pace none --load " + model + " --input " + sound).json();
        assertEquals(json.get("weights_crc32c"), loaded.get("weights_crc32c"));
    }

    @Test
    void numbersThatGoBadAreReportedByTheNameOfTheLayer() throws IOException {
        final Outcome outcome = run(WAVES, "--rate 1000 --hold 1" + wavesOf(400).replace(" --json", ""));
        assertEquals(1, outcome.exit, outcome.err);
        assertTrue(outcome.err.matches("(?s).*numbers went bad in layer (low|high|first|both), tick \\d+, at rate 1000.*"), outcome.err);
    }

    @Test
    void aLivePipeIsRehearsedAndLearnt() throws IOException {
        final JsonObject json = run(WAVES, "--input " + waves(60) + " --format f32:2@200 --json --threads 2 --clock spread --hold 2").json();
        assertEquals("live", json.get("pace").getAsString());
        assertEquals(60, json.get("frames").getAsInt());
        assertEquals(2, json.get("threads").getAsInt());
    }

    @Test
    void aRecurrentNetworkAnswersByItsWaveOnly() throws IOException {
        final String graph = """
            {"inputs": [{"name": "in"}], "layers": [{"name": "h", "width": 20}], "outputs": [{"name": "out"}], "balance": "recurrent",
             "projections": [{"from": "in", "to": "h"}, {"from": "h", "to": "h"}, {"from": "h", "to": "out"}]}
            """;
        final Path file = folder.resolve("answers");
        expectRefused(run(graph, "--answers " + file + wavesOf(20)), 1, "line 1, column", "--answer-from wave");
        run(graph, "--answers " + file + " --answer-from wave" + wavesOf(20)).json();
        assertEquals(21, Files.readAllLines(file).size());
    }

    private static final String CYCLE = """
        {"balance": "recurrent", "inputs": [{"name": "shapes"}], "layers": [{"name": "state", "width": 20}], "outputs": [{"name": "next"}],
         "projections": [{"from": "shapes", "to": "state"}, {"from": "state", "to": "state"}, {"from": "state", "to": "next"}]}
        """;

    @Test
    void aCycleSaysWhetherItSettlesAndAnswersAfterItsHold() throws IOException {
        final JsonObject json = run(CYCLE, "--frames 40 --pace none --hold 8 --rate 1e-3 --json").json();
        final double growth = json.get("relaxation_growth").getAsDouble();
        assertTrue(growth > 0 && growth < 1, json::toString);
        assertTrue(json.get("relaxation_settled").getAsBoolean());
        assertEquals(40 * 8 + 8, json.get("ticks").getAsInt(), "the last frame is held once more");
        final String fast = run(CYCLE, "--frames 40 --pace none --hold 8").out();
        assertTrue(fast.contains("\ncycles    the network does not settle in 1000 ticks of the last frame;"), fast);
        assertTrue(fast.contains("WARNING: the network does not contract"), fast);
        final String summary = run(CYCLE, "--frames 40 --pace none --hold 8 --rate 1e-3").out();
        assertTrue(summary.matches("(?s).*\ncycles    the network settles in \\d+ ticks of the last frame; a disturbance grows by a factor of \\S+ in a tick.*"), summary);
        assertTrue(summary.contains("\nanswers   arrive 8 ticks after their frame is fed"), summary);
        assertTrue(run(CHAIN, "--frames 9 --pace none --json").json().get("relaxation_growth").isJsonNull());
    }
}
