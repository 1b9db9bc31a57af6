package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An engine that was opened with warm-up allocates nothing from its first tick on, whatever its JVM did or has. Each start has a JVM of its own. */
@Execution(ExecutionMode.CONCURRENT)
class ColdStartTest {
    private static final String WITHOUT_BYTES = "java.base,jdk.incubator.vector,jdk.unsupported,java.management";
    private static final String WITHOUT_MANAGEMENT = "java.base,jdk.incubator.vector,jdk.unsupported";
    /** What boxes of vectors come to in a single tick of a cold kernel. */
    private static final long ONE_COLD_TICK = 80_000;
    private static final String ALL_QUIET = "reset 0, diffusion 0, window 0, weights 0, learning 0, threads 0";

    /** Code that was compiled for arenas that all threads share is compiled again for a confined one. */
    @Test
    void theFirstTicksAllocateNothing() throws IOException, InterruptedException {
        expectQuiet(ALL_QUIET + ", confined 0", "all-and-a-confined-deep-one 8 32 32 1");
    }

    @ParameterizedTest
    @Tag("soak")
    @ValueSource(strings = {"64 64 64 64 64 64 64 64 64 64 64", "256 256 256 256 256"})
    void theFirstTicksOfLargerNetworksAllocateNothing(final String widths) throws IOException, InterruptedException {
        expectQuiet(ALL_QUIET, "all " + widths);
    }

    @Test
    @Tag("soak")
    void theFirstTicksOfASmallNetworkAllocateNothingNorInAConfinedArena() throws IOException, InterruptedException {
        expectQuiet(ALL_QUIET + ", confined 0", "all-and-confined 8 32 32 1");
    }

    /** In one start of ten or so the JVM takes a compiled kernel back once, in one tick, after the warm-up. */
    private static void expectQuiet(final String quiet, final String arguments) throws IOException, InterruptedException {
        final String first = String.join(", ", coldStart(arguments));
        assertEquals(quiet, first.equals(quiet) ? first : String.join(", ", coldStart(arguments)), "after " + first);
    }

    @Test
    @Tag("soak")
    void aVirtualThreadWarmsByTheTimeSpentCompiling() throws IOException, InterruptedException {
        final List<String> said = coldStart("virtual 8 32 32 1");
        assertEquals("warm true", said.getFirst());
        final long bytes = Long.parseLong(said.getLast().substring("virtual ".length()));
        assertTrue(bytes < ONE_COLD_TICK, bytes + " bytes");
    }

    @Test
    void aRuntimeWithoutAnyManagementWarmsToo() throws IOException, InterruptedException {
        assertEquals(List.of("warm true"), coldStart("100 8 32 32 1", "--limit-modules", WITHOUT_MANAGEMENT));
    }

    /** How it goes on there, {@link #aVirtualThreadWarmsByTheTimeSpentCompiling()} shows. */
    @Test
    void aRuntimeWithoutJdkManagementBeginsToWarm() throws IOException, InterruptedException {
        assertEquals(List.of("warm false"), coldStart("0 8 32 32 1", "--limit-modules", WITHOUT_BYTES));
    }

    @Test
    void theInterpreterAloneIsNeverWarm() throws IOException, InterruptedException {
        assertEquals(List.of("warm false"), coldStart("100 8 32 32 1", "-Xint"));
    }

    /** C1 compiles no vectors. The limit is an hour: without C2 the warm-up has to give up by itself. */
    @Test
    @Tag("soak")
    @Timeout(120)
    void withoutC2TheWarmUpGivesUp() throws IOException, InterruptedException {
        assertEquals(List.of("warm false"), coldStart("3600 8 32 32 1", "-XX:TieredStopAtLevel=1"));
    }

    /** What a JVM of its own says. */
    private static List<String> coldStart(final String arguments, final String... flags) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(flags));
        command.addAll(List.of(
            "--add-modules", "jdk.incubator.vector", "-cp", System.getProperty("java.class.path"), ColdStart.class.getName()));
        command.addAll(Arrays.asList(arguments.split(" ")));
        final Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
        final String all = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, child.waitFor(), all);
        return all.lines().filter(line -> line.startsWith(ColdStart.MARK))
            .map(line -> line.substring(ColdStart.MARK.length())).toList();
    }
}
