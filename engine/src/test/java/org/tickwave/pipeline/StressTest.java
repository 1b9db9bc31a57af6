package org.tickwave.pipeline;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.grading.GradingResult;
import org.openjdk.jcstress.infra.runners.TestList;

/**
 * Runs the jcstress tests of native-layout-docs/memory-model.md, in JVMs of their own, below target/jcstress. jcstress silently
 * leaves out a test if the machine has too few cores, so every test has to show that it ran.
 */
@Execution(ExecutionMode.CONCURRENT)
class StressTest {
    /** The outcomes of a test over all its runs. */
    private record Seen(String name, long samples, List<GradingResult> outcomes) {
        boolean any(final Predicate<GradingResult> what) {
            return outcomes.stream().anyMatch(what);
        }

        @Override
        public String toString() {
            return name + outcomes.stream()
                .map(o -> "\n  %,12d  %s  %s: %s".formatted(o.count, o.id, o.expect, o.description)).collect(Collectors.joining());
        }
    }

    /** A short run of each test, with the JVM's default compilation. All are in one JVM, see {@link StressRun}. */
    @Test
    void nothingForbiddenIsSeenInAShortRun(final TestInfo test) throws IOException, InterruptedException {
        final Map<String, Seen> seen =
            run(test, "-XX:+UseSerialGC", StressRun.class.getName(), "run.bin.gz", "-c", "2", "-iters", "4", "-time", "100", "-hs", "32");
        everyTestRan(seen);
        nothingForbidden(seen);
    }

    /**
     * Each actor is interpreted, compiled by C1 or compiled by C2, in all combinations, with a shuffled instruction order of C2
     * too.
     */
    @Test
    @Tag("soak")
    void nothingForbiddenButAllThatIsInterestingIsSeenInALongRun(final TestInfo test) throws IOException, InterruptedException {
        final Map<String, Seen> seen =
            run(test, org.openjdk.jcstress.Main.class.getName(), "-f", "1", "-fsm", "2", "-iters", "4", "-time", "250", "-hs", "128", "-pth", "false");
        everyTestRan(seen);
        nothingForbidden(seen);
        assertAll(seen.values().stream().map(one -> () -> assertTrue(
            !one.any(o -> o.expect == Expect.ACCEPTABLE_INTERESTING)
                || one.any(o -> o.expect == Expect.ACCEPTABLE_INTERESTING && o.count > 0), one::toString)));
    }

    private static void everyTestRan(final Map<String, Seen> seen) {
        assertEquals(new TreeSet<>(TestList.tests()), seen.keySet());
        assertAll(seen.values().stream().map(one -> () -> assertTrue(one.samples > 0, one::toString)));
    }

    private static void nothingForbidden(final Map<String, Seen> seen) {
        assertAll(seen.values().stream().map(one -> () -> assertTrue(
            !one.any(o -> o.count > 0 && (o.expect == Expect.FORBIDDEN || o.expect == Expect.UNKNOWN)), one::toString)));
    }

    /** @param arguments of java, after the class path */
    private static Map<String, Seen> run(final TestInfo test, final String... arguments)
        throws IOException, InterruptedException {
        assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "jcstress runs nothing on one core");
        final Path directory = Path.of("target", "jcstress", test.getTestMethod().orElseThrow().getName()).toAbsolutePath();
        clear(directory);
        final Path log = directory.resolve("log.txt");
        final List<String> command = new ArrayList<>(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--add-modules", "jdk.incubator.vector",
            "-XX:-RestrictContended", "-Djava.io.tmpdir=" + directory, "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(arguments));
        final Process child = new ProcessBuilder(command).directory(directory.toFile())
            .redirectErrorStream(true).redirectOutput(log.toFile()).start();
        final int code = child.waitFor();
        assertTrue(code == 0 || !arguments[1].equals(StressRun.class.getName()), () -> "exit code " + code + ", see " + log);
        final Map<String, Seen> seen = read(directory, log);
        Files.writeString(directory.resolve("seen.txt"),
            seen.values().stream().map(Seen::toString).collect(Collectors.joining("\n")));
        return seen;
    }

    private static void clear(final Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> old = Files.walk(directory)) {
                for (final Path path : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        Files.createDirectories(directory);
    }

    private static Map<String, Seen> read(final Path directory, final Path log) throws IOException {
        final InProcessCollector collector = new InProcessCollector();
        try (Stream<Path> files = Files.list(directory)) {
            final List<Path> results = files.filter(file -> file.toString().endsWith(".bin.gz")).toList();
            assertEquals(1, results.size(), () -> "results of jcstress, which says in " + log);
            final DiskReadCollector disk = new DiskReadCollector(results.getFirst().toString(), collector);
            disk.dump();
            disk.close();
        } catch (final ClassNotFoundException e) {
            throw new IOException(e);
        }
        final Map<String, Map<String, GradingResult>> outcomes = new TreeMap<>();
        for (final TestResult result : collector.getTestResults()) {
            assertEquals(Status.NORMAL, result.status(), () -> result.getName() + ": " + result.getMessages() + result.getVmErr());
            final Map<String, GradingResult> sums = outcomes.computeIfAbsent(result.getName(), name -> new TreeMap<>());
            result.grading().gradingResults.forEach((id, one) -> sums.merge(id, one,
                (a, b) -> new GradingResult(a.id, a.expect, a.count + b.count, a.description)));
        }
        final Map<String, Seen> seen = new TreeMap<>();
        outcomes.forEach((name, sums) -> seen.put(name,
            new Seen(name, sums.values().stream().mapToLong(o -> o.count).sum(), List.copyOf(sums.values()))));
        return seen;
    }
}
