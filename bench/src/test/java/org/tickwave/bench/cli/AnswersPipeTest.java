package org.tickwave.bench.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The answers that a run writes to standard output, in a separate JVM, since the run closes its standard output. */
@Execution(ExecutionMode.CONCURRENT)
class AnswersPipeTest {
    private static final String RAW = " --format f32:2@360 --pace none --layers 4 --threads 1";

    @TempDir
    private Path folder;

    private Path raw(final int bytes) throws IOException {
        final byte[] zeros = new byte[bytes];
        Arrays.fill(zeros, (byte) 1);
        return Files.write(folder.resolve("raw"), zeros);
    }

    private static Program.Ended run(final String options) throws IOException, InterruptedException {
        return Program.start(options.split(" ")).end();
    }

    private static String last(final Program.Ended ended) {
        return ended.err().lines().reduce((first, second) -> second).orElse("");
    }

    @Test
    void answersAreAloneOnStandardOutput() throws IOException, InterruptedException {
        final Program.Ended summary = run("run --input " + raw(8 * 20) + RAW + " --answers -");
        assertEquals(0, summary.code(), summary.err());
        assertEquals(21, summary.out().lines().count(), summary.out());
        assertTrue(summary.out().startsWith("frame,1,2,scored_frame,squared_error,no_change_error\n1,"), summary.out());
        assertTrue(summary.err().contains("20 answers"), summary.err());
        final Path answers = folder.resolve("answers");
        assertEquals(20, Outcome.json("--hold 1 --input " + folder.resolve("raw") + RAW + " --answers " + answers).get("answers").getAsLong());
        assertEquals(Files.readString(answers), summary.out());
    }

    @Test
    void theObjectIsTheLastLineAlsoAfterAFailure() throws IOException, InterruptedException {
        final Program.Ended ended = run("run --quiet --input " + raw(8 * 20 + 3) + RAW + " --answers - --answers-format json --json");
        assertEquals(1, ended.code(), ended.err());
        assertEquals(20, ended.out().lines().count(), ended.out());
        assertEquals(2, ended.lines(), ended.err());
        assertTrue(ended.err().startsWith("tickwave run: ") && ended.err().contains("byte 163"), ended.err());
        assertEquals("broken", JsonParser.parseString(last(ended)).getAsJsonObject().get("end").getAsString());
    }

    @Test
    void aFullDiskBehindStandardOutputFailsTheRun() throws IOException, InterruptedException {
        final Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "a device that is full");
        final Program.Ended ended = Program.start(new ProcessBuilder(Program.command(List.of(), ("run --quiet --input " + raw(8 * 20) + RAW
            + " --answers - --answers-format f32 --json").split(" "))).redirectOutput(full.toFile())).end();
        assertEquals(1, ended.code(), ended.err());
        assertEquals(2, ended.lines(), ended.err());
        assertTrue(ended.err().startsWith("tickwave run: the answers could not be written: No space left on device\n"), ended.err());
        assertEquals(0, JsonParser.parseString(last(ended)).getAsJsonObject().get("answers").getAsLong());
    }

    @Test
    void standardInputIsNotOverwritten() throws IOException, InterruptedException {
        assumeTrue(Files.exists(Path.of("/dev/stdin")), "a name of standard input");
        final Path raw = raw(8 * 20);
        final byte[] before = Files.readAllBytes(raw);
        final Program.Ended ended = Program.start(new ProcessBuilder(Program.command(List.of(), ("run --quiet --input -" + RAW
            + " --answers " + raw).split(" "))).redirectInput(raw.toFile())).end();
        assertEquals(2, ended.code(), ended.err());
        assertEquals(1, ended.lines(), ended.err());
        assertTrue(ended.err().contains("is the input"), ended.err());
        assertArrayEquals(before, Files.readAllBytes(raw));
    }
}
