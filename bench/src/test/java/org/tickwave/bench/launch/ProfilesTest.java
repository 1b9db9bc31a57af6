package org.tickwave.bench.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Modules that the launcher builds and loads only where TICKWAVE_PROFILES names their profile. */
@Execution(ExecutionMode.CONCURRENT)
class ProfilesTest {
    private static final String VARIABLE = "TICKWAVE_PROFILES";

    @TempDir
    Path directory;

    private Checkout checkout;

    @BeforeEach
    void install() throws IOException {
        checkout = new Checkout(directory);
        checkout.jdk(checkout.machine.resolve("usr/lib/jvm/25"), "25");
        for (final String module : List.of("pytorch", "moa")) {
            final Path sources = checkout.root.resolve("bench/" + module + "/src/main/java");
            Files.createDirectories(sources);
            for (final Path file : List.of(sources.resolve("P.java"), checkout.root.resolve("bench/" + module + "/pom.xml"))) {
                Files.writeString(file, "");
            }
            try (Stream<Path> all = Files.walk(checkout.root.resolve("bench/" + module))) {
                for (final Path path : all.toList()) {
                    Checkout.touch(path, Checkout.PAST);
                }
            }
        }
    }

    private Checkout.Result run(final String profiles, final String... arguments) throws IOException, InterruptedException {
        final Checkout.Result result = checkout.run(Map.of(VARIABLE, profiles), arguments);
        assertEquals(0, result.code(), result.err());
        return result;
    }

    private long buildsOf(final String profiles) throws IOException, InterruptedException {
        run(profiles);
        return checkout.builds();
    }

    /** The class path without the directory of the checkout. */
    private String classPath(final Checkout.Result result) {
        final String lines = result.out().replace(checkout.root + "/", "");
        return lines.substring(lines.indexOf("<-cp>\n<") + 7, lines.indexOf(">\n<org.tickwave.bench.cli.Tickwave>"));
    }

    private static final String ALWAYS = "bench/target/tickwave-bench-0.1.0.jar:engine/target/tickwave-engine-0.1.0.jar:bench/target/lib/*";
    private static final String PYTORCH = ":bench/pytorch/target/tickwave-bench-pytorch-0.1.0.jar:bench/pytorch/target/lib/*";
    private static final String MOA = ":bench/moa/target/tickwave-bench-moa-0.1.0.jar:bench/moa/target/lib/*";

    @Test
    void buildsAndLoadsTheModulesThatAreNamed() throws IOException, InterruptedException {
        assertEquals(ALWAYS + PYTORCH, classPath(run("pytorch", "bench")));
        assertTrue(checkout.log().get(0).contains(" -Ppytorch "));
        assertEquals(ALWAYS + MOA + PYTORCH, classPath(run("moa,pytorch,moa", "bench")));
        assertTrue(checkout.log().get(0).contains(" -Pmoa,pytorch "));
        assertEquals(ALWAYS + PYTORCH + MOA, classPath(run("pytorch,moa", "bench")));
        assertEquals(0, checkout.builds());
    }

    @Test
    void changesNothingWithoutTheVariable() throws IOException, InterruptedException {
        assertEquals(ALWAYS, classPath(run("", "bench")));
        assertFalse(checkout.log().get(0).contains(" -P"));
        assertEquals(1, buildsOf("pytorch,moa"));
        assertEquals(ALWAYS, classPath(checkout.run("bench")));
        assertEquals(0, checkout.builds());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bench/pytorch/pom.xml", "bench/pytorch/src/main/java/P.java", "bench/target/tickwave-bench-0.1.0.jar"})
    void buildsWhenAnythingBelowIsNewerButOnlyWhereItIsNamed(final String file) throws IOException, InterruptedException {
        checkout.addBuild("pytorch");
        final Path jar = checkout.root.resolve("bench/pytorch/target/tickwave-bench-pytorch-0.1.0.jar");
        Checkout.touch(jar, checkout.age());
        assertEquals(0, buildsOf("pytorch"));
        Checkout.touch(checkout.root.resolve(file), Files.getLastModifiedTime(jar).toInstant().plusSeconds(1));
        assertEquals(0, buildsOf(""));
        assertEquals(1, buildsOf("pytorch"));
        assertEquals(0, buildsOf("pytorch"));
    }

    /** Each may have been built by hand at another time. */
    @Test
    void modulesOfProfilesDoNotNeedEachOther() throws IOException, InterruptedException {
        checkout.addBuild("pytorch", "moa");
        Checkout.touch(checkout.root.resolve("bench/moa/target/tickwave-bench-moa-0.1.0.jar"), checkout.age());
        Checkout.touch(checkout.root.resolve("bench/pytorch/target/tickwave-bench-pytorch-0.1.0.jar"), checkout.age().plusSeconds(1));
        assertEquals(0, buildsOf("pytorch,moa"));
        assertEquals(0, buildsOf("moa,pytorch"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"target/tickwave-bench-moa-0.1.0.jar", "target/lib/some.jar"})
    void buildsWhenWhatItRunsIsMissing(final String built) throws IOException, InterruptedException {
        checkout.addBuild("moa");
        Files.delete(checkout.root.resolve("bench/moa").resolve(built));
        assertEquals(1, buildsOf("moa"));
        assertEquals(0, buildsOf("moa"));
    }

    /** The first build of a profile takes long, also where the rest is built. */
    @Test
    void saysThatMavenDownloadsLibraries() throws IOException, InterruptedException {
        checkout.addBuild();
        final String first = run("pytorch").err();
        assertTrue(first.contains("while Maven downloads libraries"), first);
        Checkout.touch(checkout.root.resolve("bench/pytorch/pom.xml"), checkout.age().plusSeconds(7200));
        final String again = run("pytorch").err();
        assertTrue(again.contains("sources have changed"), again);
    }

    @Test
    void clearsAwayJarsOfAnotherVersion() throws IOException, InterruptedException {
        checkout.addBuild("moa");
        final Path target = checkout.root.resolve("bench/moa/target");
        final List<Path> others = List.of(target.resolve("tickwave-bench-moa-0.0.9.jar"), target.resolve("lib/old.jar"));
        for (final Path other : others) {
            Files.writeString(other, "");
        }
        assertEquals(1, buildsOf("moa"));
        for (final Path other : others) {
            assertFalse(Files.exists(other), other.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"torch", "pytorch moa", "pytorch,tensorflow", "*", "-X", "pytorch,../engine", "PYTORCH", ",moa", "moa, pytorch"})
    void refusesOtherNamesInOneLine(final String profiles) throws IOException, InterruptedException {
        final Checkout.Result result = checkout.run(Map.of(VARIABLE, profiles), "bench");
        assertEquals(2, result.code());
        assertEquals("", result.out());
        final String found = Stream.of(profiles.split(",")).filter(name -> !List.of("moa", "pytorch").contains(name)).findFirst().orElseThrow();
        assertEquals("tickwave: TICKWAVE_PROFILES is '" + profiles + "': expected moa, pytorch, or both with a comma between, found '" + found
            + "'\n", result.err());
        assertEquals(List.of(), checkout.log());
    }
}
