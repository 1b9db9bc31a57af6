package org.tickwave.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.tickwave.bench.stream.Streams;

/** A run in a JVM that only interprets, so that the engine's warm-up cannot succeed. */
@Execution(ExecutionMode.CONCURRENT)
class ColdKernelsTest {
    @TempDir
    private Path folder;

    private String errors(final String options) throws IOException, InterruptedException {
        final Path raw = Files.write(folder.resolve("raw"), Streams.floats(1, 2, 3, 4, 5, 6));
        final List<String> command =
            Program.command(List.of("-Xint"), ("run --pace none --layers 4 --threads 1 --format f32:2@360 --context 1 --input " + raw + " " + options).strip().split(" "));
        final Program.Ended ended = Program.start(new ProcessBuilder(command)).end();
        assertEquals(0, ended.code(), ended.err());
        return ended.err();
    }

    @Test
    void aLineSaysThatTheFirstTicksWillBeSlow() throws IOException, InterruptedException {
        final List<String> lines = errors("").lines().filter(line -> line.contains("kernels")).toList();
        assertEquals(List.of("the JVM has not compiled all kernels: the first ticks will be slow"), lines);
    }

    /** The tests of runs that fail count the lines, in JVMs like this one. */
    @Test
    @Tag("soak")
    void quietOmitsTheLine() throws IOException, InterruptedException {
        assertEquals("", errors("--quiet"));
    }
}
