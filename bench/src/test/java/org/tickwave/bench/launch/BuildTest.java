package org.tickwave.bench.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Execution(ExecutionMode.CONCURRENT)
class BuildTest {
    @TempDir
    Path directory;

    private Checkout checkout;
    private Path jdk;

    @BeforeEach
    void install() throws IOException {
        checkout = new Checkout(directory);
        jdk = checkout.jdk(checkout.machine.resolve("usr/lib/jvm/25"), "25");
    }

    private long buildsOf(final String... arguments) throws IOException, InterruptedException {
        final Checkout.Result result = checkout.run(arguments);
        assertEquals(0, result.code(), result.err());
        return checkout.builds();
    }

    @Test
    void buildsOnceAndSaysSoOnStandardError() throws IOException, InterruptedException {
        final Checkout.Result first = checkout.run("run");
        assertEquals(0, first.code(), first.err());
        final String[] lines = first.err().split("\n");
        assertEquals(2, lines.length, first.err());
        assertTrue(lines[0].startsWith("tickwave: building: "), lines[0]);
        assertTrue(lines[1].matches("tickwave: built in \\d+ s"), lines[1]);
        assertFalse(first.out().contains("Maven"), first.out());
        final List<String> log = checkout.log();
        assertEquals(2, log.size());
        assertTrue(log.get(0).startsWith("mvn ") && log.get(0).contains(" package|"), log.get(0));
        assertTrue(log.get(0).endsWith("|" + checkout.root), log.get(0));
        assertEquals("java " + jdk, log.get(1));

        assertEquals("", checkout.run("run").err());
        assertEquals(0, checkout.builds());

        final List<Path> built = checkout.built();
        final Checkout other = new Checkout(Files.createDirectory(directory.resolve("other")));
        other.addBuild();
        assertEquals(built, other.built(), "what other tests take for a build");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "pom.xml", "engine/pom.xml", "engine/safetensors/pom.xml", "bench/pom.xml", "engine/src/main/java/E.java",
        "engine/safetensors/src/main/java/S.java", "bench/src/main/java/B.java"})
    void buildsWhenASourceIsNewer(final String source) throws IOException, InterruptedException {
        checkout.addBuild();
        Checkout.touch(checkout.root.resolve(source), checkout.age());
        assertEquals(1, buildsOf());
        assertEquals(0, buildsOf());
    }

    @ParameterizedTest
    @ValueSource(strings = {"engine/src/main/java/E.java", "engine/safetensors/src/main/java/S.java", "bench/src/main/java/B.java"})
    void buildsWhenASourceWasSavedBetweenCompilationAndPackage(final String source) throws IOException, InterruptedException {
        checkout.addBuild();
        checkout.age();
        final Path module = checkout.root.resolve(source.substring(0, source.indexOf("/src/")));
        final Instant compiled = Files.getLastModifiedTime(module.resolve("target/classes/module-info.class")).toInstant();
        Checkout.touch(checkout.root.resolve(source), compiled.plusMillis(500));
        assertEquals(1, buildsOf());
    }

    @Test
    void buildsWhenASourceIsGone() throws IOException, InterruptedException {
        checkout.addBuild();
        checkout.age();
        Files.delete(checkout.root.resolve("engine/src/main/java/F.java"));
        assertEquals(1, buildsOf());
    }

    @ParameterizedTest
    @ValueSource(strings = {"engine/src/test/java/ETest.java", "engine/safetensors/src/test/java/STest.java", "bench/src/test/java/BTest.java"})
    void leavesTestsOutOfIt(final String source) throws IOException, InterruptedException {
        checkout.addBuild();
        Checkout.touch(checkout.root.resolve(source), checkout.age());
        assertEquals(0, buildsOf());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "engine/target/tickwave-engine-0.1.0.jar", "engine/safetensors/target/tickwave-engine-safetensors-0.1.0.jar",
        "bench/target/tickwave-bench-0.1.0.jar", "bench/target/lib/some.jar", "engine/target/classes/module-info.class",
        "engine/safetensors/target/classes/module-info.class", "bench/target/classes/module-info.class"})
    void buildsWhenWhatItRunsIsMissing(final String built) throws IOException, InterruptedException {
        checkout.addBuild();
        Files.delete(checkout.root.resolve(built));
        assertEquals(1, buildsOf());
        assertEquals(0, buildsOf());
    }

    @Test
    void clearsAwayJarsOfAnotherVersion() throws IOException, InterruptedException {
        checkout.addBuild();
        final List<Path> others = List.of(
            checkout.root.resolve("bench/target/tickwave-bench-0.0.9.jar"), checkout.root.resolve("bench/target/lib/old.jar"));
        for (final Path other : others) {
            Files.writeString(other, "");
        }
        assertEquals(1, buildsOf());
        for (final Path other : others) {
            assertFalse(Files.exists(other), other.toString());
        }
    }

    @Test
    void countsABuildByHand() throws IOException, InterruptedException {
        checkout.addBuild();
        Checkout.touch(checkout.root.resolve("pom.xml"), checkout.age());
        final Process byHand = checkout.start(Map.of(), checkout.root, List.of(checkout.bin.resolve("mvn").toString(), "verify"));
        assertEquals(0, Checkout.result(byHand).code());
        assertEquals(1, checkout.builds());
        assertEquals(0, buildsOf());
    }

    @Test
    void runsTheClassesAndNotTheSourcesOrTheJavadocBesideThem() throws IOException, InterruptedException {
        checkout.addBuild();
        for (final String kind : List.of("sources", "javadoc")) {
            Files.writeString(checkout.root.resolve("engine/target/tickwave-engine-0.1.0-" + kind + ".jar"), "");
        }
        final Checkout.Result result = checkout.run("run");
        assertEquals(0, checkout.builds());
        final String engine = checkout.root.resolve("engine/target/tickwave-engine-0.1.0.jar").toString();
        assertTrue(result.out().contains(":" + engine + ":"), result.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"engine", "engine/safetensors", "bench"})
    void doesNotCountWhatWasCompiledAndNotPackaged(final String module) throws IOException, InterruptedException {
        checkout.addBuild();
        Checkout.touch(checkout.root.resolve(module + "/target/classes/module-info.class"), checkout.age());
        assertEquals(1, buildsOf());
    }

    /** bench/target/lib then holds an old jar of engine/safetensors. */
    @ParameterizedTest
    @ValueSource(strings = {"engine", "engine/safetensors"})
    void buildsWhenAModuleWasPackagedAlone(final String module) throws IOException, InterruptedException {
        checkout.addBuild();
        final Instant later = checkout.age();
        Checkout.touch(checkout.root.resolve(module + "/target/classes/module-info.class"), later);
        Checkout.touch(checkout.root.resolve(module + "/target/tickwave-" + module.replace('/', '-') + "-0.1.0.jar"), later);
        assertEquals(1, buildsOf());
    }

    @Test
    void noticesASourceSavedDuringTheBuild() throws IOException, InterruptedException {
        final Path edits = Files.writeString(checkout.machine.resolve("mvn-edits"), "");
        assertEquals(1, buildsOf());
        Files.delete(edits);
        assertEquals(1, buildsOf());
        assertEquals(0, buildsOf());
    }

    @Test
    void showsWhatMavenSaysWhenTheBuildFails() throws IOException, InterruptedException {
        final Path fails = Files.writeString(checkout.machine.resolve("mvn-fails"), "");
        final Checkout.Result result = checkout.run("run");
        assertEquals(1, result.code());
        assertEquals("", result.out());
        assertTrue(result.err().contains("E.java: broken\n"), result.err());
        assertTrue(result.err().endsWith("tickwave: the build failed: see above\n"), result.err());
        assertEquals(1, checkout.log().size());
        assertFalse(checkout.locked());
        Files.delete(fails);
        assertEquals(1, buildsOf());
    }

    @Test
    void saysInOneLineThatThereIsNoMaven() throws IOException, InterruptedException {
        Files.delete(checkout.bin.resolve("mvn"));
        final Checkout.Result result = checkout.run("run");
        assertEquals(1, result.code());
        assertEquals("tickwave: cannot build: no mvn on the PATH; install Maven\n", result.err());
        assertFalse(checkout.locked());
    }

    @Test
    void needsNoMavenWhenNothingIsNewer() throws IOException, InterruptedException {
        checkout.addBuild();
        Files.delete(checkout.bin.resolve("mvn"));
        assertEquals(0, buildsOf());
    }

    @Test
    void runsTheLastBuildWhereItCannotBuild() throws IOException, InterruptedException {
        final String cannot = "tickwave: cannot build: " + checkout.root + " is not writable";
        final Checkout.Result never = checkout.runReadOnly("run");
        assertEquals(1, never.code());
        assertEquals(cannot + "\n", never.err());

        checkout.addBuild();
        final Checkout.Result fresh = checkout.runReadOnly("run");
        assertEquals(0, fresh.code());
        assertEquals("", fresh.err());

        // A copy has newer modification times.
        Checkout.touch(checkout.root.resolve("engine/src/main/java/E.java"), checkout.age());
        checkout.log();
        final Checkout.Result copied = checkout.runReadOnly("run", "--json");
        assertEquals(0, copied.code(), copied.err());
        assertEquals(cannot + "; running the last build, which may be older than the sources\n", copied.err());
        assertTrue(copied.out().endsWith("<run>\n<--json>\n"), copied.out());
        assertEquals(List.of("java " + jdk), checkout.log());
        assertFalse(checkout.locked());
    }

    @Test
    void tellsMavenWhichJdk() throws IOException, InterruptedException {
        assertEquals(0, checkout.run().code());
        assertTrue(checkout.log().get(0).contains("|JAVA_HOME=" + jdk + "|JAVA25_HOME=" + jdk + "|"));

        final Path own = checkout.jdk(checkout.machine.resolve("17"), "17");
        Checkout.touch(checkout.root.resolve("pom.xml"), checkout.age());
        assertEquals(0, checkout.run(Map.of("JAVA_HOME", own.toString())).code());
        assertTrue(checkout.log().get(0).contains("|JAVA_HOME=" + own + "|JAVA25_HOME=" + jdk + "|"));

        Files.createSymbolicLink(checkout.bin.resolve("java"), own.resolve("bin/java"));
        Checkout.touch(checkout.root.resolve("pom.xml"), checkout.age());
        assertEquals(0, checkout.run().code());
        assertTrue(checkout.log().stream().anyMatch(line -> line.contains("|JAVA_HOME=|JAVA25_HOME=" + jdk + "|")));
    }

    @Test
    void leavesStandardInputToTheProgram() throws IOException, InterruptedException {
        Files.writeString(checkout.machine.resolve("java-reads"), "");
        final Process process = checkout.start("run", "--input", "-");
        process.getOutputStream().write("frames".getBytes());
        final Checkout.Result result = Checkout.result(process);
        assertEquals(1, checkout.builds());
        assertTrue(result.out().endsWith("\nframes"), result.out());
    }
}
