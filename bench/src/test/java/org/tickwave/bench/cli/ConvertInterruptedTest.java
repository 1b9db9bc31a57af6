package org.tickwave.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Ctrl-C while {@code convert} waits for more of its input. */
@Timeout(90)
@Execution(ExecutionMode.CONCURRENT)
class ConvertInterruptedTest {
    /** More bytes than a pipe and the reader's buffer hold: once all are written, the program has read some of them. */
    private static final int FRAMES = 40 << 10;

    @TempDir
    private Path directory;

    @BeforeEach
    void expectAShellWithKill() throws IOException, InterruptedException {
        assumeTrue(new ProcessBuilder("sh", "-c", "kill -0 $$").start().waitFor() == 0, "a shell with kill");
    }

    private static Program.Ended interrupted(final String output) throws IOException, InterruptedException {
        final Program program = Program.start("convert", "--format", "f32:1", "--to", "csv", "-", output);
        program.write(new byte[Float.BYTES * FRAMES]);
        program.interrupt();
        return program.end();
    }

    @Test
    void leavesTheOldFileAndNoOther() throws IOException, InterruptedException {
        final Path file = Files.writeString(directory.resolve("n.csv"), "old");
        final Program.Ended ended = interrupted(file.toString());
        assertEquals(130, ended.code(), ended.err());
        assertEquals("tickwave convert: " + file + ": interrupted: not written\n", ended.err());
        assertEquals("old", Files.readString(file));
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @Test
    void writesTheRowsThatItHasToStandardOutput() throws IOException, InterruptedException {
        final Program.Ended ended = interrupted("-");
        assertEquals(130, ended.code(), ended.err());
        final List<String> rows = ended.out().lines().toList();
        assertTrue(rows.size() > 1_000, () -> rows.size() + " rows");
        assertEquals("signal 0", rows.getFirst());
        assertEquals(Collections.nCopies(rows.size() - 1, "0"), rows.subList(1, rows.size()));
        assertTrue(ended.out().endsWith("\n"));
    }
}
