package org.tickwave.bench.docs;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tickwave.bench.cli.Commands;
import org.tickwave.kernel.Lanes;

/** Everything that the documents name exists. Tests of the engine compare the code in the documents. */
class DocumentsTest {
    private static final Path ROOT = Path.of("..");
    /** Options of the JVM, jlink and other programs. */
    private static final Set<String> OF_OTHERS = Set.of("--add-modules", "--add-opens", "--add-options", "--enable-native-access",
        "--file", "--generate-module-info", "--launcher", "--multi-release", "--output", "--patch-module",
        "--sun-misc-unsafe-memory-access", "--update");
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]+");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
    private static final String COMMAND = "./tickwave ";
    private static final Pattern TEST = Pattern.compile("[A-Z]\\w+(Test|Benchmark|Stress)");
    private static final Set<String> SOURCES = sources();
    private static final int LINES = 150;
    /** Lines of a summary that depend on the machine. */
    private static final Set<String> OF_THE_MACHINE = Set.of("threads", "try");

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "CONTRIBUTING.md", "bench/README.md", "engine/README.md", "engine/DESIGN.md"})
    void optionsCommandsAndLinksExist(final String name) {
        final Markdown document = Markdown.of(name);
        final Set<String> options = new TreeSet<>();
        OPTION.matcher(document.text).results().forEach(option -> options.add(option.group()));
        options.removeAll(OF_OTHERS);
        options.removeAll(Commands.options());
        assertEquals(Set.of(), options, "no command has these options");

        for (final String block : document.fenced()) {
            block.lines().filter(line -> line.contains(COMMAND)).forEach(DocumentsTest::expectParses);
        }
        document.spans().stream().filter(span -> span.startsWith(COMMAND)).forEach(DocumentsTest::expectParses);
        document.links().forEach(link -> expectThere(name, link));
        final Set<String> tests = new TreeSet<>(document.spans().stream().filter(span -> TEST.matcher(span).matches()).toList());
        tests.removeAll(SOURCES);
        assertEquals(Set.of(), tests, "these classes do not exist");
    }

    /** The names of all classes that have a file. */
    private static Set<String> sources() {
        final Set<String> names = new TreeSet<>();
        for (final String module : List.of("engine", "engine/safetensors", "bench")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src"))) {
                files.map(file -> file.getFileName().toString()).filter(file -> file.endsWith(".java"))
                    .forEach(file -> names.add(file.replace(".java", "")));
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return names;
    }

    private static void expectParses(final String line) {
        final String args = line.substring(line.indexOf(COMMAND) + COMMAND.length()).replaceFirst(" #.*", "");
        final List<String> words = new ArrayList<>();
        final Matcher word = WORD.matcher(args);
        while (word.find()) {
            words.add(word.group(1) != null ? word.group(1) : word.group(2));
        }
        if (!words.equals(List.of("COMMAND"))) {
            assertDoesNotThrow(() -> Commands.parse(words), line);
        }
    }

    private static void expectThere(final String name, final String link) {
        if (link.contains(":")) {
            return;
        }
        final String[] parts = link.split("#", 2);
        final Path here = Path.of(name);
        final Path there = parts[0].isEmpty() ? here : here.resolveSibling(parts[0]).normalize();
        assertTrue(Files.exists(ROOT.resolve(there)), () -> name + " links to " + link);
        if (parts.length == 2) {
            assertTrue(Markdown.of(there.toString()).anchors().contains(parts[1]), () -> name + " links to " + link);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "bench/README.md"})
    void theCommandsOfTheTablesAreCommands(final String name) {
        int commands = 0;
        for (final String span : Markdown.of(name).section("What it learns").spans()) {
            if (span.startsWith("--")) {
                expectParses(COMMAND + "run " + span);
                commands++;
            }
        }
        assertTrue(commands >= 4, "only " + commands);
    }

    @Test
    void theReadmeIsShort() {
        final long lines = Markdown.of("README.md").text.lines().count();
        assertTrue(lines <= LINES, lines + " lines: expected at most " + LINES);
    }

    /** The higher frame rate makes the run take a second or two. The network learns the same, and only times differ. */
    @Test
    void theSummaryInTheReadmeIsWhatTheFirstCommandPrints() {
        final List<String> shown = Markdown.of("README.md").fenced().stream()
            .filter(block -> block.startsWith("network ")).findFirst().orElseThrow().lines().toList();
        final List<String> printed = new ArrayList<>(Commands.output("run", "--fps", "4800", "--hold", "16", "--threads", "1", "--quiet").lines().toList());
        // A hold that is given needs no reason.
        printed.add(2, Commands.output("run", "--frames", "1", "--pace", "none", "--quiet").lines().filter(line -> label(line).equals("hold")).findFirst().orElseThrow());
        assertEquals(printed.stream().map(DocumentsTest::label).toList(), shown.stream().map(DocumentsTest::label).toList());
        for (int i = 0; i < shown.size(); i++) {
            if (!OF_THE_MACHINE.contains(label(shown.get(i)))) {
                assertEquals(withoutTimes(printed.get(i)), withoutTimes(shown.get(i)));
            }
        }
    }

    private static String label(final String line) {
        return line.replaceFirst(" .*", "");
    }

    private static String withoutTimes(final String line) {
        final boolean learnt = line.startsWith("network") || line.startsWith("learnt") || line.startsWith("image");
        return learnt && Lanes.LANES == 16 ? line.replaceAll("[0-9,]+ bytes allocated", "# bytes allocated")
            : line.replaceAll("weights [0-9a-f]{8}", "weights #").replaceAll("[0-9][0-9.,]*( (ns|us|ms|s|%))?", "#");
    }
}
