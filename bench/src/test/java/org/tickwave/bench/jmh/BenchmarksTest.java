package org.tickwave.bench.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs every benchmark once, with small parameters. Each benchmark verifies its own answer. Times do not matter here. */
class BenchmarksTest {
    private static final String PACKAGE = BenchmarksTest.class.getPackageName();

    @Test
    void allGiveTheRightAnswer() throws RunnerException {
        // Another run of JMH on this machine must not make this test fail.
        System.setProperty("jmh.ignoreLock", "true");
        final ByteArrayOutputStream printed = new ByteArrayOutputStream();
        final PrintStream out = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        final List<String> ran;
        try {
            ran = new Runner(new OptionsBuilder()
                .forks(0).mode(Mode.SingleShotTime).warmupIterations(0).measurementIterations(2)
                .param("width", "20").param("depth", "12").param("wave", "lively", "vanishing")
                .shouldFailOnError(true).verbosity(VerboseMode.SILENT).build()).run().stream()
                .map(result -> result.getParams().getBenchmark()).sorted().toList();
        } finally {
            System.setOut(out);
        }
        assertEquals(listed(BenchmarkListEntry::getUsername), new TreeSet<>(ran));
        final int twoWaves = 1;
        assertEquals(new TreeSet<>(ran).size() + twoWaves, ran.size(), "each parameter has one default: " + ran);
        assertTrue(printed.toString(StandardCharsets.UTF_8).contains(" round trips"), printed.toString(StandardCharsets.UTF_8));
    }

    @Test
    void noClassIsForgotten() {
        final File[] files = new File("target/classes/" + PACKAGE.replace('.', '/')).listFiles();
        final Set<String> classes = new TreeSet<>();
        for (final File file : files) {
            if (file.getName().endsWith("Benchmark.class")) {
                classes.add(PACKAGE + "." + file.getName().replace(".class", ""));
            }
        }
        assertTrue(classes.contains(FusedPassBenchmark.class.getName()), classes.toString());
        assertEquals(classes, listed(BenchmarkListEntry::getUserClassQName));
    }

    private static Set<String> listed(final Function<BenchmarkListEntry, String> property) {
        return BenchmarkList.defaultList()
            .getAll(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of()).stream()
            .map(property).collect(Collectors.toCollection(TreeSet::new));
    }
}
