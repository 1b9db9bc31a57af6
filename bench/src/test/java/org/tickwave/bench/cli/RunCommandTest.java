package org.tickwave.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunCommandTest {
    private static final Path DATA = Path.of("..", "..", "shared", "data");

    @TempDir
    Path folder;

    private record Outcome(int exit, String out, String err) {
        JsonObject json() {
            return JsonParser.parseString(out).getAsJsonObject();
        }

        String lastError() {
            return err.lines().reduce((first, second) -> second).orElse("");
        }
    }

    private static Outcome tickwave(final String... args) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final int exit = Tickwave.execute(new PrintWriter(out), new PrintWriter(err), args);
        return new Outcome(exit, out.toString(), err.toString());
    }

    private static Outcome run(final String options) {
        return tickwave(("run --quiet " + options).split(" "));
    }

    private Path floats(final int frames, final int width) throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate(frames * width * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < frames * width; i++) {
            bytes.putFloat((float) Math.sin(i / (double) width * .1 + i % width));
        }
        return Files.write(folder.resolve("floats.raw"), bytes.array());
    }

    static Stream<Arguments> wrongCommandLines() {
        return Stream.of(
            Arguments.of("--rate -1", "--rate -1", "0 to 1024"), Arguments.of("--rate NaN", "--rate NaN", "0 to 1024"),
            Arguments.of("--rate Infinity", "--rate Infinity", "0 to 1024"),
            Arguments.of("--rate 1025", "--rate 1025", "0 to 1024"), Arguments.of("--rate x", "x", "--rate"),
            Arguments.of("--hold 0", "'0'", "at least 1 tick, or auto"), Arguments.of("--clock slow", "--clock slow", "burst or spread"),
            Arguments.of("--clock burst --pace none", "--clock burst with --pace none", "live"), Arguments.of("--layers 16,0", "--layers 0", "at least 1"),
            Arguments.of("--layers 16,x", "x", "--layers"), Arguments.of("--layers 2000000000,2000000000", "2000000000-2000000000", "bytes"),
            Arguments.of("--rule backwards", "backwards", "aligned"), Arguments.of("--rule window:0", "window:0", "1"),
            Arguments.of("--rule window:9", "window:9", "1 to 3"), Arguments.of("--frames 0", "--frames 0", "at least 1"),
            Arguments.of("--frames -5", "--frames -5", "at least 1"), Arguments.of("--seconds 0", "--seconds 0", "above 0"),
            Arguments.of("--seconds NaN", "--seconds NaN", "above 0"), Arguments.of("--fps 0", "fps 0", "above 0"),
            Arguments.of("--gain 0", "--gain 0", "above 0"), Arguments.of("--context 0", "--context 0", "1 to 1024"),
            Arguments.of("--pace slow", "--pace slow", "live or none"), Arguments.of("--lanes 100", "--lanes 100", "128, 256 or 512"),
            Arguments.of("--activation sigmoid", "sigmoid", "logistic"), Arguments.of("--loop 2", "--loop 2", "--input"),
            Arguments.of("--threads 0", "'0'", "1 to 1024"), Arguments.of("--threads 1025", "'1025'", "1 to 1024"),
            Arguments.of("--threads -1", "'-1'", "auto"), Arguments.of("--threads many", "many", "auto"),
            Arguments.of("--idle nap", "nap", "spin, yield or park"), Arguments.of("--jitter --pace none", "none", "live"),
            Arguments.of("--format f32:2@360", "--format f32:2@360: expected", "--input"), Arguments.of("--layers ,", "--layers", "64,64"), Arguments.of("--input x --format f64:2@360", "f64", "f32"),
            Arguments.of("--input x --format f32:2", "--format f32:2: expected", "--fps"),
            Arguments.of("--input x --format f32:0@360", "f32:0@360", "1 to 65536"),
            Arguments.of("--input x --format f32:2@0", "f32:2@0", "above 0"), Arguments.of("--colour", "--colour", "help"));
    }

    @ParameterizedTest
    @MethodSource("wrongCommandLines")
    void aWrongCommandLineIsOneLineThatNamesTheValueAndWhatWasExpected(
        final String options, final String value, final String expected) {
        final Outcome outcome = run(options);
        assertEquals(2, outcome.exit, outcome.err);
        assertEquals("", outcome.out);
        assertTrue(outcome.err.contains(value) && outcome.err.contains(expected), outcome.err);
        assertEquals(1, outcome.err.lines().count(), outcome.err);
        assertFalse(outcome.err.contains("\tat "), outcome.err);
    }

    @Test
    void whatTheFileOrItsBytesShowIsAFailedRun() throws IOException {
        final Path empty = Files.createFile(folder.resolve("empty"));
        final Path noise = Files.write(folder.resolve("noise"), new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
        for (final Path path : List.of(folder.resolve("missing"), folder, empty, noise)) {
            final Outcome outcome = run("--input " + path);
            assertEquals(1, outcome.exit, outcome.err);
            assertEquals(1, outcome.err.lines().count(), outcome.err);
            assertTrue(outcome.err.contains(path.toString()), outcome.err);
        }
    }

    @Test
    void aNetworkThatDoesNotFitThisMachineIsRefusedBeforeAnythingIsAllocated() {
        final Outcome outcome = run("--layers 300000,300000");
        assertEquals(1, outcome.exit, outcome.err);
        assertTrue(outcome.err.contains("512-300000-300000-256") && outcome.err.contains("bytes"), outcome.err);
        assertEquals(1, outcome.err.lines().count(), outcome.err);
    }

    @Test
    void anInputThatIsFarTooWideIsRefusedBeforeAnythingIsAllocated() throws IOException {
        final Path noise = Files.write(folder.resolve("noise"), new byte[1 << 17]);
        final Outcome outcome = run("--input " + noise + " --format u8:65536@30 --context 1024");
        assertEquals(1, outcome.exit, outcome.err);
        assertEquals(1, outcome.err.lines().count(), outcome.err);
        assertTrue(outcome.err.contains("--context 1024") && outcome.err.contains("65536"), outcome.err);
    }

    @Test
    void withoutLearningNoRateIsSuggested() throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate(800).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; bytes.hasRemaining(); i++) {
            bytes.putFloat(i % 2 == 0 ? 1e9f : -1e9f);
        }
        final Path large = Files.write(folder.resolve("large"), bytes.array());
        final Outcome outcome =
            run("--input " + large + " --format f32:2@360 --gain 1e-3 --context 1 --no-learn --activation relu --pace none --json");
        assertEquals(1, outcome.exit, outcome.err);
        assertTrue(outcome.lastError().contains("--normalise"), outcome.err);
    }

    @Test
    void jsonIsOneObjectWithEveryField() throws IOException {
        final Outcome outcome = run("--input " + floats(200, 2) + " --format f32:2@360 --hold 1 --pace none --compare --json");
        assertEquals(0, outcome.exit, outcome.err);
        final JsonObject json = outcome.json();
        for (final String field : List.of("version", "input", "task", "rule", "hold", "rate", "widths", "lane_bits", "seed",
            "frames", "ticks", "fps", "budget_ns", "tick_ns", "response_ns", "late_ticks", "late_frames", "dropped_frames", "starved_frames",
            "bad_frames", "guard_trips", "loss_first_quarter", "loss_last_quarter", "no_change_loss",
            "allocated_bytes_per_tick", "weights_crc32c", "image_bytes", "backprop")) {
            assertTrue(json.has(field), field);
        }
        assertEquals(200, json.get("frames").getAsLong());
        assertEquals(200 + 5, json.get("ticks").getAsLong());
        assertEquals(199, json.get("scored_frames").getAsLong());
        assertEquals(1e9 / 360, json.get("budget_ns").getAsDouble(), 1e-3);
        assertTrue(json.get("response_ns").isJsonNull());
        assertEquals("[32,64,64,2]", json.get("widths").toString());
        assertEquals(json.get("no_change_loss"), json.getAsJsonObject("backprop").get("no_change_loss"));
    }

    /** Results on the made stream, recorded before there were other tasks. */
    @Test
    void theNextChangeIsLearntAndScoredToTheSameBitsAsEver() {
        final JsonObject json = run("--pace none --hold 1 --frames 600 --compare --json").json();
        assertEquals("b2f5a6c7", json.get("weights_crc32c").getAsString());
        assertEquals(0.05908837527711229, json.get("loss_first_quarter").getAsDouble());
        assertEquals(0.027288783555598373, json.get("loss_last_quarter").getAsDouble());
        assertEquals(0.01728970396331306, json.get("no_change_loss").getAsDouble());
        final JsonObject backprop = json.getAsJsonObject("backprop");
        assertEquals("0107ef0e", backprop.get("weights_crc32c").getAsString());
        assertEquals(0.01714519782469514, backprop.get("loss_first_quarter").getAsDouble());
        assertEquals(0.012404194927593096, backprop.get("loss_last_quarter").getAsDouble());
    }

    @Test
    void whatIsSaidOfLabelsIsNullWithoutThem() {
        final JsonObject json = run("--pace none --frames 20 --compare --json").json();
        for (final String field : List.of("labels", "held_out_frame_accuracy", "held_out_recording_accuracy", "held_out_frames",
            "held_out_recordings", "accuracy", "accuracy_last_quarter", "commonest_label", "last_label", "classes",
            "accuracy_over_time")) {
            assertTrue(json.has(field) && json.get(field).isJsonNull(), field);
        }
        assertTrue(json.getAsJsonObject("backprop").get("held_out_recording_accuracy").isJsonNull());
        assertEquals("change", json.get("task").getAsString());
    }

    @Test
    void whereNothingChangesNoRatioIsSaid() throws IOException {
        final Path still = Files.write(folder.resolve("still"), new byte[200 * 8]);
        final String options = "--input " + still + " --format f32:2@360 --rate 0 --pace none --compare";
        final String summary = run(options).out;
        assertTrue(summary.contains("but the stream does not change"), summary);
        assertTrue(summary.contains("loss 0.000 in the last quarter\n"), summary);
        assertFalse(summary.contains("NaN") || summary.contains("Infinity"), summary);
        assertFalse(run(options + " --json").out.matches("(?s).*(NaN|Infinity).*"));
    }

    @Test
    void belowFourScoredFramesThereAreNoQuarters() throws IOException {
        final JsonObject json = run("--input " + floats(4, 2) + " --format f32:2@360 --pace none --json").json();
        assertEquals(3, json.get("scored_frames").getAsLong());
        assertTrue(json.get("loss_last_quarter").isJsonNull());
    }

    @Test
    void theSameSeedGivesTheSameWeightsAndAnotherOthers() {
        final String options = "--frames 300 --pace none --json --seed ";
        final String first = run(options + 5).json().get("weights_crc32c").getAsString();
        assertEquals(first, run(options + 5).json().get("weights_crc32c").getAsString());
        assertNotEquals(first, run(options + 6).json().get("weights_crc32c").getAsString());
    }

    @Test
    void withoutLearningNothingChanges() {
        final String options = "--pace none --no-learn --json --frames ";
        assertEquals(run(options + 10).json().get("weights_crc32c"), run(options + 50).json().get("weights_crc32c"));
    }

    @Test
    void holdMultipliesTicksAndLoopsFrames() throws IOException {
        final JsonObject json =
            run("--input " + floats(50, 2) + " --format f32:2@360 --loop 3 --hold 2 --pace none --json").json();
        assertEquals(2, json.get("hold").getAsLong());
        assertEquals(150, json.get("frames").getAsLong());
        assertEquals(300 + 5, json.get("ticks").getAsLong());
        assertEquals(147, json.get("scored_frames").getAsLong());
    }

    @Test
    void aLiveRunIsPacedByTheFrameOrByTheTick() throws IOException {
        final String options = "--input " + floats(100, 2) + " --format f32:2@1000 --json ";
        final JsonObject burst = run(options).json();
        assertEquals(100, burst.get("frames").getAsLong());
        assertEquals("burst", burst.get("clock").getAsString());
        assertFalse(burst.get("late_frames").isJsonNull());
        assertTrue(burst.get("late_ticks").isJsonNull());
        assertTrue(burst.get("starved_frames").isJsonNull());
        final JsonObject spread = run(options + "--clock spread").json();
        assertEquals("spread", spread.get("clock").getAsString());
        assertTrue(spread.get("late_frames").isJsonNull());
        assertFalse(spread.get("late_ticks").isJsonNull());
        assertEquals(0, spread.get("starved_frames").getAsLong());
        final JsonObject none = run(options + "--pace none").json();
        assertTrue(none.get("clock").isJsonNull());
        for (final JsonObject live : List.of(burst, spread)) {
            assertEquals("live", live.get("pace").getAsString());
            assertTrue(live.getAsJsonObject("response_ns").get("max").getAsLong() > 0);
            assertEquals(16, live.get("hold").getAsInt());
            assertEquals(none.get("weights_crc32c"), live.get("weights_crc32c"));
        }
    }

    @Test
    void aStreamThatBreaksIsSummarisedBeforeTheError() throws IOException {
        final Path cut = floats(100, 2);
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), 100 * 8 - 3));
        final Outcome outcome = run("--input " + cut + " --format f32:2@360 --pace none --json");
        assertEquals(1, outcome.exit);
        assertEquals(99, outcome.json().get("frames").getAsLong());
        assertEquals(1, outcome.err.lines().count(), outcome.err);
        assertTrue(outcome.err.contains(cut.toString()), outcome.err);
    }

    @Test
    void aFormatWithoutARateNeedsFps() throws IOException {
        final JsonObject json = run("--input " + floats(50, 2) + " --format f32:2 --fps 100 --pace none --json").json();
        assertEquals(100, json.get("fps").getAsDouble());
        assertEquals(50, json.get("frames").getAsInt());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " F0:0", " F30:0", " F1000001:1"})
    void aVideoThatDoesNotSayItsRateNeedsFps(final String rate) throws IOException {
        final Path video = folder.resolve("v.y4m");
        Files.write(video, ("YUV4MPEG2 W1 H1" + rate + " Cmono\n" + "FRAME\nx".repeat(5)).getBytes(StandardCharsets.US_ASCII));
        for (final String pace : List.of("none", "live")) {
            final Outcome outcome = run("--input " + video + " --pace " + pace);
            assertEquals(1, outcome.exit, outcome.err);
            assertEquals("tickwave run: " + video + ": does not say how many frames a second it has: expected --fps, such as --fps 25",
                outcome.err.strip());
        }
        final JsonObject json = run("--input " + video + " --fps 25 --pace none --json").json();
        assertEquals(25, json.get("fps").getAsDouble());
        assertEquals(5, json.get("frames").getAsInt());
    }

    @Test
    void aPipeCannotBePlayedAgain() throws IOException, InterruptedException {
        final Path fifo = folder.resolve("fifo");
        Assumptions.assumeTrue(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor() == 0, "mkfifo");
        final Outcome outcome = run("--input " + fifo + " --format f32:2@360 --loop 2");
        assertEquals(2, outcome.exit, outcome.err);
        assertTrue(outcome.err.contains("--loop 2"), outcome.err);
    }

    @Test
    void theHeartIsLearntNearlyAsWellAsByBackprop() {
        final Outcome outcome = heart("--hold 1 --compare");
        final JsonObject json = outcome.json();
        final double loss = json.get("loss_last_quarter").getAsDouble();
        assertTrue(loss <= .15 * json.get("no_change_loss").getAsDouble(), outcome.out);
        assertTrue(loss <= 1.4 * json.getAsJsonObject("backprop").get("loss_last_quarter").getAsDouble(), outcome.out);
    }

    @Test
    void tooHighARateStopsByTheGuardAndSuggestsOneThatWorks() {
        final Outcome outcome = heart("--hold 1 --rate 0.3");
        assertEquals(1, outcome.exit);
        assertTrue(outcome.lastError().matches(".*layer [1-3], tick \\d+.*--rate 0\\.\\d+, or --normalise"), outcome.err);
        final String suggested = outcome.lastError().replaceAll(".*--rate |, or.*", "");
        assertEquals(0, heart("--hold 1 --rate " + suggested).exit);
    }

    private static Outcome heart(final String options) {
        final Path heart = DATA.resolve("ecg_f32x2_360hz.raw");
        Assumptions.assumeTrue(Files.exists(heart), "MIT-BIH record 100 is not here");
        return run("--input " + heart + " --format f32:2@360 --frames 60000 --pace none --json " + options);
    }
}
