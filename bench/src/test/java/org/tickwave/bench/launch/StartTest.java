package org.tickwave.bench.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
class StartTest {
    private static final String MAIN = "<org.tickwave.bench.cli.Tickwave>\n";

    @TempDir
    Path directory;

    private Checkout checkout;

    @BeforeEach
    void build() throws IOException {
        checkout = new Checkout(directory);
        checkout.jdk(checkout.machine.resolve("usr/lib/jvm/25"), "25");
        checkout.addBuild();
    }

    @Test
    void passesArgumentsAsTheyAre() throws IOException, InterruptedException {
        final Checkout.Result result = checkout.run("run", "--input", "a b", "", "*", "$HOME", "--json");
        assertEquals(0, result.code());
        assertEquals("", result.err());
        assertTrue(result.out().endsWith(MAIN + "<run>\n<--input>\n<a b>\n<>\n<*>\n<$HOME>\n<--json>\n"), result.out());
        final String target = checkout.root + "/%1$s/target/";
        final String classPath = (target + "tickwave-%1$s-0.1.0.jar:").formatted("bench")
            + (target + "tickwave-%1$s-0.1.0.jar:").formatted("engine") + target.formatted("bench") + "lib/*";
        assertTrue(result.out().contains("<-cp>\n<" + classPath + ">\n" + MAIN), result.out());
        assertTrue(result.out().contains("<--add-modules>\n<jdk.incubator.vector>\n"), result.out());
    }

    @Test
    void stillStartsWithoutArguments() throws IOException, InterruptedException {
        assertTrue(checkout.run().out().endsWith(MAIN));
    }

    @Test
    void staysInTheCallersDirectory() throws IOException, InterruptedException {
        final Path elsewhere = Files.createDirectory(checkout.machine.resolve("else where"));
        for (final String launcher : List.of(checkout.root + "/tickwave", "../a checkout/tickwave")) {
            final Process process = checkout.start(Map.of("CDPATH", checkout.machine.toString()), elsewhere, List.of(launcher));
            final Checkout.Result result = Checkout.result(process);
            assertEquals(0, result.code(), result.err());
            assertTrue(result.out().startsWith("in " + elsewhere + "\n"), result.out());
        }
        // With CDPATH, cd prints the new directory.
        final Map<String, String> told = Map.of("CDPATH", checkout.machine.toString());
        assertEquals(0, Checkout.result(checkout.start(told, checkout.machine, List.of("a checkout/tickwave"))).code());
    }

    @Test
    void runsThroughLinksAndFromThePath() throws IOException, InterruptedException {
        final Path links = Files.createDirectory(checkout.machine.resolve("some links"));
        Files.createSymbolicLink(links.resolve("one"), checkout.root.resolve("tickwave"));
        Files.createSymbolicLink(links.resolve("two"), Path.of("../some links/one"));
        Files.createSymbolicLink(checkout.bin.resolve("tw"), Path.of("../some links/two"));
        Files.createSymbolicLink(checkout.machine.resolve("linked"), checkout.root);
        for (final List<String> command : List.of(
            List.of(links + "/one"), List.of("some links/two"), List.of("linked/tickwave"),
            List.of(checkout.bash.toString(), "-c", "tw run"),
            List.of(checkout.bash.toString(), "-c", "cd linked; bash tickwave"))) {
            final Checkout.Result result = Checkout.result(checkout.start(Map.of(), checkout.machine, command));
            assertEquals(0, result.code(), command + ": " + result.err());
            assertTrue(result.out().contains(checkout.root + "/bench/target/tickwave-bench-0.1.0.jar"), result.out());
        }
    }

    @Test
    void returnsTheProgramsExitCode() throws IOException, InterruptedException {
        Files.writeString(checkout.machine.resolve("java-fails"), "");
        assertEquals(7, checkout.run("run").code());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        run --lanes 128,              16
        run --lanes=256,              32
        run --seed 5 --lanes 512,     64
        run --lanes 128 --lanes=512,  64
        """)
    void setsTheLaneWidth(final String arguments, final int bytes) throws IOException, InterruptedException {
        final Checkout.Result result = checkout.run(arguments.split(" "));
        assertTrue(result.out().contains("<-XX:MaxVectorSize=" + bytes + ">\n"), result.out());
        assertTrue(result.out().endsWith("<" + arguments.replace(" ", ">\n<") + ">\n"), result.out());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        run
        run --lanes
        run --lanes 100
        run --lanes=
        run --lanes 2048
        run -- --lanes 128
        layout 3-3 --lanes 512
        bench --lanes 512
        --lanes 512
        """)
    void leavesTheLaneWidthAlone(final String arguments) throws IOException, InterruptedException {
        final Checkout.Result result = checkout.run(arguments.split(" "));
        assertFalse(result.out().contains("MaxVectorSize"), result.out());
        assertTrue(result.out().endsWith("<" + arguments.replace(" ", ">\n<") + ">\n"), result.out());
    }

    /** Images in files need it, and the native peers of bench. Other commands do without. */
    @ParameterizedTest
    @CsvSource({"run, true", "watch w.img, true", "bench, true", "layout 3-3, false", "budget, false", "paper, false"})
    void allowsNativeAccessWhereItIsNeeded(final String arguments, final boolean allowed) throws IOException, InterruptedException {
        final String out = checkout.run(arguments.split(" ")).out();
        assertEquals(allowed, out.contains("<--enable-native-access=ALL-UNNAMED>\n"), out);
    }

    @Test
    void choosesCollectorAndHeapIfTheUserDoesNot() throws IOException, InterruptedException {
        final String usual = checkout.run("run").out();
        assertTrue(usual.contains("<-XX:+UseSerialGC>\n<-Xms64m>\n<-Xmx512m>\n"), usual);
        // None of these options chooses a collector or a heap, although they contain Use, GC or Xm. The shell must not expand *.
        final String other = checkout.run(
            Map.of("_JAVA_OPTIONS", "-XX:+UseNUMA -Xlog:gc* -Da=-Xmx -XX:MaxGCPauseMillis=5 *"), "run").out();
        assertTrue(other.contains("<-XX:+UseSerialGC>\n<-Xms64m>\n<-Xmx512m>\n"), other);
    }

    @ParameterizedTest
    @ValueSource(strings = {"JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"})
    void leavesCollectorAndHeapToAUserWhoChoseThem(final String variable) throws IOException, InterruptedException {
        final String out = checkout.run(Map.of(variable, "-Xint -XX:+UseZGC -Xmx32m"), "run").out();
        assertFalse(out.contains("GC>") || out.contains("<-Xm"), out);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseZGC", "-Xint -XX:-UseSerialGC", "'-XX:+UseParallelGC' -Xint"})
    void choosesTheHeapOfAUserWhoChoseTheCollector(final String options) throws IOException, InterruptedException {
        final String out = checkout.run(Map.of("_JAVA_OPTIONS", options), "run").out();
        assertFalse(out.contains("GC>"), out);
        assertTrue(out.contains("<-Xms64m>\n<-Xmx512m>\n"), out);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "-Xint -Xmx4g", "-Xms1g", "\"-Xmx32m\"", "-XX:MaxHeapSize=1g", "-XX:InitialHeapSize=1g", "-XX:MaxRAMPercentage=75",
        "-XX:MaxRAM=2g", "-Xmn1g"})
    void choosesTheCollectorOfAUserWhoChoseTheHeap(final String options) throws IOException, InterruptedException {
        final String out = checkout.run(Map.of("_JAVA_OPTIONS", options), "run").out();
        assertTrue(out.contains("<-XX:+UseSerialGC>"), out);
        assertFalse(out.contains("<-Xm"), out);
    }

    /** A real JVM with the flags of the launcher and of the user. */
    @Test
    void theJvmTakesWhatTheUserChose() throws IOException, InterruptedException {
        checkout.addProgram();
        final Checkout.Result result = checkout.run(Map.of(
            "JAVA25_HOME", System.getProperty("java.home"),
            "_JAVA_OPTIONS", "-XX:+UseParallelGC -Xmx48m -XX:TieredStopAtLevel=1"),
            "layout", "3-3");
        assertEquals(0, result.code(), result.err());
        assertTrue(result.out().contains("image: "), result.out());
    }

    @Test
    void refusesAPathThatNoClassPathCanHold() throws IOException, InterruptedException {
        final Path root = Files.move(checkout.root, checkout.machine.resolve("a:b"));
        final Checkout.Result result =
            Checkout.result(checkout.start(Map.of(), checkout.machine, List.of(root + "/tickwave", "run")));
        assertEquals(1, result.code());
        assertEquals("tickwave: the path of this checkout is " + root
            + ": expected a path without ':', which separates the entries of a class path\n", result.err());
        assertTrue(checkout.log().isEmpty());
    }
}
