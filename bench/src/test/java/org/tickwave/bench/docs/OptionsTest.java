package org.tickwave.bench.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tickwave.bench.cli.Commands;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The tables of options in bench/README.md name exactly the options that {@code --help} names. */
class OptionsTest {
    private static final Markdown DOCUMENT = Markdown.of("bench/README.md");

    /** The names of an option and its value, as {@code --help} shows them. */
    private static String shown(final OptionSpec option) {
        final String value = option.arity().max() == 0 ? "" : " " + option.paramLabel()
            + (option.splitRegex().isEmpty() ? "" : "[" + option.splitRegex() + option.paramLabel() + "...]");
        final List<String> names = new ArrayList<>(Arrays.asList(option.names()));
        names.sort((a, b) -> Integer.compare(a.length(), b.length()));
        return names.stream().map(name -> "`" + name + value + "`").collect(Collectors.joining(", "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "watch", "convert", "bench", "layout", "paper", "budget", "doctor"})
    void theTableNamesWhatTheHelpNames(final String command) {
        final CommandSpec spec = Commands.spec(command);
        final Set<String> there = new TreeSet<>();
        spec.options().stream().filter(option -> !option.hidden()).forEach(option -> there.add(shown(option)));
        spec.positionalParameters().forEach(parameter -> there.add("`" + parameter.paramLabel() + "`"));
        final Set<String> named = new TreeSet<>();
        final Markdown section = DOCUMENT.section("Options of " + command);
        for (final List<String> row : section.rows("option", "meaning", "default")) {
            assertTrue(named.add(row.getFirst().replace("\\|", "|")), () -> row.getFirst() + " has two rows");
        }
        section.expectNames(there, named);
    }

    @Test
    void everyCommandHasASection() {
        final Set<String> named = new TreeSet<>();
        for (final List<String> row : DOCUMENT.rows("command", "does")) {
            named.add(row.getFirst().replaceAll("\\[`(.*)`\\]\\(#\\1\\)", "$1"));
        }
        assertEquals(Commands.names(), named);
        named.forEach(DOCUMENT::section);
    }
}
