package org.tickwave.bench.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.tickwave.bench.cli.Commands;

/** What the README names is what there is; what it shows of embedding is compared in the engine's own tests. */
class ReadmeTest {
    private static final Path ROOT = Path.of("..");
    private static final Set<String> OF_OTHERS = Set.of("--add-modules", "--add-opens", "--enable-native-access");

    private final String readme = read(ROOT.resolve("README.md"));

    private static String read(final Path file) {
        try {
            return Files.readString(file);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyOptionItNamesExistsAndEveryOptionIsNamed() {
        final Set<String> named = new TreeSet<>();
        final Matcher matcher = Pattern.compile("(?<![\\w-])--[a-z][a-z-]+").matcher(readme);
        while (matcher.find()) {
            named.add(matcher.group());
        }
        named.removeAll(OF_OTHERS);
        final Set<String> there = new TreeSet<>(Commands.options());
        for (final String option : named) {
            assertTrue(there.contains(option), option + " is in the README, but no command has it");
        }
        final Set<String> ofRun = new TreeSet<>(Commands.options("run"));
        ofRun.removeAll(Set.of("--help", "--version"));
        ofRun.removeAll(named);
        assertEquals(Set.of(), ofRun, "options of run that the README does not name");
    }

    @Test
    void everyFileItLinksToIsThere() {
        final Matcher matcher = Pattern.compile("\\]\\(([^)#:]+)[^)]*\\)").matcher(readme);
        int links = 0;
        while (matcher.find()) {
            assertTrue(Files.exists(ROOT.resolve(matcher.group(1))), matcher.group(1));
            links++;
        }
        assertTrue(links >= 2);
    }
}
