package org.tickwave.bench.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tickwave.bench.cli.Tickwave;

/** {@code tickwave bench} in a JVM of its own, because JMH may exit the JVM. */
@Execution(ExecutionMode.CONCURRENT)
class BenchArgumentsTest {
    private static final List<String> ONCE = List.of("-f", "0", "-bm", "ss", "-wi", "0", "-i", "1");

    private static Checkout.Result bench(final List<String> arguments) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--add-modules", "jdk.incubator.vector",
            "--sun-misc-unsafe-memory-access=allow", "-Djmh.ignoreLock=true", "-XX:TieredStopAtLevel=1",
            "-cp", System.getProperty("java.class.path"), Tickwave.class.getName(), "bench"));
        command.addAll(arguments);
        final Path err = Files.createTempFile("bench", ".err");
        try {
            final Process process = new ProcessBuilder(command).redirectError(err.toFile()).start();
            process.getOutputStream().close();
            final String out = new String(process.getInputStream().readAllBytes());
            final int code = process.waitFor();
            return new Checkout.Result(code, out, Files.readString(err));
        } finally {
            Files.delete(err);
        }
    }

    private static List<String> once(final String... more) {
        final List<String> arguments = new ArrayList<>(ONCE);
        arguments.addAll(List.of(more));
        return arguments;
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "--compare HEAD -h"})
    void givesTheHelpOfJmh(final String arguments) throws IOException, InterruptedException {
        expectHelp(arguments);
    }

    @ParameterizedTest
    @Tag("soak")
    @ValueSource(strings = {"-h", "--compare --help", "--suite quick --help", "--tables --help"})
    void givesTheHelpOfJmhWhereverItIsAsked(final String arguments) throws IOException, InterruptedException {
        expectHelp(arguments);
    }

    private static void expectHelp(final String arguments) throws IOException, InterruptedException {
        final Checkout.Result result = bench(List.of(arguments.split(" ")));
        assertEquals(0, result.code(), result.err());
        assertTrue(result.out().contains("--compare=BASE"), result.out());
        assertTrue((result.out() + result.err()).contains("-jvmArgsAppend"));
    }

    @Test
    void passesOptionsAndParametersOn() throws IOException, InterruptedException {
        final Checkout.Result list = bench(List.of("-lp", "FusedPassBenchmark.fused$", "-p", "width=64,128"));
        assertEquals(0, list.code(), list.err());
        assertTrue(list.out().contains("FusedPassBenchmark.fused\n"), list.out());
        assertTrue(list.out().contains("{64, 128}"), list.out());
        assertFalse(list.out().contains("Vanishing"), list.out());

        final Checkout.Result run = bench(once("FusedPassBenchmark", "-p", "width=3,20"));
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains(" width = 3)") && run.out().contains(" width = 20)"), run.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--no-such-option", "FusedPass("})
    void refusesBadUsageInOneLine(final String arguments) throws IOException, InterruptedException {
        expectRefusal(arguments);
    }

    @ParameterizedTest
    @Tag("soak")
    @ValueSource(strings = {"-wi few", "-p width", "-e ["})
    void refusesMoreBadUsageInOneLine(final String arguments) throws IOException, InterruptedException {
        expectRefusal(arguments);
    }

    private static void expectRefusal(final String arguments) throws IOException, InterruptedException {
        final Checkout.Result result = bench(List.of(arguments.split(" ")));
        assertEquals(2, result.code());
        assertEquals("", result.out());
        final List<String> lines = result.err().lines().filter(line -> !line.startsWith("WARNING: Using incubator")).toList();
        assertEquals(1, lines.size(), result.err());
        assertTrue(lines.getFirst().startsWith("tickwave bench: "), result.err());
    }

    @Test
    void failsWhenThereIsNothingToRun() throws IOException, InterruptedException {
        assertEquals(1, bench(List.of("NoSuchBenchmark")).code());
    }

    @Test
    void failsWhenABenchmarkDoesUnlessToldToGoOn() throws IOException, InterruptedException {
        final String[] broken = {"VanishingWaveBenchmark", "-p", "wave=slow"};
        final Checkout.Result result = bench(once(broken));
        assertEquals(1, result.code(), result.out());
        assertTrue(result.out().contains("expected lively or vanishing"), result.out());
        final List<String> goOn = once(broken);
        goOn.addAll(List.of("-foe", "false"));
        assertEquals(0, bench(goOn).code());
    }
}
