package org.tickwave.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help;

/** The launcher prints {@code --help} and {@code --version} without the program. Its texts equal the output of the program. */
class LauncherTextsTest {
    private static final Path TEXTS = Path.of("src", "launcher");
    private static final Path PRINTED = Path.of("target", "launcher");

    /** The output of a command on standard output and standard error. JMH prints its help on System.out. */
    private static String printed(final String... arguments) {
        final StringWriter text = new StringWriter();
        final PrintStream out = System.out;
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            Tickwave.commandLine().setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
                .setOut(new PrintWriter(text)).setErr(new PrintWriter(text)).execute(arguments);
        } finally {
            System.setOut(out);
        }
        return text + bytes.toString(StandardCharsets.UTF_8);
    }

    private static Map<String, String> ofTheProgram() {
        final Map<String, String> texts = new TreeMap<>(Map.of(
            "no-command.txt", printed(), "help.txt", printed("--help"), "version.txt", printed("--version")));
        final CommandLine all = Tickwave.commandLine();
        for (final String command : all.getSubcommands().keySet()) {
            texts.put("help-" + command + ".txt", printed(command, "--help"));
        }
        return texts;
    }

    private static Map<String, String> ofTheLauncher() throws IOException {
        final Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.list(TEXTS)) {
            for (final Path file : files.toList()) {
                texts.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return texts;
    }

    /** The launcher has one text for both names of an option, and one version text for all commands. */
    @Test
    void shortAndLongOptionsPrintTheSame() {
        final String version = printed("--version");
        assertEquals(version, printed("-V"));
        assertEquals(printed("--help"), printed("-h"));
        for (final String command : Tickwave.commandLine().getSubcommands().keySet()) {
            assertEquals(version, printed(command, "--version"), command);
            assertEquals(printed(command, "--help"), printed(command, "-h"), command);
        }
    }

    @Test
    void theyAreWhatTheProgramPrints() throws IOException {
        final Map<String, String> expected = ofTheProgram();
        Files.createDirectories(PRINTED);
        try (Stream<Path> old = Files.list(PRINTED)) {
            for (final Path file : old.toList()) {
                Files.delete(file);
            }
        }
        for (final Map.Entry<String, String> text : expected.entrySet()) {
            Files.writeString(PRINTED.resolve(text.getKey()), text.getValue());
        }
        final Map<String, String> texts = ofTheLauncher();
        final Set<String> names = new TreeSet<>(expected.keySet());
        names.addAll(texts.keySet());
        names.removeIf(name -> Objects.equals(expected.get(name), texts.get(name)));
        assertEquals(Set.of(), names, "these texts of bench/src/launcher are not what the program prints: to renew them run, in the"
            + " top directory of the checkout, cp bench/target/launcher/*.txt bench/src/launcher/");
    }
}
