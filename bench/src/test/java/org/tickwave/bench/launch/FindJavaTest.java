package org.tickwave.bench.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
class FindJavaTest {
    private static final String REASON =
        " (only JDK 25 has been tested, and the incubating Vector API changes with each release)";

    @TempDir
    Path directory;

    private Checkout checkout;

    @BeforeEach
    void buildNothing() throws IOException {
        checkout = new Checkout(directory);
        checkout.addBuild();
    }

    private Path at(final String place) {
        return checkout.machine.resolve(place);
    }

    private void expectJava(final Path home, final Map<String, String> environment) throws IOException, InterruptedException {
        assertEquals("", checkout.run(environment).err());
        assertEquals(List.of("java " + home), checkout.log());
    }

    @Test
    void looksInOneOrder() throws IOException, InterruptedException {
        final Path named = at("named");
        final Path javaHome = at("java home");
        final Path onPath = at("on path");
        final List<Path> places = new ArrayList<>(List.of(
            named, javaHome, onPath, at("usr/lib/jvm/some"), at("Library/Java/JavaVirtualMachines/25.jdk/Contents/Home"),
            checkout.home.resolve("Library/Java/JavaVirtualMachines/25.jdk/Contents/Home"),
            checkout.home.resolve(".sdkman/candidates/java/25-tem"), checkout.home.resolve(".jdks/temurin-25"), at("opt/jdk"),
            at("opt/homebrew/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home")));
        Files.createSymbolicLink(checkout.bin.resolve("java"), onPath.resolve("bin/java"));
        for (int i = places.size() - 1; i >= 0; i--) {
            final Path place = checkout.jdk(places.get(i), "25.0.3");
            final Map<String, String> environment = place.equals(named)
                ? Map.of("JAVA25_HOME", named.toString(), "JAVA_HOME", javaHome.toString())
                : Map.of("JAVA_HOME", javaHome.toString());
            expectJava(place, environment);
        }
    }

    @Test
    void asksTheSystemWhereJdksAre() throws IOException, InterruptedException {
        final Path jdk = checkout.jdk(at("anywhere"), "25");
        checkout.script(at("usr/libexec/java_home"), "#!" + checkout.bash + "\n[ \"$*\" = '-v 25' ] && echo '" + jdk + "'\n");
        expectJava(jdk, Map.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"24.0.2", "26", "26-ea", "250", "2.5", "17.0.25", "1.8.0_25"})
    void takesNoOtherVersion(final String version) throws IOException, InterruptedException {
        checkout.jdk(at("usr/lib/jvm/a"), version);
        checkout.jdkWithoutRelease(at("usr/lib/jvm/b"), version);
        final Path jdk = checkout.jdk(at("usr/lib/jvm/c"), "25");
        expectJavaAtLast(jdk, checkout.jdk(at("java home"), version));
    }

    private void expectJavaAtLast(final Path jdk, final Path javaHome) throws IOException, InterruptedException {
        assertEquals("", checkout.run(Map.of("JAVA_HOME", javaHome.toString())).err());
        final List<String> log = checkout.log();
        assertEquals("java " + jdk, log.getLast());
    }

    @ParameterizedTest
    @ValueSource(strings = {"25", "25.0.3", "25-ea", "25.0.3+9-LTS"})
    void takesAny25(final String version) throws IOException, InterruptedException {
        expectJava(checkout.jdk(at("usr/lib/jvm/some"), version), Map.of());
    }

    @Test
    void asksTheUsersJdkWithoutAReleaseFileDespiteOtherLines() throws IOException, InterruptedException {
        final Path jdk = checkout.jdkWithoutRelease(at("some"), "25.0.3");
        expectJavaAtLast(jdk, jdk);
    }

    @Test
    void startsNothingOfOptWithoutAReleaseFileAndNamesIt() throws IOException, InterruptedException {
        final Path silent = checkout.jdkWithoutRelease(at("opt/anything"), "25.0.3");
        final Path other = checkout.jdkWithoutRelease(at("usr/lib/jvm/other"), "25.0.3");
        final Checkout.Result result = checkout.run("run");
        assertEquals(1, result.code());
        assertEquals("tickwave: no JDK 25 found, not started without a release file: " + other + ", " + silent
            + ": install a JDK 25, or set JAVA25_HOME to its home\n", result.err());
        assertEquals(List.of(), checkout.log());
        final Path jdk = checkout.jdk(at("opt/zulu"), "25");
        expectJava(jdk, Map.of());
    }

    @Test
    void asksAScriptOnThePathForItsJdk() throws IOException, InterruptedException {
        final Path jdk = checkout.jdk(at("chosen"), "25");
        checkout.script(checkout.bin.resolve("java"), "#!" + checkout.bash + "\nexec '" + jdk + "/bin/java' \"$@\"\n");
        expectJavaAtLast(jdk, at("nowhere"));
    }

    @Test
    void startsNoJvmWhereAFileTells() throws IOException, InterruptedException {
        final Path old = checkout.jdk(at("usr/lib/jvm/17"), "17");
        Files.createSymbolicLink(checkout.bin.resolve("java"), old.resolve("bin/java"));
        expectJava(checkout.jdk(at("usr/lib/jvm/25"), "25"), Map.of());
    }

    @Test
    void wantsACompilerToo() throws IOException, InterruptedException {
        Files.delete(checkout.jdk(at("usr/lib/jvm/a"), "25").resolve("bin/javac"));
        expectJava(checkout.jdk(at("usr/lib/jvm/b"), "25"), Map.of());
    }

    @Test
    void saysInOneLineThatThereIsNone() throws IOException, InterruptedException {
        final Checkout.Result result = checkout.run("run");
        assertEquals(1, result.code());
        assertEquals("tickwave: no JDK 25 found: install a JDK 25, or set JAVA25_HOME to its home\n", result.err());
        assertEquals("", result.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"17.0.15", "26", "26.0.1", "100-ea"})
    void saysWhichOtherJdkThereIsAndWhyItWillNotDo(final String version) throws IOException, InterruptedException {
        checkout.jdk(at("usr/lib/jvm/a"), "11");
        final Path jdk = checkout.jdk(at("usr/lib/jvm/b"), version);
        checkout.jdk(at("usr/lib/jvm/c"), "1.8.0_402");
        final Checkout.Result result = checkout.run("run");
        assertEquals(1, result.code());
        assertEquals("tickwave: no JDK 25 found, but " + version + " in " + jdk + REASON
            + ": install a JDK 25, or set JAVA25_HOME to its home\n", result.err());
        assertEquals(List.of(), checkout.log());
    }

    @Test
    void namesAWrongJava25Home() throws IOException, InterruptedException {
        checkout.jdk(at("usr/lib/jvm/some"), "25");
        final Path old = checkout.jdk(at("old one"), "17.0.15");
        final Checkout.Result result = checkout.run(Map.of("JAVA25_HOME", old.toString()), "run");
        assertEquals(1, result.code());
        assertEquals("tickwave: JAVA25_HOME is " + old + ": expected the home of a JDK 25, found 17.0.15" + REASON + "\n",
            result.err());
        final Checkout.Result missing = checkout.run(Map.of("JAVA25_HOME", "/nowhere"), "run");
        assertEquals(1, missing.code());
        assertEquals("tickwave: JAVA25_HOME is /nowhere: expected the home of a JDK 25, found no JDK\n", missing.err());
        assertTrue(checkout.log().isEmpty());
    }
}
