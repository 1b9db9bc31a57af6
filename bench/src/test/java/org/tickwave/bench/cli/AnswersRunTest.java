package org.tickwave.bench.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tickwave.bench.model.Models;
import org.tickwave.bench.sound.SoundDirectory;

/** The answers that a run writes to a file. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AnswersRunTest {
    private static final int FRAMES = 300;
    private static final int WIDTH = 3;
    private static final double PRECISION = 1e-5;
    private static final String RAW = " --format f32:3@100 --pace none";

    @TempDir
    private Path folder;

    private record Outcome(int exit, String out, String err) {
        JsonObject json() {
            assertEquals(0, exit, err);
            return JsonParser.parseString(out).getAsJsonObject();
        }
    }

    private static Outcome run(final String options) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final int exit = Tickwave.execute(new PrintWriter(out), new PrintWriter(err), ("run --quiet --layers 8,8 " + options).split(" "));
        return new Outcome(exit, out.toString(), err.toString());
    }

    /** Frames of floats; a frame that is null in this list is bad, and holds an infinite number in the file. */
    private Path raw(final List<float[]> frames) throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate(frames.size() * WIDTH * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (final float[] frame : frames) {
            for (int i = 0; i < WIDTH; i++) {
                bytes.putFloat(frame == null ? Float.NEGATIVE_INFINITY : frame[i]);
            }
        }
        return Files.write(folder.resolve("in.raw"), bytes.array());
    }

    private static List<float[]> frames(final double offset) {
        final List<float[]> frames = new ArrayList<>();
        for (int t = 0; t < FRAMES; t++) {
            final float[] frame = new float[WIDTH];
            for (int i = 0; i < WIDTH; i++) {
                frame[i] = (float) (offset + Math.sin(t * .1 + 2 * i));
            }
            frames.add(frame);
        }
        return frames;
    }

    private static List<float[]> floats(final Path file, final int width) throws IOException {
        final ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(0, bytes.remaining() % (width * Float.BYTES), "whole answers");
        final List<float[]> answers = new ArrayList<>();
        while (bytes.hasRemaining()) {
            final float[] answer = new float[width];
            bytes.asFloatBuffer().get(answer);
            bytes.position(bytes.position() + width * Float.BYTES);
            answers.add(answer);
        }
        return answers;
    }

    private static double meanSquare(final float[] one, final float[] other) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < one.length; i++) {
            final double error = (double) one[i] - other[i];
            if (!Double.isNaN(error)) {
                sum += error * error;
                count++;
            }
        }
        return sum / count;
    }

    /** The mean squared error of answers. A frame is scored if the next one is good, and in the same play. */
    private static double mse(final List<float[]> frames, final List<float[]> answers, final int loops) {
        double sum = 0;
        int scored = 0;
        int at = 0;
        for (int t = 0; t < loops * frames.size(); t++) {
            if (frames.get(t % frames.size()) == null) {
                continue;
            }
            final float[] next = (t + 1) % frames.size() == 0 ? null : frames.get((t + 1) % frames.size());
            final double error = next == null ? Double.NaN : meanSquare(answers.get(at), next);
            if (!Double.isNaN(error)) {
                sum += error;
                scored++;
            }
            at++;
        }
        assertEquals(at, answers.size(), "one answer for each good frame");
        return sum / scored;
    }

    private static void assertClose(final double expected, final double actual, final String what) {
        assertEquals(expected, actual, PRECISION * expected, what);
    }

    @ParameterizedTest
    @CsvSource({"now, '', 0", "wave, '', 0", "now, --normalise, 0", "wave, --normalise 50, 0", "now, --normalise, 1e6", "wave, --normalise, 1e6"})
    void theErrorOfTheBytesIsThatOfTheReport(final String from, final String normalise, final double offset) throws IOException {
        final List<float[]> frames = frames(offset);
        for (final int bad : new int[] {0, 20, 21, 57, FRAMES - 1}) {
            frames.set(bad, null);
        }
        final Path out = folder.resolve("out");
        for (final int hold : new int[] {1, 4}) {
            final JsonObject json = run("--input " + raw(frames) + RAW + " --hold " + hold + " --loop 2 --json --answers " + out
                + " --answers-format f32 --answer-from " + from + (normalise.isEmpty() ? "" : " " + normalise)).json();
            assertClose(mse(frames, floats(out, WIDTH), 2), json.get("answers_mse").getAsDouble(), "answers_mse");
            assertEquals(2 * (FRAMES - 5), json.get("answers").getAsLong());
            assertEquals(10, json.get("bad_frames").getAsLong());
            assertEquals(0, json.get("dropped_answers").getAsLong() + json.get("refused_answers").getAsLong());
        }
    }

    /** With a scale, a number that is missing makes no bad frame, and a frame in which all are missing is not scored. */
    @ParameterizedTest
    @ValueSource(strings = {"now", "wave"})
    void missingNumbersAreNotScored(final String from) throws IOException {
        final List<float[]> frames = frames(0);
        frames.get(30)[1] = Float.NaN;
        for (int i = 0; i < WIDTH; i++) {
            frames.get(40)[i] = Float.NaN;
        }
        final Path out = folder.resolve("out");
        final JsonObject json = run("--input " + raw(frames) + RAW + " --normalise --json --answers " + out
            + " --answers-format f32 --answer-from " + from).json();
        assertClose(mse(frames, floats(out, WIDTH), 1), json.get("answers_mse").getAsDouble(), "answers_mse");
    }

    private static Double cell(final String cell) {
        return cell.isEmpty() ? null : Double.valueOf(cell);
    }

    @ParameterizedTest
    @ValueSource(strings = {"now", "wave"})
    void textHasTheNumbersOfTheBytesAndTheNewestScore(final String from) throws IOException {
        final List<float[]> frames = frames(0);
        frames.set(20, null);
        final String options = "--input " + raw(frames) + RAW + " --hold 2 --answer-from " + from + " --answers " + folder.resolve("out");
        assertEquals(0, run(options + " --answers-format f32").exit);
        final List<float[]> bytes = floats(folder.resolve("out"), WIDTH);
        assertEquals(0, run(options).exit);
        final List<String> csv = Files.readAllLines(folder.resolve("out"));
        assertEquals(0, run(options + " --answers-format json").exit);
        final List<String> json = Files.readAllLines(folder.resolve("out"));
        assertEquals("frame,1,2,3,scored_frame,squared_error,no_change_error", csv.getFirst());
        assertEquals(FRAMES - 1, bytes.size());
        assertEquals(FRAMES, csv.size());
        assertEquals(FRAMES - 1, json.size());
        int scored = 0;
        for (int row = 0; row < bytes.size(); row++) {
            final String[] cells = csv.get(row + 1).split(",", -1);
            final JsonObject object = JsonParser.parseString(json.get(row)).getAsJsonObject();
            final int frame = row < 20 ? row + 1 : row + 2;
            assertEquals(frame, Integer.parseInt(cells[0]));
            assertEquals(frame, object.get("frame").getAsInt());
            for (int i = 0; i < WIDTH; i++) {
                assertEquals(bytes.get(row)[i], Float.parseFloat(cells[1 + i]));
                assertEquals(bytes.get(row)[i], object.getAsJsonObject("prediction").get(Integer.toString(i + 1)).getAsFloat());
            }
            // The answer to frame 20 is never scored, since frame 21 is bad. Nor is that to the last one.
            final int newest = from.equals("now") ? frame - 1 : frame;
            scored = newest == 0 || newest == 20 || newest == 21 || newest == FRAMES ? scored : newest;
            assertScore(frames, bytes, scored, cells, object);
        }
    }

    private static void assertScore(
        final List<float[]> frames, final List<float[]> bytes, final int scored, final String[] cells, final JsonObject object) {
        final Double error = cell(cells[WIDTH + 2]);
        final Double noChange = cell(cells[WIDTH + 3]);
        if (scored == 0) {
            assertEquals("", cells[WIDTH + 1] + cells[WIDTH + 2] + cells[WIDTH + 3]);
            assertTrue(object.get("scored_frame").isJsonNull() && object.get("squared_error").isJsonNull());
            return;
        }
        assertEquals(scored, Integer.parseInt(cells[WIDTH + 1]));
        assertEquals(scored, object.get("scored_frame").getAsInt());
        assertClose(meanSquare(bytes.get(scored <= 20 ? scored - 1 : scored - 2), frames.get(scored)), error, "frame " + scored);
        assertClose(meanSquare(frames.get(scored - 1), frames.get(scored)), noChange, "frame " + scored);
        assertEquals(error, object.get("squared_error").getAsDouble());
        assertEquals(noChange, object.get("no_change_error").getAsDouble());
    }

    @Test
    void aTablesColumnsKeepTheirNamesAndTheirDigits() throws IOException {
        final StringBuilder table = new StringBuilder("\"a,b\",\"c \"\"d\"\"\"\n");
        for (int t = 0; t < FRAMES; t++) {
            table.append(1_000_000_020 + Math.sin(t * .1)).append(',').append(Math.cos(t * .1)).append('\n');
        }
        final Path in = Files.writeString(folder.resolve("in.csv"), table);
        final Path out = folder.resolve("out.csv");
        final JsonObject json = run("--input " + in + " --json --answers " + out).json();
        final List<String> lines = Files.readAllLines(out);
        assertEquals("frame,\"a,b\",\"c \"\"d\"\"\",scored_frame,squared_error,no_change_error", lines.getFirst());
        assertEquals(FRAMES + 1, lines.size());
        double sum = 0;
        for (int t = 1; t < FRAMES; t++) {
            final String[] cells = lines.get(t).split(",", -1);
            final double first = Double.parseDouble(cells[1]) - (1_000_000_020 + Math.sin(t * .1));
            final double second = Double.parseDouble(cells[2]) - Math.cos(t * .1);
            sum += (first * first + second * second) / 2;
        }
        assertClose(sum / (FRAMES - 1), json.get("answers_mse").getAsDouble(), "answers_mse");
        assertTrue(sum / (FRAMES - 1) < 1, "a float of this size has no digit after the point, " + sum / (FRAMES - 1));
    }

    private Path labelled(final String column) throws IOException {
        final StringBuilder table = new StringBuilder("x," + column + "\n");
        for (int t = 0; t < FRAMES; t++) {
            final double x = Math.sin(t * .7);
            table.append(x).append(',').append(t == 50 ? "" : x > .3 ? "\"up, \"\"high\"\"\"" : x > -.3 ? "mid" : "low").append('\n');
        }
        return Files.writeString(folder.resolve("labelled.csv"), table);
    }

    @ParameterizedTest
    @CsvSource({"now, aligned", "wave, aligned", "now, diffusion", "wave, diffusion"})
    void theClassesOfATableHaveTheirProbabilities(final String from, final String rule) throws IOException {
        final String options = "--input " + labelled("y") + " --label y --rule " + rule + " --hold 1 --answer-from " + from + " --answers " + folder.resolve("out");
        final JsonObject report = run(options + " --json --answers-format f32").json();
        assertEquals(FRAMES, report.get("answers").getAsLong());
        assertTrue(report.get("answers_mse").isJsonNull());
        final List<String> labels = report.getAsJsonArray("labels").asList().stream().map(JsonElement::getAsString).toList();
        final List<float[]> probabilities = floats(folder.resolve("out"), labels.size());
        assertEquals(0, run(options + " --answers-format json").exit);
        final List<String> json = Files.readAllLines(folder.resolve("out"));
        assertEquals(0, run(options).exit);
        final List<String> csv = Files.readAllLines(folder.resolve("out"));
        assertEquals("frame,label,probability,true_label", csv.getFirst());
        assertEquals(List.of(FRAMES, FRAMES, FRAMES), List.of(probabilities.size(), json.size(), csv.size() - 1));
        int right = 0;
        for (int row = 0; row < FRAMES; row++) {
            final JsonObject object = JsonParser.parseString(json.get(row)).getAsJsonObject();
            final double x = Math.sin(row * .7);
            final String label = object.get("label").getAsString();
            final String truth = row == 50 ? null : x > .3 ? "up, \"high\"" : x > -.3 ? "mid" : "low";
            assertEquals(row + 1, object.get("frame").getAsInt());
            assertEquals(truth, object.get("true_label").isJsonNull() ? null : object.get("true_label").getAsString());
            right += label.equals(truth) ? 1 : 0;
            double sum = 0;
            float largest = 0;
            for (final float probability : probabilities.get(row)) {
                sum += probability;
                largest = Math.max(largest, probability);
            }
            assertEquals(1, sum, 1e-6);
            assertEquals(largest, probabilities.get(row)[labels.indexOf(label)]);
            assertEquals(largest, object.get("probability").getAsFloat());
            assertEquals((row + 1) + "," + quoted(label) + "," + largest + "," + (truth == null ? "" : quoted(truth)), csv.get(row + 1));
        }
        if (rule.equals(from.equals("now") ? "diffusion" : "aligned")) {
            assertEquals(report.get("accuracy").getAsDouble(), right / (FRAMES - 1.0), 1e-9);
        }
    }

    private static String quoted(final String label) {
        return label.contains(",") ? '"' + label.replace("\"", "\"\"") + '"' : label;
    }

    @ParameterizedTest
    @ValueSource(strings = {"now", "wave"})
    void aRecordingHasOneAnswer(final String from) throws IOException {
        final Path sounds = SoundDirectory.of(folder.resolve("sounds"), 8_000, 5, List.of("a", "b"));
        final String options = "--pace none --input " + sounds + " --answer-from " + from + " --answers " + folder.resolve("out");
        assertEquals(10, run(options + " --json --answers-format f32").json().get("answers").getAsLong());
        final List<float[]> probabilities = floats(folder.resolve("out"), 2);
        assertEquals(0, run(options).exit);
        final List<String> csv = Files.readAllLines(folder.resolve("out"));
        assertEquals("recording,label,probability,true_label", csv.getFirst());
        assertEquals(List.of(10, 11), List.of(probabilities.size(), csv.size()));
        final List<String> names = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            final String[] cells = csv.get(i + 1).split(",");
            final int label = cells[1].equals("a") ? 0 : 1;
            assertEquals(1, probabilities.get(i)[0] + probabilities.get(i)[1], 1e-6);
            assertEquals(probabilities.get(i)[label], Float.parseFloat(cells[2]));
            assertTrue(probabilities.get(i)[label] >= .5, csv.get(i + 1));
            assertTrue(cells[0].contains(cells[3] + "_"), csv.get(i + 1));
            names.add(cells[0]);
        }
        assertEquals(10, names.stream().distinct().count(), names.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"now", "wave"})
    void bytesAreThoseOfTheStream(final String from) throws IOException {
        final byte[] in = new byte[FRAMES * WIDTH];
        for (int i = 0; i < in.length; i++) {
            in[i] = (byte) Math.round(127 + 127 * Math.sin(i / WIDTH * .1 + i % WIDTH));
        }
        final Path out = folder.resolve("out");
        final JsonObject json = run("--input " + Files.write(folder.resolve("in"), in) + " --format u8:3@100 --pace none --json --answers-format u8"
            + " --answer-from " + from + " --answers " + out).json();
        final byte[] bytes = Files.readAllBytes(out);
        assertEquals(in.length, bytes.length);
        double sum = 0;
        for (int i = 0; i < in.length - WIDTH; i++) {
            final double error = (bytes[i] & 0xff) - (in[i + WIDTH] & 0xff);
            sum += error * error;
        }
        assertClose(sum / (in.length - WIDTH), json.get("answers_mse").getAsDouble(), "answers_mse");
        assertTrue(sum / (in.length - WIDTH) < 127, "the answers are near the next frames, " + sum / (in.length - WIDTH));
    }

    @Test
    void aVideoHasAByteForEachNumberOfItsFrames() throws IOException {
        final Path video = folder.resolve("v.y4m");
        Files.write(video, ("YUV4MPEG2 W4 H2 F25:1 Cmono\n" + "FRAME\nabcdefgh".repeat(5)).getBytes(StandardCharsets.US_ASCII));
        final Path out = folder.resolve("out");
        final JsonObject json =
            run("--input " + video + " --loop 3 --pace none --json --answers-format u8 --answers " + out).json();
        final int width = json.getAsJsonArray("widths").get(3).getAsInt();
        assertEquals(15L * width, Files.size(out));
    }

    @Test
    void bytesOfOtherStreamsAreRefusedBeforeTheFileIsTouched() throws IOException {
        final Path out = Files.writeString(folder.resolve("out"), "precious");
        final Path sounds = SoundDirectory.of(folder.resolve("sounds"), 8_000, 5, List.of("a", "b"));
        for (final String input : List.of("--input " + raw(frames(0)) + RAW, "--input " + labelled("y") + " --label y",
            "--input " + labelled("y") + " --drop y", "--input " + sounds)) {
            final Outcome outcome = run(input + " --answers-format u8 --answers " + out);
            assertEquals(2, outcome.exit, outcome.err);
            assertEquals("", outcome.out);
            assertTrue(outcome.err.contains("--answers-format u8") && outcome.err.contains("expected csv, f32 or json"), outcome.err);
            assertEquals(1, outcome.err.lines().count(), outcome.err);
        }
        assertEquals("precious", Files.readString(out));
    }

    /** The outputs are beyond all good numbers, so the guard refuses the first answer, and soon the run. */
    @Test
    void aRefusedAnswerRepeatsTheFrameOrIsLeftOut() throws IOException {
        final List<float[]> frames = frames(0);
        for (int t = 0; t < FRAMES; t++) {
            for (int i = 0; i < WIDTH; i++) {
                frames.get(t)[i] = (t + i) % 2 == 0 ? 1e9f : -1e9f;
            }
        }
        final String options = "--input " + raw(frames) + RAW + " --gain 1e-3 --context 1 --no-learn --activation relu --answers " + folder.resolve("out");
        final Outcome outcome = run(options + " --json --answers-format f32");
        assertEquals(1, outcome.exit, outcome.err);
        final JsonObject json = JsonParser.parseString(outcome.out).getAsJsonObject();
        final List<float[]> answers = floats(folder.resolve("out"), WIDTH);
        assertEquals("guard", json.get("end").getAsString());
        final long refused = json.get("refused_answers").getAsLong();
        assertTrue(refused > 0, outcome.out);
        assertEquals(json.get("answers").getAsLong(), answers.size());
        int repeated = 0;
        for (int t = 0; t < answers.size(); t++) {
            repeated += Arrays.equals(frames.get(t), answers.get(t)) ? 1 : 0;
        }
        assertEquals(refused, repeated);
        for (final String format : List.of("csv", "json")) {
            assertEquals(1, run(options + " --answers-format " + format).exit);
            assertEquals(answers.size() - refused + (format.equals("csv") ? 1 : 0), Files.readAllLines(folder.resolve("out")).size());
        }
    }

    @ParameterizedTest
    @CsvSource({"'', now", "'', wave", "--rule diffusion, now", "--rule window:2, wave", "--compare, now"})
    void answersChangeNothingAndHaveTheSameBytesOnTwoThreads(final String more, final String from) throws IOException {
        for (final String input : List.of("--input " + raw(frames(0)) + RAW, "--input " + labelled("y") + " --label y")) {
            final String options = input + " --json --hold 2" + (more.isEmpty() ? "" : " " + more);
            final JsonObject without = run(options + " --threads 1").json();
            assertTrue(without.get("answers").isJsonNull() && without.get("dropped_answers").isJsonNull());
            byte[] first = null;
            for (final int threads : new int[] {1, 2}) {
                final Path out = folder.resolve("out" + threads);
                final JsonObject with = run(options + " --answer-from " + from + " --answers " + out + " --threads " + threads).json();
                assertEquals(threads, with.get("threads").getAsInt());
                assertEquals(without.get("weights_crc32c"), with.get("weights_crc32c"), "threads " + threads);
                assertEquals(without.get("answers_crc32c"), with.get("answers_crc32c"), "threads " + threads);
                assertEquals(without.get("loss_last_quarter"), with.get("loss_last_quarter"), "threads " + threads);
                first = first == null ? Files.readAllBytes(out) : first;
                assertArrayEquals(first, Files.readAllBytes(out));
            }
        }
    }

    @Test
    void liveAnswersAreThoseOfARunWithoutAPace() throws IOException {
        final Path input = raw(frames(0));
        final Path out = folder.resolve("out");
        byte[] first = null;
        for (final String pace : List.of("none", "live", "live --clock spread")) {
            final JsonObject json = run("--input " + input + " --format f32:3@1000 --hold 4 --json --answers " + out + " --pace " + pace).json();
            assertEquals(FRAMES, json.get("answers").getAsLong() + json.get("dropped_answers").getAsLong());
            assumeTrue(json.get("dropped_answers").getAsLong() == 0, "a disk that keeps up");
            first = first == null ? Files.readAllBytes(out) : first;
            assertArrayEquals(first, Files.readAllBytes(out), pace);
        }
    }

    private void assertRefused(final String options, final String... parts) {
        final Outcome outcome = run(options);
        assertEquals(2, outcome.exit, outcome.err);
        assertEquals("", outcome.out);
        assertEquals(1, outcome.err.lines().count(), outcome.err);
        for (final String part : parts) {
            assertTrue(outcome.err.contains(part), outcome.err);
        }
    }

    @Test
    void theInputIsNotOverwritten() throws IOException {
        final Path input = raw(frames(0));
        final byte[] before = Files.readAllBytes(input);
        final Path link = Files.createSymbolicLink(folder.resolve("link"), input);
        final Path hard = Files.createLink(folder.resolve("hard"), input);
        for (final Path file : List.of(input, link, hard, folder.resolve("x").resolve("..").resolve("in.raw"))) {
            Files.createDirectories(folder.resolve("x"));
            assertRefused("--input " + input + RAW + " --answers " + file, "--answers " + file, "is the input");
        }
        assertArrayEquals(before, Files.readAllBytes(input));
        final Path sounds = SoundDirectory.of(folder.resolve("sounds"), 8_000, 5, List.of("a", "b"));
        assertRefused("--input " + sounds + " --pace none --answers " + sounds.resolve("a_0.wav"), "is the input");
        assertEquals(0, run("--input " + sounds + " --pace none --answers " + sounds.resolve("answers.csv")).exit);
    }

    @Test
    void theSavedModelIsNotOverwrittenThoughItDoesNotExistYet() throws IOException {
        final Path model = folder.resolve("model");
        final Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("model"));
        final Path directory = Files.createSymbolicLink(folder.resolve("here"), folder);
        final String options = "--frames 20 --pace none --save ";
        for (final Path file : List.of(model, link, directory.resolve("model"), directory.resolve("link"))) {
            assertRefused(options + model + " --answers " + file, "--answers " + file, "is the file of --save");
            assertRefused(options + file + " --answers " + model, "--answers " + model, "is the file of --save");
        }
        assertRefused(options + model + " --answers " + model + ".stopped", "is a file of --save");
        assertFalse(Files.exists(model));
        assertEquals(0, run(options + model + " --answers " + folder.resolve("out")).exit);
        assertRefused("--frames 20 --pace none --load " + model + " --answers " + link, "is the file of --load");
        assertEquals(3, Models.read(model).network().layers());
    }

    @Test
    void aFileThatCannotBeOpenedIsOneLine() throws IOException {
        final Path file = Files.createFile(folder.resolve("file"));
        for (final String[] each : new String[][] {{folder.toString(), "a directory"}, {folder.resolve("no/out").toString(), "no such directory"},
            {file.resolve("out").toString(), "Not a directory"}}) {
            final Outcome outcome = run("--frames 20 --pace none --answers " + each[0]);
            assertEquals(1, outcome.exit, outcome.err);
            assertEquals(1, outcome.err.lines().count(), outcome.err);
            assertTrue(outcome.err.contains("--answers " + each[0] + ": ") && outcome.err.contains(each[1]), outcome.err);
        }
    }

    /** Few answers may fail only when the writer ends, many in the midst of the run. */
    @ParameterizedTest
    @ValueSource(ints = {2, 20, 2_000})
    void aFullDiskFailsTheRunInOneLineAndWhatWasLearntIsSaved(final int frames) throws IOException {
        assumeTrue(Files.exists(Path.of("/dev/full")), "a device that is full");
        final Path model = folder.resolve("model");
        // Not csv, whose header may fail before there is a frame.
        for (final String format : List.of("f32", "json")) {
            final Outcome outcome =
                run("--pace none --json --answers /dev/full --frames " + frames + " --save " + model + " --answers-format " + format);
            assertEquals(1, outcome.exit, outcome.err);
            assertEquals("tickwave run: the answers could not be written: No space left on device", outcome.err.strip());
            final JsonObject json = JsonParser.parseString(outcome.out).getAsJsonObject();
            assertEquals("broken", json.get("end").getAsString());
            assertEquals(0, json.get("answers").getAsLong());
            Models.read(model);
            Files.delete(model);
        }
    }

    private Path fifo() throws IOException, InterruptedException {
        final Path fifo = folder.resolve("fifo");
        assumeTrue(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor() == 0, "mkfifo");
        return fifo;
    }

    private static <T> FutureTask<T> beside(final Callable<T> task) {
        final FutureTask<T> future = new FutureTask<>(task);
        Thread.ofPlatform().daemon().start(future);
        return future;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100})
    void aReaderThatGoesAwayEndsTheRunAsPlanned(final int lines) throws Exception {
        final Path fifo = fifo();
        final Path model = folder.resolve("model");
        final FutureTask<List<String>> reader = beside(() -> {
            try (BufferedReader in = Files.newBufferedReader(fifo)) {
                final List<String> read = new ArrayList<>();
                while (read.size() < lines) {
                    read.add(in.readLine());
                }
                return read;
            }
        });
        final Outcome outcome =
            run("--frames 1000000 --pace none --json --answers " + fifo + (lines == 0 ? "" : " --save " + model));
        assertEquals(0, outcome.exit, outcome.err);
        assertEquals("", outcome.err);
        assertEquals(lines, reader.get().size());
        // Without a line the reader may be gone before there is a frame.
        if (lines > 0) {
            assertEquals("reader", outcome.json().get("end").getAsString());
            assertTrue(reader.get().getFirst().startsWith("frame,1,2,"), reader.get().getFirst());
            Models.read(model);
        }
    }

    /** The reader opens the pipe and reads nothing until the run has ended. */
    @Test
    void theLimitOfTimeEndsABlockedWrite() throws Exception {
        final Path fifo = fifo();
        final CountDownLatch ended = new CountDownLatch(1);
        final FutureTask<Long> reader = beside(() -> {
            try (BufferedReader in = Files.newBufferedReader(fifo)) {
                ended.await();
                return in.lines().count();
            }
        });
        final Outcome outcome = run("--frames 1000000 --pace none --seconds 1 --json --answers " + fifo);
        ended.countDown();
        final JsonObject json = outcome.json();
        assertEquals("", outcome.err);
        assertEquals("seconds", json.get("end").getAsString());
        assertTrue(json.get("dropped_answers").getAsLong() > 256, outcome.out);
        // The header and a part of the last answer are lines, too.
        assertTrue(reader.get() <= json.get("answers").getAsLong() + 2 + 30, reader.get() + " lines, " + json.get("answers"));
    }
}
