package org.tickwave.bench.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FusedTimerTest {
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final Path SHELL = Path.of("/bin/sh");

    @TempDir
    Path directory;

    private static void expectFailed(final LaneWidths.Width width, final String why) {
        assertNull(width.here());
        assertNull(width.passNs());
        assertEquals(128, width.bits());
        assertTrue(width.why().contains(why), width.why());
        assertFalse(width.why().contains("\n"), width.why());
    }

    /** Every machine has 128-bit vectors: the JVM emulates them where the hardware is narrower. */
    @Test
    void timesEveryLayerWithVectorsOfThatWidth() {
        final LaneWidths.Width width = FusedTimer.withThisJdk(Durations.SHORTEST).time(128);
        assertNull(width.why());
        assertTrue(width.here());
        assertEquals(Set.copyOf(Durations.SHORTEST.layers()), width.passNs().keySet());
        assertTrue(width.passNs().values().stream().allMatch(ns -> ns > 0), width.toString());
    }

    @Test
    void aMissingJavaIsTheReason() {
        expectFailed(new FusedTimer(directory.resolve("no java"), "x", Durations.SHORTEST).time(128), "no java");
    }

    @Test
    void missingClassesAreTheReason() {
        expectFailed(new FusedTimer(JAVA, directory.toString(), Durations.SHORTEST).time(128), "FusedTimer");
    }

    private Path java(final String script) throws IOException {
        assumeTrue(Files.isExecutable(SHELL), "no shell here");
        final Path java = directory.resolve("java");
        Files.writeString(java, "#!" + SHELL + "\n" + script + "\n");
        assertTrue(java.toFile().setExecutable(true));
        return java;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "exit 3                                                            | the JVM ended with exit code 3",
        "echo WARNING: x >&2; echo 'Error: it broke' >&2; echo at >&2; exit 1 | Error: it broke",
        "echo bits 128; echo '#'; echo '# A fatal error'; exit 134         | # A fatal error",
        "echo bits 128; echo pass 16 1.5                                   | output is incomplete",
        "echo bits 128; echo pass 16 nothing; echo pass 24 NaN             | output is incomplete",
        "exit 0                                                            | output is incomplete",
    })
    void theErrorOfAFailedJvmIsTheReasonInOneLine(final String script, final String why) throws IOException {
        expectFailed(new FusedTimer(java(script), "x", Durations.SHORTEST).time(128), why);
    }

    @Test
    void anUnsupportedWidthIsNoFailure() throws IOException {
        final LaneWidths.Width width = new FusedTimer(java("echo bits 256"), "x", Durations.SHORTEST).time(512);
        assertEquals(new LaneWidths.Width(512, false, "this machine does not support this width", null), width);
    }

    @Test
    void otherOutputOfAJvmIsIgnored() throws IOException {
        final String script = "echo Picked up that; echo bits 512; echo pass 16 1.5; echo pass 24 2.25; echo bye";
        assertEquals(
            new LaneWidths.Width(512, true, null, Map.of(16, 1.5, 24, 2.25)),
            new FusedTimer(java(script), "x", Durations.SHORTEST).time(512));
    }

    @ParameterizedTest
    @ValueSource(ints = {128, 512})
    void asksForTheWidth(final int bits) throws IOException {
        final LaneWidths.Width width = new FusedTimer(java("echo \"$@\"; exit 1"), "a:b", Durations.SHORTEST).time(bits);
        assertTrue(width.why().contains("-XX:MaxVectorSize=" + bits / 8 + " "), width.why());
        assertTrue(width.why().contains(" -cp a:b " + FusedTimer.class.getName() + " " + bits + " 1000000 16 24"), width.why());
    }
}
