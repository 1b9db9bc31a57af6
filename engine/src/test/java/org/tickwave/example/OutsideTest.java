package org.tickwave.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordingFile;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tickwave.Context;
import org.tickwave.Engine;

/**
 * The programs of src/it, which depend on the engine and Agrona only, started with the exact commands of engine/README.md. The
 * profile "soak" builds them with Maven, as projects of their own.
 */
@Execution(ExecutionMode.CONCURRENT)
class OutsideTest {
    private static final Path IT = Path.of("src/it");
    private static final String SENTENCE = "java.lang.IllegalStateException: the Vector API is missing: expected the JVM's flag "
        + "--add-modules jdk.incubator.vector, before the name of the main class";
    private static final String BUFFER = """
        package com.example;
        public final class Main {
            public static void main(final String[] args) {
                final var buffer = new org.agrona.concurrent.UnsafeBuffer(new byte[8]);
                buffer.putFloat(4, .5f, java.nio.ByteOrder.LITTLE_ENDIAN);
                final var network = org.tickwave.Network.chain(2, 1).build();
                try (var engine = org.tickwave.Engine.open(network, new org.tickwave.Context())) {
                    engine.input(buffer, 0).tick();
                    System.out.println("took " + engine.frames());
                }
            }
        }
        """;

    private static final String OBSERVED = """
        package com.example;
        import org.tickwave.*;
        public final class Main {
            public static void main(final String[] args) {
                final Network network = Network.chain(2, 1).build();
                try (Engine engine = Engine.open(network, new Context().name("camera").sampleEvery(1).guard(Engine.Guard.COUNT))) {
                    engine.setWeights(1, new float[] {1 << 29, 1 << 29}, new float[1]);
                    engine.input(new float[] {1 << 29, 1 << 29}).tick();
                    engine.lateFrame(1, 1, 1);
                    System.out.println("tripped " + engine.guardTrips());
                }
            }
        }
        """;

    @TempDir
    private static Path directory;

    private static String readme;
    /** Directories that have a directory lib with jars, as the README says. */
    private static Path classPath;
    private static Path modulePath;

    record Result(int code, String out, String err) {
    }

    @BeforeAll
    static void build() throws IOException, URISyntaxException {
        readme = Files.readString(Path.of("README.md"));
        final Path lib = Files.createDirectories(directory.resolve("lib"));
        jar(lib.resolve("engine.jar"), at(Engine.class));
        Files.copy(at(DirectBuffer.class), lib.resolve("agrona-2.jar"));
        classPath = project("class-path", sources(IT.resolve("class-path")));
        modulePath = project("module-path", sources(IT.resolve("module-path")));
    }

    private static Path project(final String name, final List<Path> sources) throws IOException {
        final Path project = Files.createDirectories(directory.resolve(name));
        final Path lib = Files.createDirectories(project.resolve("lib"));
        try (Stream<Path> jars = Files.list(directory.resolve("lib"))) {
            for (final Path jar : jars.toList()) {
                Files.copy(jar, lib.resolve(jar.getFileName()));
            }
        }
        final List<String> arguments =
            new ArrayList<>(List.of("-Xlint:all,-incubating", "-Werror", "-d", project.resolve("classes").toString()));
        if (sources.stream().anyMatch(source -> source.endsWith("module-info.java"))) {
            arguments.addAll(List.of("-p", lib.toString()));
        } else {
            arguments.addAll(List.of("-cp", lib.resolve("engine.jar") + File.pathSeparator + lib.resolve("agrona-2.jar")));
        }
        sources.forEach(source -> arguments.add(source.toString()));
        tool("javac", arguments);
        jar(lib.resolve("main.jar"), project.resolve("classes"));
        return project;
    }

    private static Path at(final Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static void jar(final Path to, final Path classes) {
        tool("jar", List.of("--create", "--file", to.toString(), "-C", classes.toString(), "."));
    }

    private static void tool(final String name, final List<String> arguments) {
        final StringWriter said = new StringWriter();
        final PrintWriter writer = new PrintWriter(said);
        final int code = ToolProvider.findFirst(name).orElseThrow().run(writer, writer, arguments.toArray(String[]::new));
        assertEquals(0, code, said.toString());
    }

    private static List<Path> sources(final Path project) throws IOException {
        try (Stream<Path> files = Files.walk(project)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    /** The README's command line with this option, without the word java: java reads the rest from a file. */
    private static String line(final String option) {
        final Matcher lines = Pattern.compile("^java (.*" + option + " .*)$", Pattern.MULTILINE).matcher(readme);
        assertTrue(lines.find(), "no line of the README starts with java and has " + option);
        final String line = lines.group(1);
        assertFalse(lines.find(), "two lines of the README start with java and have " + option);
        return line;
    }

    private static Result java(final Path project, final String line) throws IOException, InterruptedException {
        final Path arguments = Files.writeString(project.resolve("arguments"), line);
        final Path err = project.resolve("err");
        final ProcessBuilder builder = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "@" + arguments)
            .directory(project.toFile()).redirectError(err.toFile());
        // The programs end before C2 pays. Not on the command line, which is the README's.
        builder.environment().put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        final Process child = builder.start();
        final String out = new String(child.getInputStream().readAllBytes());
        return new Result(child.waitFor(), out, Files.readString(err));
    }

    private static void expectSentence(final Result result) {
        assertEquals(1, result.code(), result.err());
        assertEquals("", result.out());
        assertTrue(result.err().contains(SENTENCE + System.lineSeparator()), result.err());
        assertFalse(result.err().contains("NoClassDefFoundError"), result.err());
    }

    @Test
    void learnsOnTheClassPathAndTheSameOnTheModulePath() throws IOException, InterruptedException {
        final Result onClassPath = java(classPath, line("-cp"));
        assertEquals(0, onClassPath.code(), onClassPath.err());
        assertTrue(onClassPath.out().matches("learnt: error 0\\.00\\d+, weights [0-9a-f]{8}\\R"), onClassPath.out());

        final Result onModulePath = java(modulePath, line("-p"));
        assertEquals(0, onModulePath.code(), onModulePath.err());
        assertEquals(onClassPath.out(), onModulePath.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-cp 'lib/*' com.example.Main", "-cp 'lib/*' com.example.Main --add-modules jdk.incubator.vector"})
    void namesTheFlagThatIsMissingOrTooLate(final String line) throws IOException, InterruptedException {
        expectSentence(java(classPath, line));
    }

    @Test
    void noEntryWithoutTheFlagFailsToLink() throws IOException, InterruptedException, URISyntaxException {
        final String path = at(WithoutTheFlag.class) + File.pathSeparator + "lib/*";
        final Result result = java(classPath, "-cp \"" + path + "\" " + WithoutTheFlag.class.getName() + " lib/engine.jar");
        assertEquals(0, result.code(), result.err());
        final List<String> lines = result.out().lines().toList();
        assertEquals("build: " + SENTENCE, lines.getLast());
        for (final String entry : List.of("Engine.open: ", "Engine.imageBytes: ", "Engine.suggestedThreads: ")) {
            assertTrue(lines.contains(entry + "java.lang.NullPointerException: network"), result.out());
        }
        assertEquals(List.of(), lines.stream().filter(line -> line.contains("Error")).toList());
    }

    @Test
    void runsInALayerAndNamesTheFlagThatItNeeds() throws IOException, InterruptedException, URISyntaxException {
        final String layer = "-cp \"" + at(InALayer.class) + "\" " + InALayer.class.getName() + " lib";
        final Result with = java(modulePath, "--add-modules jdk.incubator.vector " + layer);
        assertEquals(0, with.code(), with.err());
        assertTrue(with.out().startsWith("learnt: error 0.00"), with.out());
        expectSentence(java(modulePath, layer));
    }

    @Test
    void takesAnUnsafeBufferWithAgronasFlag() throws IOException, InterruptedException {
        final Path source = Files.createDirectories(directory.resolve("buffer")).resolve("Main.java");
        Files.writeString(source, BUFFER);
        final Matcher flags = Pattern.compile("`(--add-opens \\S+)`").matcher(readme);
        assertTrue(flags.find());
        final Result onClassPath = java(project("buffer-class-path", List.of(source)), flags.group(1) + " " + line("-cp"));
        assertEquals("took 1\n", onClassPath.out(), onClassPath.err());

        assertTrue(flags.find());
        final Path module = IT.resolve("module-path/src/main/java/module-info.java");
        final Result onModulePath = java(project("buffer-module-path", List.of(source, module)), flags.group(1) + " " + line("-p"));
        assertEquals("took 1\n", onModulePath.out(), onModulePath.err());
    }

    /** An image that jlink has made may lack the module. */
    @Test
    void isObservedWithAndWithoutTheModuleOfJfr() throws IOException, InterruptedException {
        final Path source = Files.createDirectories(directory.resolve("observed")).resolve("Main.java");
        Files.writeString(source, OBSERVED);
        final Path onClassPath = project("observed-class-path", List.of(source));
        final Path module = IT.resolve("module-path/src/main/java/module-info.java");
        final Path onModulePath = project("observed-module-path", List.of(source, module));
        final String without = "--limit-modules com.example,jdk.incubator.vector,jdk.management,jdk.unsupported ";
        for (final boolean modules : List.of(false, true)) {
            final Path project = modules ? onModulePath : onClassPath;
            final String line = line(modules ? "-p" : "-cp");
            final Result result = java(project, (modules ? without : without.replace("com.example,", "")) + line);
            assertEquals("tripped 1\n", result.out(), result.err());
            final Result recorded = java(project, "-XX:StartFlightRecording:filename=run.jfr -Xlog:jfr+startup=off " + line);
            assertEquals("tripped 1\n", recorded.out(), recorded.err());
            assertEquals(List.of("org.tickwave.Tick", "org.tickwave.GuardTrip", "org.tickwave.LateFrame"), events(project.resolve("run.jfr")));
        }
    }

    /** The names of the engine's events, in the order of their starts. */
    private static List<String> events(final Path recording) throws IOException {
        return RecordingFile.readAllEvents(recording).stream().sorted((one, other) -> one.getStartTime().compareTo(other.getStartTime()))
            .map(event -> event.getEventType().getName()).filter(name -> name.startsWith("org.tickwave.")).toList();
    }
}
