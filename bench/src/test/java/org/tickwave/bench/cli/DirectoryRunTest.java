package org.tickwave.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tickwave.bench.sound.SoundDirectory;

/** Runs on directories that contain bad recordings. */
class DirectoryRunTest {
    @TempDir
    private Path temporary;
    private Path directory;

    private record Outcome(int exit, String out, String err) {
        JsonObject json() {
            return JsonParser.parseString(out).getAsJsonObject();
        }
    }

    private static Outcome run(final String options) {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final int exit = Tickwave.execute(new PrintWriter(out), new PrintWriter(err),
            ("run --pace none --threads 1 --layers 8 " + options).split(" "));
        return new Outcome(exit, out.toString(), err.toString());
    }

    @BeforeEach
    void twoBad() throws IOException {
        directory = SoundDirectory.of(temporary.resolve("d"), 8_000, 6, List.of("a", "b"));
        Files.write(directory.resolve("a_7.wav"), new byte[3]);
        Files.write(directory.resolve("b_7.wav"), new byte[4]);
        Files.createDirectories(directory.resolve("_noise"));
    }

    @Test
    void badRecordingsAreListedAndRefused() {
        final Outcome outcome = run("--quiet --input " + directory);
        assertEquals(1, outcome.exit, outcome.err);
        final List<String> lines = outcome.err.lines().toList();
        assertEquals(3, lines.size(), outcome.err);
        assertTrue(lines.get(0).startsWith(directory + "/a_7.wav: ends at byte 3, within its header"), outcome.err);
        assertTrue(lines.get(1).startsWith(directory + "/b_7.wav: ends at byte 4, within its header"), outcome.err);
        assertEquals("tickwave run: " + directory + ": 2 bad recordings or directories, listed above: expected good"
            + " recordings, or --skip-bad to leave out bad ones", lines.get(2));
        assertEquals("", outcome.out);
    }

    @Test
    void theyAreLeftOutAndCountedIfWanted() {
        final Outcome outcome = run("--skip-bad --quiet --json --input " + directory);
        assertEquals(0, outcome.exit, outcome.err);
        assertEquals("", outcome.err);
        assertEquals(2, outcome.json().get("skipped_recordings").getAsInt());
        final Outcome loud = run("--skip-bad --input " + directory);
        assertTrue(loud.out.contains("\nskipped   2 bad recordings\n"), loud.out);
        assertTrue(loud.err.startsWith(directory + ": ignored 1 directory (_noise)\n" + directory + "/a_7.wav: "), loud.err);
        assertTrue(loud.err.contains("\n" + directory + ": left out 2 bad recordings or directories, listed above\n"), loud.err);
    }

    @Test
    void withoutBadOnesNothingIsSkippedAndWithoutADirectoryNothingIsCounted() throws IOException {
        Files.delete(directory.resolve("a_7.wav"));
        Files.delete(directory.resolve("b_7.wav"));
        final Outcome outcome = run("--json --quiet --input " + directory);
        assertEquals(0, outcome.json().get("skipped_recordings").getAsInt());
        assertTrue(run("--json --quiet --frames 5").json().get("skipped_recordings").isJsonNull());
    }

    @Test
    void aModelIsHeldAgainstWhatIsGood() {
        final Path model = temporary.resolve("m.st");
        assertEquals(0, run("--quiet --skip-bad --input " + directory + " --save " + model).exit);
        assertEquals(1, run("--quiet --no-learn --input " + directory + " --load " + model).exit);
        final Outcome loaded = run("--quiet --no-learn --skip-bad --json --input " + directory + " --load " + model);
        assertEquals(0, loaded.exit, loaded.err);
        assertEquals(2, loaded.json().get("skipped_recordings").getAsInt());
    }
}
