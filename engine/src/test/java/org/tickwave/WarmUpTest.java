package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An engine that was opened with warm-up allocates nothing from its first tick on, whatever its JVM did or has. */
@Tag("allocation")
class WarmUpTest {
    private static final String WITHOUT_BYTES = "java.base,jdk.incubator.vector,jdk.unsupported,java.management";
    private static final String WITHOUT_MANAGEMENT = "java.base,jdk.incubator.vector,jdk.unsupported";
    /** What boxes of vectors come to in a single tick of a cold kernel. */
    private static final long ONE_COLD_TICK = 80_000;
    private static final String ALL_QUIET = "reset 0, diffusion 0, window 0, weights 0, learning 0, threads 0";

    @ParameterizedTest
    @ValueSource(strings = {"64 64 64 64 64 64 64 64 64 64 64", "256 256 256 256 256"})
    void theFirstTicksAllocateNothing(final String widths) throws IOException, InterruptedException {
        // In one start of ten or so the JVM takes a compiled kernel back once, in one tick, after the warm-up.
        final String first = String.join(", ", coldStart("all " + widths));
        assertEquals(ALL_QUIET, first.equals(ALL_QUIET) ? first : String.join(", ", coldStart("all " + widths)), "after " + first);
    }

    /** Code that was compiled for arenas that all threads share is compiled again for a confined one. */
    @Test
    void theFirstTicksOfASmallNetworkAllocateNothingNorInAConfinedArena() throws IOException, InterruptedException {
        assertEquals(ALL_QUIET + ", confined 0", String.join(", ", coldStart("all-and-confined 8 32 32 1")));
    }

    @Test
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
    @Timeout(120)
    void withoutC2TheWarmUpGivesUp() throws IOException, InterruptedException {
        assertEquals(List.of("warm false"), coldStart("3600 8 32 32 1", "-XX:TieredStopAtLevel=1"));
    }

    private static boolean warm(final Network network, final Context context) {
        try (Engine engine = Engine.open(network, context)) {
            return engine.warm();
        }
    }

    private static Context withoutTime() {
        final Context context = new Context().warmUp(true);
        context.warmUpLimitNs = 0;
        return context;
    }

    @Test
    void whatRanOutOfTimeIsSaidAndTriedAgainAndThenRememberedForItsKernels() {
        final Network network = Network.chain(5, 4, 3, 2).activation(Activation.LEAKY_RELU)
            .loss(Loss.LOGISTIC_CROSS_ENTROPY).build();
        final Network other = Network.chain(500, 40, 30, 20, 10).activation(Activation.LEAKY_RELU)
            .loss(Loss.LOGISTIC_CROSS_ENTROPY).build();
        assertFalse(warm(network, withoutTime()), "ran out of time");
        assertFalse(warm(network, ColdStart.context().warmUp(false)), "was not asked to");
        assertTrue(warm(network, ColdStart.context()), "is tried again");
        assertTrue(warm(other, withoutTime()), "widths and depth do not matter");
        assertTrue(warm(other, withoutTime().threads(2).rule(Rule.diffusion())), "nor do threads and rule");
        assertFalse(warm(other, withoutTime().clip(1)), "a clip is one more kernel");
    }

    @Test
    void whatIsRefusedIsRefusedBeforeTheWarmUp() {
        final Network network = Network.chain(5, 4, 3).activation(Activation.RELU).outputActivation(Activation.LOGISTIC)
            .build();
        assertThrows(IllegalArgumentException.class, () -> Engine.open(network, ColdStart.context().threads(2).cut(1, 2)));
        assertThrows(IllegalArgumentException.class, () -> Engine.open(network, ColdStart.context().cut(1)));
        assertFalse(warm(network, withoutTime()), "the engines that were refused have warmed the kernels");
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
