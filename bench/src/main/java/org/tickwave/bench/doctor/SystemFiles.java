package org.tickwave.bench.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The small files in which Linux describes the system. Other systems have no such files. */
final class SystemFiles {
    private final Path root;

    /** @param root {@code /}, or another directory in tests */
    SystemFiles(final Path root) {
        this.root = root;
    }

    /** The text of a file; null if the file is missing, unreadable or empty. */
    String text(final String path) {
        try {
            final String text = Files.readString(root.resolve(path)).strip();
            return text.isEmpty() ? null : text;
        } catch (final IOException e) {
            return null;
        }
    }

    /** The lines of a file; empty where {@link #text} gives null. */
    List<String> lines(final String path) {
        final String text = text(path);
        return text == null ? List.of() : text.lines().toList();
    }

    /** The number in a file, or null. */
    Long number(final String path) {
        return number(text(path), "");
    }

    /** Parses an integer that is followed by a unit; null if the text is anything else. */
    static Long number(final String text, final String unit) {
        return text != null && text.matches("-?[0-9]{1,18}" + unit)
            ? Long.valueOf(text.substring(0, text.length() - unit.length())) : null;
    }

    /** The names in a directory that consist of a word and a number, in the order of the numbers. */
    List<String> numbered(final String directory, final String word) {
        try (Stream<Path> all = Files.list(root.resolve(directory))) {
            return all.map(path -> path.getFileName().toString()).filter(name -> name.matches(word + "[0-9]{1,9}"))
                .sorted(Comparator.comparingInt(name -> Integer.parseInt(name.substring(word.length())))).toList();
        } catch (final IOException e) {
            return List.of();
        }
    }
}
