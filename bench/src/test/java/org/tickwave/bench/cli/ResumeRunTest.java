package org.tickwave.bench.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tickwave.Checkpoint;
import org.tickwave.CheckpointFile;
import org.tickwave.bench.sound.SoundDirectory;

/** {@code run --resume} goes on as if the run had not been stopped. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ResumeRunTest {
    private static final int FRAMES = 240;
    private static final int PIECES = 4;
    private static final long SEED = 20_261_130;
    private static final String QUICK = "--pace none --json ";
    private static final String MADE = QUICK + "--layers 8 --hold 1 --threads 1 ";

    @TempDir
    Path folder;

    private Path checkpoint() {
        return folder.resolve("keep");
    }

    private String kept(final String more) {
        return " --checkpoint " + checkpoint() + " " + more;
    }

    private static JsonObject json(final String options) {
        final Outcome outcome = Outcome.run(options);
        assertEquals(0, outcome.exit(), outcome.err());
        return outcome.json();
    }

    @TestFactory
    List<DynamicTest> aRunInPiecesIsAsARunInOne() throws IOException {
        final List<DynamicTest> tests = new ArrayList<>();
        for (final Map.Entry<String, String> run : KeptRuns.all(Files.createDirectory(folder.resolve("in")), FRAMES).entrySet()) {
            tests.add(DynamicTest.dynamicTest(run.getKey(), () -> inPieces(run.getKey(), run.getValue())));
        }
        return tests;
    }

    /** Some pieces end as planned. Others lose their newest checkpoint, as if they had been killed after the one before. */
    private void inPieces(final String name, final String options) throws IOException {
        final Path directory = Files.createDirectory(folder.resolve(name.replace(' ', '-')));
        final Path whole = directory.resolve("whole");
        final String run = QUICK + options + " --frames " + FRAMES + " --answers ";
        final JsonObject expected = json(run + whole + " --threads 1");
        final long read = expected.get("frames").getAsLong() + expected.get("bad_frames").getAsLong();
        final Random random = new Random(SEED + name.hashCode());
        final Path answers = directory.resolve("answers");
        final Path file = directory.resolve("keep");
        String resume = "";
        for (int piece = 1; piece <= PIECES; piece++) {
            final long to = piece == PIECES ? FRAMES : Math.max(2, read * piece / PIECES - random.nextInt(20));
            final String what = name + ", seed " + SEED + ", piece " + piece + " to frame " + to;
            final Outcome outcome = Outcome.run(run.replace("--frames " + FRAMES, "--frames " + to) + answers + " --threads " + (1 + piece % 2)
                + " --checkpoint " + file + " --every " + (5 + random.nextInt(20)) + resume);
            assertEquals(0, outcome.exit(), what + ": " + outcome.err());
            resume = " --resume";
            if (piece == PIECES) {
                assertEquals(KeptRuns.result(expected), KeptRuns.result(outcome.json()), what);
                assertTrue(outcome.json().get("resumed_frames").getAsLong() > 0, what);
            } else if (random.nextBoolean() && Files.exists(file.resolveSibling("keep.1"))) {
                Files.delete(file);
            }
        }
        assertArrayEquals(Files.readAllBytes(whole), Files.readAllBytes(answers), name);
    }

    @Test
    void aSummaryTellsOfTheWholeStreamAndSinceWhen() {
        final Outcome first = Outcome.run("--pace none --layers 8 --hold 1 --threads 1 --frames 100" + kept("--every 1000"));
        assertTrue(first.out().contains("kept      1 checkpoint in " + checkpoint() + "; longest pause "), first.out() + first.err());
        assertFalse(first.out().contains("resumed"), first.out());
        final Outcome second = Outcome.run("--pace none --layers 8 --hold 1 --threads 1 --frames 250" + kept("--every 1000 --resume"));
        assertTrue(second.out().contains("resumed   after 99 frames and 99 ticks; "), second.out() + second.err());
        assertTrue(second.out().contains("250 frames of 256 numbers"), second.out());
        assertTrue(second.out().contains("kept      1 checkpoint in "), second.out());
    }

    @Test
    void aBadNewestCheckpointIsSaidAndTheOneBeforeIsTaken() throws IOException {
        final JsonObject whole = json(MADE + "--frames 200");
        json(MADE + "--frames 91" + kept(""));
        json(MADE + "--frames 101" + kept("--resume"));
        final byte[] bytes = Files.readAllBytes(checkpoint());
        bytes[bytes.length - 1] ^= 1;
        Files.write(checkpoint(), bytes);
        final Outcome outcome = Outcome.run(MADE + "--frames 200" + kept("--resume"));
        assertEquals(0, outcome.exit(), outcome.err());
        assertTrue(outcome.err().contains("--resume: " + checkpoint() + ": added section "), outcome.err());
        assertTrue(outcome.err().contains("going on from the checkpoint before it"), outcome.err());
        assertEquals(90, outcome.json().get("resumed_frames").getAsInt());
        assertEquals(KeptRuns.result(whole), KeptRuns.result(outcome.json()));
    }

    @Test
    void twoBadCheckpointsAreRefused() throws IOException {
        json(MADE + "--frames 100" + kept(""));
        Files.write(checkpoint(), new byte[10]);
        Files.write(folder.resolve("keep.1"), "something else, and longer than a header is, which is refused".repeat(2).getBytes());
        Outcome.assertRefused(1, MADE + kept("--resume"), "--resume: " + checkpoint() + ": has 10 bytes: expected a checkpoint; ", "keep.1: begins with 0x");
    }

    @Test
    void withoutACheckpointARunBeginsAtTheStartAndSaysSo() {
        final Outcome outcome = Outcome.run(MADE + "--frames 50" + kept("--resume"));
        assertEquals(0, outcome.exit(), outcome.err());
        outcome.expectLine("--resume: no checkpoint in " + checkpoint() + " yet: beginning at the start");
    }

    @Test
    void aCheckpointIsNotOverwrittenByAnotherRun() throws IOException {
        json(MADE + "--frames 50" + kept(""));
        final byte[] before = Files.readAllBytes(checkpoint());
        Outcome.assertRefused(2, MADE + "--frames 50" + kept(""), "there is a checkpoint: expected --resume to go on from it, or another file");
        assertArrayEquals(before, Files.readAllBytes(checkpoint()));
    }

    /** The answers, the checkpoint and the weights that were saved stay as they are. */
    @Test
    void anotherRunIsRefusedAndNothingIsTouched() throws IOException {
        final Path answers = folder.resolve("answers");
        final Path input = Files.write(folder.resolve("input"), new byte[4_000]);
        final String run = QUICK + "--input " + input + " --format u8:4@100 --threads 1 --answers " + answers;
        json(run + " --layers 8 --hold 1 --frames 300" + kept("--every 70"));
        final byte[] kept = Files.readAllBytes(checkpoint());
        final byte[] written = Files.readAllBytes(answers);
        final String resumed = " --frames 400" + kept("--resume");
        refused(2, run + " --layers 9 --hold 1" + resumed, "network 64-8-4: expected network 64-9-4, as this run has");
        refused(2, run + " --layers 8 --hold 2" + resumed, "--hold 1: expected --hold 2");
        refused(2, run + " --layers 8 --hold 1 --rule diffusion" + resumed, "--rule aligned: expected --rule diffusion");
        refused(2, run + " --layers 8 --hold 1 --rate .5" + resumed, "--rate ");
        refused(2, run + " --layers 8 --hold 1 --seed 9" + resumed, "--seed 1: expected --seed 9");
        refused(2, run + " --layers 8 --hold 1 --compare" + resumed, "--compare false: expected --compare true");
        refused(2, run + " --layers 8 --hold 1 --normalise" + resumed, "--normalise none: expected --normalise all");
        refused(2, run + " --layers 8 --hold 1 --activation relu" + resumed, "activations [tanh, identity]: expected activations [relu, identity]");
        refused(2, run + " --layers 8 --hold 1 --answers-format f32" + resumed, "--answers-format CSV: expected --answers-format F32");
        refused(2, run.replace(" --answers " + answers, "") + " --layers 8 --hold 1" + resumed, "--answer-from NOW: expected --answer-from no answers");
        refused(2, run.replace("u8:4", "u8:2").replace("--layers", "--context 4 --layers") + " --context 4 --layers 8 --hold 1" + resumed,
            "frames of 4 numbers: expected frames of 2 numbers");
        Files.write(input, new byte[] {9}, StandardOpenOption.WRITE);
        refused(1, run + " --layers 8 --hold 1" + resumed, "input: its first 4000 bytes differ from those that were read before: expected the same file");
        Files.write(input, new byte[2_000]);
        refused(1, run + " --layers 8 --hold 1" + resumed, "input: has 2000 bytes: expected at least the 4000 that it had before");
        Files.write(input, new byte[4_000]);
        Files.write(answers, new byte[3]);
        refused(1, run + " --layers 8 --hold 1" + resumed, "--answers " + answers + ": has 3 bytes: expected the ");
        assertEquals(3, Files.size(answers));
        Files.delete(answers);
        refused(1, run + " --layers 8 --hold 1" + resumed, "--answers " + answers + ": no such file");
        assertFalse(Files.exists(answers));
        Files.write(answers, written);
        assertArrayEquals(kept, Files.readAllBytes(checkpoint()));
        json(run + " --layers 8 --hold 1" + resumed);
        assertTrue(Files.size(answers) > written.length);
    }

    private static void refused(final int exit, final String options, final String part) {
        Outcome.assertRefused(exit, options, part);
    }

    /** A log that has become longer goes on where it was; in a second play the part before would be missing. */
    @Test
    void aFileMayGrow() throws IOException {
        final byte[] all = new byte[4_000];
        new Random(1).nextBytes(all);
        final Path input = Files.write(folder.resolve("input"), all);
        final String run = QUICK + "--input " + input + " --format u8:4@100 --threads 1 --layers 8 --hold 1 ";
        final JsonObject whole = json(run);
        Files.write(input, Arrays.copyOf(all, 1_600));
        json(run + kept("--every 70"));
        Files.write(input, all);
        final JsonObject grown = json(run + kept("--resume"));
        assertEquals(KeptRuns.result(whole), KeptRuns.result(grown));
        assertEquals(399, grown.get("resumed_frames").getAsInt());
    }

    /** The row was learnt as 1,2. A run in one would have learnt 1,25. */
    @Test
    void aTableThatEndedWithinARowIsRefusedOnceItHasGrown() throws IOException {
        final Path table = Files.writeString(folder.resolve("log.csv"), "a,b\n" + "3,4\n".repeat(20) + "1,2");
        final String run = QUICK + "--threads 1 --layers 8 --hold 1 --input " + table;
        json(run + kept(""));
        final byte[] before = Files.readAllBytes(checkpoint());
        Files.writeString(table, "5\n6,7\n", StandardOpenOption.APPEND);
        Outcome.assertRefused(1, run + kept("--resume"), "log.csv: row 21 differs from that which was learnt before", "expected a file that grows by whole lines");
        assertArrayEquals(before, Files.readAllBytes(checkpoint()));
    }

    @Test
    void aTableMayGrowAfterAWholeRowWithoutALineEnd() throws IOException {
        final Path table = Files.writeString(folder.resolve("log.csv"), "a,b\n" + "3,4\n".repeat(20) + "1,2");
        final String run = QUICK + "--threads 1 --layers 8 --hold 1 --input " + table;
        json(run + kept(""));
        Files.writeString(table, "\n6,7\n,5\n", StandardOpenOption.APPEND);
        final JsonObject grown = json(run + kept("--resume"));
        assertEquals(KeptRuns.result(json(run)), KeptRuns.result(grown));
        assertEquals(23, grown.get("frames").getAsInt());
    }

    @Test
    void anotherFileOfAnswersIsRefusedAndNotCut() throws IOException {
        final Path answers = folder.resolve("answers");
        final String run = MADE + "--answers " + answers;
        json(run + " --frames 60" + kept("--every 7"));
        json(run + " --frames 80" + kept("--resume"));
        final byte[] written = Files.readAllBytes(answers);
        final byte[] other = Arrays.copyOf(written, written.length + 9);
        other[1] ^= 1;
        Files.write(answers, other);
        Outcome.assertRefused(1, run + " --frames 100" + kept("--resume"),
            "--answers " + answers + ": its first " + written.length + " bytes differ from those that were written before the checkpoint");
        assertArrayEquals(other, Files.readAllBytes(answers));
        other[1] ^= 1;
        Files.write(answers, other);
        json(run + " --frames 100" + kept("--resume"));
        assertArrayEquals(written, Arrays.copyOf(Files.readAllBytes(answers), written.length));
    }

    @Test
    void anotherDirectoryIsRefused() throws IOException {
        final Path sounds = SoundDirectory.of(folder.resolve("sounds"), 8_000, 6, List.of("high", "low"));
        final String run = QUICK + "--threads 1 --layers 8 --hold 1 --input " + sounds;
        json(run + " --frames 40" + kept("--every 10"));
        Files.copy(sounds.resolve("low_1.wav"), sounds.resolve("low_9.wav"));
        Outcome.assertRefused(1, run + kept("--resume"), "has other recordings than before");
    }

    /** The first frames are read again, and checked. */
    @Test
    void aPipeIsReadToItsPlace() throws IOException, InterruptedException {
        final StringBuilder rows = new StringBuilder("a,b\n");
        for (int i = 0; i < 300; i++) {
            rows.append(i % 7).append(',').append(i % 11 == 0 ? "" : i % 5).append('\n');
        }
        final String run = QUICK + "--threads 1 --layers 8 --format csv --fps 100 --hold 1 --input ";
        final JsonObject whole = json(run + Fifo.of(folder.resolve("one.csv"), rows.toString()));
        json(run + Fifo.of(folder.resolve("two.csv"), rows.toString()) + " --frames 120" + kept(""));
        final Outcome outcome = Outcome.run(run + Fifo.of(folder.resolve("three.csv"), rows.toString()) + kept("--resume"));
        assertEquals(0, outcome.exit(), outcome.err());
        outcome.expectLine("--resume: discarded 120 frames of " + folder.resolve("three.csv") + " that were learnt before");
        final JsonObject json = outcome.json();
        json.add("input", whole.get("input"));
        assertEquals(KeptRuns.result(whole), KeptRuns.result(json));
        Outcome.assertRefused(1, run + Fifo.of(folder.resolve("four.csv"), rows.toString().replace("3,4", "4,4")) + kept("--resume"),
            "four.csv: its first 300 frames differ from those that were learnt before");
        Outcome.assertRefused(1, run + Fifo.of(folder.resolve("five.csv"), "a,b\n1,2\n3,4\n") + kept("--resume"),
            "five.csv: ends after 2 frames: expected the 300 that were learnt before, and more");
    }

    /** What the session encodes while the stream waits does not grow with the weights of the references. */
    @Test
    void theReferencesAreASectionOfTheirOwn() throws IOException {
        json(QUICK + "--threads 1 --layers 300 --frames 20 --compare" + kept(""));
        try (CheckpointFile file = CheckpointFile.open(checkpoint()); Checkpoint kept = file.read()) {
            assertTrue(kept.get("references").length > 300 * Float.BYTES * 2, "the weights of the references are missing");
            assertTrue(kept.get("session").length < kept.get("references").length / 2, () -> kept.get("session").length + " bytes of session");
        }
    }

    /** Whether an audit is made depends on the time, but each one that was due is counted. What audits find after a resume is compared in AuditTest. */
    @Test
    void anAuditGoesOn() throws IOException {
        final Path page = folder.resolve("audit.html");
        final String run = MADE + "--audit 20 --audit-out " + page + " --frames ";
        json(run + "101" + kept("--every 30"));
        final Outcome outcome = Outcome.run(run + "200" + kept("--resume"));
        assertEquals(0, outcome.exit(), outcome.err());
        final JsonObject audit = outcome.json().getAsJsonObject("audit");
        assertEquals(10, audit.get("audits_done").getAsInt() + audit.get("audits_skipped").getAsInt(), audit.toString());
        assertTrue(Files.readString(page).contains("<html"), "no page");
        refused(2, MADE + "--audit 10 --frames 300" + kept("--resume"), "is of a run with --audit 20: expected --audit 10, as this run has");
    }

    /** A checkpoint copies the weights of the references to the heap. */
    @Test
    void referencesThatDoNotFitIntoTheHeapAreRefused() {
        final long width = (long) Math.sqrt(Runtime.getRuntime().maxMemory() / 16.);
        Outcome.assertRefused(1, "--pace none --compare --layers " + width + "," + width + kept(""),
            "--checkpoint with --compare: the weights of the references take ", " bytes of heap while a checkpoint is made: expected at most ");
        assertFalse(Files.exists(checkpoint()));
    }

    @Test
    void optionsThatDoNotFitAreRefused() throws IOException {
        final Path input = Files.write(folder.resolve("input"), new byte[400]);
        Outcome.assertRefused(2, "--resume", "--resume without --checkpoint FILE: expected the file with the checkpoint");
        Outcome.assertRefused(2, "--every 10", "--every without --checkpoint FILE: expected the file");
        Outcome.assertRefused(2, "--every 0" + kept(""), "expected a number of frames, such as 1000, or seconds, such as 10s");
        Outcome.assertRefused(2, "--every 1e30s" + kept(""), "expected a number of frames");
        Outcome.assertRefused(2, "--every s" + kept(""), "expected a number of frames");
        Outcome.assertRefused(2, "--audit 10 --audit-out " + checkpoint() + kept(""), "keep: is the file of --audit-out");
        Outcome.assertRefused(2, "--answers -" + kept(""), "--answers - with --checkpoint: standard output cannot be cut back to the checkpoint when"
            + " the run goes on: expected a file");
        Outcome.assertRefused(2, "--answers /dev/null" + kept(""), "--answers /dev/null with --checkpoint: is no regular file, and cannot be cut back");
        Outcome.assertRefused(2, "--input " + input + " --format u8:4@100 --checkpoint " + input, "is the input: expected another file");
        Outcome.assertRefused(2, "--answers " + checkpoint() + ".1" + kept(""), "keep.1 is the file of --answers");
        Outcome.assertRefused(2, "--save " + checkpoint() + kept(""), "is the file of --save");
        Outcome.assertRefused(1, "--checkpoint " + folder.resolve("no/keep"), "no such directory: expected a file in a directory that exists");
        Outcome.assertRefused(1, "--checkpoint " + folder, "no regular file");
    }
}
