package org.tickwave.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A run in a JVM that only interprets, so that the engine's warm-up cannot succeed. */
@Execution(ExecutionMode.CONCURRENT)
class ColdKernelsTest {
    private static String errors(final String options) throws IOException, InterruptedException {
        final List<String> command =
            Program.command(List.of("-Xint"), ("run --pace none --frames 3 --layers 4 --threads 1 " + options).strip().split(" "));
        final Program.Ended ended = Program.start(new ProcessBuilder(command)).end();
        assertEquals(0, ended.code(), ended.err());
        return ended.err();
    }

    @Test
    void aLineSaysThatTheFirstTicksWillBeSlow() throws IOException, InterruptedException {
        final List<String> lines = errors("").lines().filter(line -> line.contains("kernels")).toList();
        assertEquals(List.of("the JVM has not compiled all kernels: the first ticks will be slow"), lines);
    }

    @Test
    void quietOmitsTheLine() throws IOException, InterruptedException {
        assertEquals("", errors("--quiet"));
    }
}
