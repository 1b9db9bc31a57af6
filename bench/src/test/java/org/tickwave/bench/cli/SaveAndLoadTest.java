package org.tickwave.bench.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
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
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tickwave.bench.model.Model;
import org.tickwave.bench.model.ModelFile;
import org.tickwave.bench.model.Models;
import org.tickwave.bench.sound.SoundDirectory;

/** {@code --save} and {@code --load}, from the command line to the file and back. */
@Timeout(120)
class SaveAndLoadTest {
    private static final String QUICK = "run --quiet --pace none --layers 16,12 ";
    private static final int FRAMES = 4_000;
    private static final int WIDTH = 64;
    private static final List<String> LABELS = List.of("high", "low", "middle");

    @TempDir
    private Path folder;
    private Path file;

    private record Outcome(int exit, String out, String err) {
        JsonObject json() {
            return JsonParser.parseString(out).getAsJsonObject();
        }

        String text(final String field) {
            return json().get(field).getAsString();
        }
    }

    @BeforeEach
    void nameFile() {
        file = folder.resolve("m.safetensors");
    }

    private static Outcome tickwave(final String args) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final int exit = Tickwave.execute(new PrintWriter(out), new PrintWriter(err), args.strip().split(" +"));
        return new Outcome(exit, out.toString(), err.toString());
    }

    private static Outcome learnt(final String args) {
        final Outcome outcome = tickwave(args);
        assertEquals(0, outcome.exit, outcome.err);
        return outcome;
    }

    private static void assertRefused(final int exit, final String message, final String args) {
        final Outcome outcome = tickwave(args);
        assertEquals("tickwave run: " + message + (exit == 2 && outcome.err.contains("(try ") ? " (try 'tickwave run --help')" : ""),
            outcome.err.strip());
        assertEquals(exit, outcome.exit);
    }

    private Path raw(final int frames, final int width) throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate(frames * width * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < frames * width; i++) {
            bytes.putFloat((float) Math.sin(i / (double) width * .1 + i % width));
        }
        return Files.write(folder.resolve("floats" + width + ".raw"), bytes.array());
    }

    private Path y4m() throws IOException {
        final Random random = new Random(1);
        final byte[] pixels = new byte[64];
        try (var out = Files.newOutputStream(folder.resolve("clip.y4m"))) {
            out.write("YUV4MPEG2 W8 H8 F30:1 Cmono\n".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 200; i++) {
                random.nextBytes(pixels);
                out.write("FRAME\n".getBytes(StandardCharsets.US_ASCII));
                out.write(pixels);
            }
        }
        return folder.resolve("clip.y4m");
    }

    private Path sounds(final String name, final int rate, final String... labels) throws IOException {
        return SoundDirectory.of(folder.resolve(name), rate, 10, labels.length == 0 ? LABELS : List.of(labels));
    }

    /** The options for one stream of each kind. */
    private List<String> streams() throws IOException {
        return List.of(" --frames 300", " --input " + raw(300, 2) + " --format f32:2@360", " --input " + y4m(),
            " --input " + sounds("sounds", 8_000), " --input " + sounds("sounds", 8_000).resolve("low_3.wav") + " --loop 5");
    }

    @Test
    void whatWasSavedAnswersAlikeOnEveryRunAndStaysAsItIs() throws IOException {
        for (final String stream : streams()) {
            final Outcome taught = learnt(QUICK + "--json --save " + file + stream);
            assertEquals(file.toString(), taught.text("saved"));
            assertTrue(taught.json().get("loaded").isJsonNull());
            final byte[] bytes = Files.readAllBytes(file);
            final Path copy = folder.resolve("copy");
            final String load = "run --quiet --pace none --json --no-learn --load " + file + stream;
            final Outcome first = learnt(load + " --save " + copy);
            final Outcome again = learnt(load + " --threads 2 --rule diffusion --rate 5 --hold 1");
            assertEquals(file.toString(), first.text("loaded"));
            assertEquals(first.text("answers_crc32c"), again.text("answers_crc32c"), stream);
            assertNotEquals(taught.text("answers_crc32c"), first.text("answers_crc32c"), stream);
            assertEquals(taught.text("weights_crc32c"), first.text("weights_crc32c"), stream);
            assertEquals(taught.json().get("widths"), first.json().get("widths"));
            assertArrayEquals(bytes, Files.readAllBytes(file), stream);
            assertArrayEquals(bytes, Files.readAllBytes(copy), stream);
        }
    }

    @Test
    void learningGoesOnFromWhatWasSaved() throws IOException {
        for (final String stream : streams()) {
            final Outcome taught = learnt(QUICK + "--json --save " + file + stream);
            final long heard = count(Models.read(file));
            final Outcome more = learnt("run --quiet --pace none --json --load " + file + " --save " + file + stream);
            assertNotEquals(taught.text("weights_crc32c"), more.text("weights_crc32c"), stream);
            assertTrue(more.json().get("learn").getAsBoolean());
            assertEquals(2 * heard, count(Models.read(file)), stream);
            final Outcome loaded = learnt("run --quiet --pace none --json --no-learn --load " + file + stream);
            assertEquals(more.text("weights_crc32c"), loaded.text("weights_crc32c"), stream);
        }
    }

    private static long count(final Model model) {
        return model.normalisation() == null ? 0 : model.normalisation().counts()[0];
    }

    @Test
    void backpropBeginsWithTheSameWeights() throws IOException {
        final String stream = streams().get(3);
        final String saved = learnt(QUICK + "--json --save " + file + stream).text("weights_crc32c");
        final JsonObject json = learnt("run --quiet --pace none --json --no-learn --compare --load " + file + stream).json();
        assertEquals(saved, json.getAsJsonObject("backprop").get("weights_crc32c").getAsString());
        assertEquals(json.get("held_out_frame_accuracy"), json.getAsJsonObject("backprop").get("held_out_frame_accuracy"));
    }

    @Test
    void theRehearsalOfALiveRunDisturbsNothing() throws IOException {
        final String stream = streams().get(3) + " --frames 300";
        learnt(QUICK + "--save " + file + stream);
        final byte[] bytes = Files.readAllBytes(file);
        final Path copy = folder.resolve("copy");
        final String load = "run --quiet --json --fps 5000 --load " + file + stream + " --save " + copy;
        final String played = learnt(load + " --pace none --no-learn").text("answers_crc32c");
        assertEquals(played, learnt(load + " --no-learn").text("answers_crc32c"));
        assertArrayEquals(bytes, Files.readAllBytes(copy));
        final String taught = learnt(load + " --pace none").text("weights_crc32c");
        final byte[] more = Files.readAllBytes(copy);
        assertEquals(taught, learnt(load).text("weights_crc32c"));
        assertArrayEquals(more, Files.readAllBytes(copy));
    }

    @Test
    void aFolderMayHaveFewerLabelsOrOneOnly() throws IOException {
        learnt(QUICK + "--save " + file + " --input " + sounds("sounds", 8_000));
        final Outcome fewer = learnt("run --quiet --pace none --json --load " + file + " --input " + sounds("one", 8_000, "middle"));
        assertEquals("[\"high\",\"low\",\"middle\"]", fewer.json().get("labels").toString());
        assertEquals(1, fewer.json().get("held_out_recordings").getAsInt());
    }

    @Test
    void theSeedOfRecordingsIsThatOfTheFile() throws IOException {
        final String stream = " --input " + sounds("sounds", 8_000);
        learnt(QUICK + "--seed 7 --save " + file + stream);
        assertEquals(7, learnt("run --quiet --pace none --json --load " + file + stream).json().get("seed").getAsLong());
        learnt("run --quiet --pace none --json --seed 7 --load " + file + stream);
        assertRefused(2, "--seed 1: expected 7, as in " + file + ": the seed decides which recordings are held out",
            "run --quiet --pace none --seed 1 --load " + file + stream);
    }

    @Test
    void ofOtherStreamsTheSeedMakesTheMadeOneOnly() {
        learnt(QUICK + "--seed 7 --frames 50 --save " + file);
        final String load = "run --quiet --pace none --json --no-learn --frames 50 --load " + file;
        final Outcome same = learnt(load);
        final Outcome other = learnt(load + " --seed 8");
        assertEquals(7, same.json().get("seed").getAsLong());
        assertEquals(same.text("weights_crc32c"), other.text("weights_crc32c"));
        assertNotEquals(same.text("answers_crc32c"), other.text("answers_crc32c"));
    }

    @Test
    void anOptionThatContradictsIsRefusedAndOneThatDoesNotIsFine() {
        learnt(QUICK + "--frames 50 --context 3 --gain 2.5 --activation relu --save " + file);
        final String load = "run --quiet --pace none --frames 50 --load " + file;
        assertRefused(2, "--layers 16: expected 16,12, as in " + file, load + " --layers 16");
        assertRefused(2, "--activation tanh: expected relu, as in " + file, load + " --activation tanh");
        assertRefused(2, "--context 2: expected 3, as in " + file, load + " --context 2");
        assertRefused(2, "--gain 10: expected 2.5, as in " + file, load + " --gain 10");
        final JsonObject json =
            learnt(load + " --layers 16,12 --activation relu --context 3 --gain 2.5 --rate 1e-3 --hold 2 --json").json();
        assertEquals(.001f, json.get("rate").getAsFloat());
        assertEquals(2, json.get("hold").getAsInt());
        assertEquals("relu", learnt(load + " --json").text("activation"));
        assertEquals(2.5, learnt(load + " --json").json().get("gain").getAsDouble());
        assertEquals(.02f, learnt(load + " --json").json().get("rate").getAsFloat());
    }

    @Test
    void aStreamThatDoesNotFitIsRefused() throws IOException {
        final Path two = folder.resolve("two");
        final Path spoken = folder.resolve("spoken");
        final String from = ", which " + two + " was trained on";
        learnt(QUICK + "--save " + two + " --input " + raw(50, 2) + " --format f32:2@360");
        learnt(QUICK + "--save " + spoken + " --input " + sounds("sounds", 8_000));
        final String load = "run --quiet --pace none --load ";
        assertRefused(1, raw(50, 3) + ": frames of 3 numbers: expected frames of 2 numbers" + from,
            load + two + " --input " + raw(50, 3) + " --format f32:3@360");
        assertRefused(1, "the made stream: frames of 256 numbers: expected frames of 2 numbers" + from, load + two);
        final Path sounds = sounds("sounds", 8_000);
        assertRefused(1, sounds + ": labels: expected a stream without labels" + from, load + two + " --input " + sounds);
        final String numbers = "frames of numbers, not of sound";
        final String sound = "sound of 8000 samples a second in 40 bands, windows of 200 every 80, FFT 256, floor 1.0E-6";
        final Path one = sounds.resolve("low_0.wav");
        assertRefused(1, one + ": " + sound + ": expected " + numbers + from, load + two + " --input " + one);
        final String of = ", which " + spoken + " was trained on";
        assertRefused(1, one + ": no labels: expected a directory of labelled recordings" + of, load + spoken + " --input " + one);
        final Path faster = sounds("faster", 16_000);
        assertRefused(1, faster + ": sound of 16000 samples a second in 40 bands, windows of 400 every 160, FFT 512, floor 1.0E-6"
            + ": expected " + sound + of, load + spoken + " --input " + faster);
        final Path others = sounds("others", 8_000, "low", "lower");
        final Outcome unknown = tickwave(load + spoken + " --input " + others);
        assertEquals(1, unknown.exit);
        assertTrue(unknown.err.matches("tickwave run: " + others + "/lower_\\d.wav: label lower: expected a label of the model: "
            + "high, low, middle\n"), unknown.err);
        assertRefused(2, "--gain 1: " + sounds + " has labels: expected no --gain, because --gain multiplies changes",
            load + spoken + " --gain 1 --input " + sounds);
    }

    static Stream<byte[]> broken() {
        final byte[] noise = new byte[1_000];
        new Random(1).nextBytes(noise);
        return Stream.of(new byte[0], new byte[] {1}, noise);
    }

    @ParameterizedTest
    @MethodSource("broken")
    void aBrokenFileIsNotLoadedAndNotOverwritten(final byte[] bytes) throws IOException {
        Files.write(file, bytes);
        final Outcome outcome = tickwave("run --quiet --pace none --frames 50 --load " + file + " --save " + file);
        assertEquals(1, outcome.exit);
        assertTrue(outcome.err.startsWith("tickwave run: " + file + " is not a safetensors file: ") && outcome.err.lines().count() == 1,
            outcome.err);
        assertEquals("", outcome.out);
        assertArrayEquals(bytes, Files.readAllBytes(file));
    }

    @Test
    void aFileThatIsCutOrNotThereIsNotLoaded() throws IOException {
        learnt(QUICK + "--frames 50 --save " + file);
        final byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 4));
        assertEquals(1, tickwave("run --quiet --pace none --frames 50 --load " + file + " --save " + file).exit);
        assertEquals(whole.length - 4, Files.size(file));
        Files.delete(file);
        assertRefused(1, file + ": no such file: expected a safetensors file", "run --pace none --load " + file);
    }

    @Test
    void whereNothingCanBeSavedNothingIsLearnt() throws IOException {
        final Path missing = folder.resolve("missing");
        final String run = "run --quiet --pace none --frames 50 --save ";
        assertRefused(1, missing + "/m: directory " + missing + " does not exist", run + missing + "/m");
        assertRefused(1, folder + ": a directory: expected a file to write", run + folder);
        Files.createDirectory(folder.resolve("d.stopped"));
        assertRefused(1, folder + "/d.stopped: a directory: expected a file to write", run + folder + "/d");
        assertRefused(2, "--no-learn with --save " + file + ": expected --load too, since there is nothing new to save",
            run + file + " --no-learn");
        assertRefused(1, "input \"\": expected a file, a FIFO, a directory of recordings, or - for standard input",
            "run --input= --save " + file);
        for (final String option : List.of("--save", "--load")) {
            assertRefused(2, option + " \"\": expected a file", "run " + option + "=");
        }
        assertFalse(Files.exists(file));
    }

    @Test
    void theInputIsNotOverwritten() throws IOException {
        final Path raw = raw(50, 2);
        final byte[] bytes = Files.readAllBytes(raw);
        final Path link = Files.createSymbolicLink(folder.resolve("link"), raw);
        final String run = "run --quiet --pace none --format f32:2@360 --input ";
        for (final Path same : List.of(raw, link, folder.resolve("../" + folder.getFileName() + "/" + raw.getFileName()))) {
            assertRefused(2, "--save " + same + ": " + same + " is the input: expected another file", run + raw + " --save " + same);
        }
        final Path stopped = Files.copy(raw, folder.resolve("x.stopped"));
        assertRefused(2, "--save " + folder + "/x: " + stopped + " is the input: expected another file",
            run + stopped + " --save " + folder + "/x");
        assertArrayEquals(bytes, Files.readAllBytes(raw));
        final Path sounds = sounds("sounds", 8_000);
        for (final String recording : List.of("low_1.wav", "new_1.WAV")) {
            final Path in = sounds.resolve(recording);
            assertRefused(2, "--save " + in + ": a later run would read this file as a recording of " + sounds + ": expected another name or directory",
                "run --quiet --pace none --input " + sounds + " --save " + in);
        }
    }

    @Test
    void aBrokenStreamIsSavedToo() throws IOException {
        final Path raw = raw(100, 2);
        Files.write(raw, Arrays.copyOf(Files.readAllBytes(raw), 99 * 8 + 3));
        final Outcome outcome = tickwave(QUICK + "--json --save " + file + " --input " + raw + " --format f32:2@360");
        assertEquals(1, outcome.exit);
        assertEquals("broken", outcome.text("end"));
        assertEquals(file.toString(), outcome.text("saved"));
        final Outcome loaded = learnt("run --quiet --pace none --json --no-learn --load " + file + " --input " + raw(50, 2)
            + " --format f32:2@360");
        assertEquals(outcome.text("weights_crc32c"), loaded.text("weights_crc32c"));
    }

    @Test
    void afterAGuardStopItIsInAnotherFileAndTheFileIsAsItWas() throws IOException {
        learnt(QUICK + "--frames 50 --save " + file);
        final byte[] bytes = Files.readAllBytes(file);
        final Path stopped = Path.of(file + ".stopped");
        final Outcome outcome = tickwave("run --quiet --pace none --json --rate 1000 --load " + file + " --save " + file);
        assertEquals(1, outcome.exit);
        assertEquals("guard", outcome.text("end"));
        assertEquals(stopped.toString(), outcome.text("saved"));
        assertTrue(outcome.err.matches("tickwave run: numbers went bad .*; the weights at that moment are in " + stopped + "\n"), outcome.err);
        assertArrayEquals(bytes, Files.readAllBytes(file));
        final Outcome loaded = tickwave("run --quiet --pace none --frames 3 --json --no-learn --load " + stopped);
        if (loaded.exit == 0) {
            assertEquals(outcome.text("weights_crc32c"), loaded.text("weights_crc32c"));
        } else {
            assertTrue(loaded.err.contains("expected at most 2^30 in magnitude"), loaded.err);
        }
    }

    @Test
    void aStreamWithoutAUsableFrameOverwritesNothing() throws IOException {
        learnt(QUICK + "--save " + file + " --input " + raw(50, 2) + " --format f32:2@360");
        final byte[] bytes = Files.readAllBytes(file);
        final Path bad = Files.write(folder.resolve("bad"),
            ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putFloat(Float.NaN).putFloat(1).putFloat(Float.NaN).array());
        assertRefused(1, bad + ": no good frame: 2 frames read, 2 of them with NaN or a number above 2^30; "
            + "nothing was saved: there was no frame", "run --quiet --pace none --load " + file + " --save " + file + " --input " + bad
            + " --format f32:2@360");
        assertArrayEquals(bytes, Files.readAllBytes(file));
    }

    /** Creates a directory in place of each file while the run learns, after it has read more than pipes and buffers hold. */
    private Outcome learntInVain(final Path... inTheWay) throws Exception {
        final Path fifo = folder.resolve("fifo");
        Files.deleteIfExists(fifo);
        Assumptions.assumeTrue(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor() == 0, "mkfifo");
        final FutureTask<Void> feed = new FutureTask<>(() -> {
            final byte[] bytes = Files.readAllBytes(raw(FRAMES, WIDTH));
            try (var frames = Files.newOutputStream(fifo)) {
                frames.write(bytes, 0, bytes.length / 2);
                for (final Path path : inTheWay) {
                    Files.deleteIfExists(path);
                    Files.createDirectory(path);
                }
                frames.write(bytes, bytes.length / 2, bytes.length / 2);
            }
            return null;
        });
        Thread.ofPlatform().daemon().start(feed);
        final Outcome outcome =
            tickwave(QUICK + "--json --save " + file + " --input " + fifo + " --format f32:" + WIDTH + "@360");
        feed.get();
        assertEquals(1, outcome.exit);
        assertEquals(FRAMES, outcome.json().get("frames").getAsLong());
        return outcome;
    }

    @Test
    void whereWritingFailsAtTheEndItIsInTheOtherFile() throws Exception {
        final Path stopped = Path.of(file + ".stopped");
        final Outcome outcome = learntInVain(file);
        assertEquals("tickwave run: " + file + ": a directory: expected a file to write; what was learnt is in " + stopped + "\n",
            outcome.err);
        assertEquals(stopped.toString(), outcome.text("saved"));
        assertEquals(outcome.text("weights_crc32c"), learnt("run --quiet --pace none --json --no-learn --load " + stopped + " --input "
            + raw(50, WIDTH) + " --format f32:" + WIDTH + "@360").text("weights_crc32c"));
    }

    @Test
    void whereNothingCanBeWrittenAtTheEndAllElseIsSaid() throws Exception {
        final Outcome outcome = learntInVain(file, Path.of(file + ".stopped"));
        assertEquals("tickwave run: " + file + ": a directory: expected a file to write\n", outcome.err);
        assertTrue(outcome.json().get("saved").isJsonNull());
    }

    @Test
    void aFileOfAnUnfinishedTickLoadsAndSaysSo() throws IOException {
        final String stream = " --input " + raw(50, 2) + " --format f32:2@360";
        final Outcome taught = learnt(QUICK + "--json --save " + file + stream);
        assertFalse(taught.json().get("unfinished").getAsBoolean());
        final Model model = Models.read(file);
        ModelFile.write(file, new Model(model.network(), model.task(), model.labels(), model.context(), model.gain(), model.seed(),
            null, null, List.of(), null, "band 1 failed", model.weights()), "test");
        final Outcome loaded = learnt("run --quiet --pace none --json --no-learn --load " + file + stream);
        assertEquals("tickwave run: " + file + ": its weights are of an unfinished tick: band 1 failed\n", loaded.err);
        assertEquals(taught.text("weights_crc32c"), loaded.text("weights_crc32c"));
        final Path again = folder.resolve("again");
        learnt("run --quiet --pace none --save " + again + " --load " + file + stream);
        assertNull(Models.read(again).unfinished());
    }

    @Test
    void theSummarySaysWhereItIsAndWhatToDoWithIt() {
        final String out = learnt(QUICK + "--frames 50 --save " + file).out;
        assertTrue(out.contains("\nsaved     " + file + "; to use it: --load " + file + " --no-learn\n"), out);
        assertTrue(learnt("run --quiet --pace none --frames 50 --load " + file).out.contains("\nloaded    " + file + "\n"));
    }
}
