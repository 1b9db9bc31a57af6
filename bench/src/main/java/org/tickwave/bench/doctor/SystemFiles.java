package org.tickwave.bench.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The small files in which Linux says what it is; other systems have none of them. */
final class SystemFiles {
    private final Path root;

    /** @param root {@code /}, but in tests */
    SystemFiles(final Path root) {
        this.root = root;
    }

    /** What stands in a file, or null: it is not there, not to be read, or empty. */
    String text(final String path) {
        try {
            final String text = Files.readString(root.resolve(path)).strip();
            return text.isEmpty() ? null : text;
        } catch (final IOException e) {
            return null;
        }
    }

    /** The lines of a file; none where there is no text. */
    List<String> lines(final String path) {
        final String text = text(path);
        return text == null ? List.of() : text.lines().toList();
    }

    /** The number that stands in a file, or null. */
    Long number(final String path) {
        return number(text(path), "");
    }

    /** A whole number with a unit behind it, or null. */
    static Long number(final String text, final String unit) {
        return text != null && text.matches("-?[0-9]{1,18}" + unit)
            ? Long.valueOf(text.substring(0, text.length() - unit.length())) : null;
    }

    /** Names in a folder that are a word and a number, in the order of the number. */
    List<String> numbered(final String folder, final String word) {
        try (Stream<Path> all = Files.list(root.resolve(folder))) {
            return all.map(path -> path.getFileName().toString()).filter(name -> name.matches(word + "[0-9]{1,9}"))
                .sorted(Comparator.comparingInt(name -> Integer.parseInt(name.substring(word.length())))).toList();
        } catch (final IOException e) {
            return List.of();
        }
    }
}
