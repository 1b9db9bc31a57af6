package org.tickwave.bench.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts of a document that tests read: headings, tables, fenced blocks, spans of code, links. */
final class Markdown {
    private static final Pattern HEADING = Pattern.compile("#+ (.*)");
    private static final Pattern FENCED = Pattern.compile("^```[a-z]*\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern SPAN = Pattern.compile("`([^`\n]+)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)]+)\\)");

    final String name;
    final String text;

    private Markdown(final String name, final String text) {
        this.name = name;
        this.text = text;
    }

    /** @param file path relative to the project's root */
    static Markdown of(final String file) {
        try {
            return new Markdown(file, Files.readString(Path.of("..").resolve(file)));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines from a heading to the next heading of any level. */
    Markdown section(final String heading) {
        final StringBuilder section = new StringBuilder();
        boolean inside = false;
        boolean found = false;
        boolean fenced = false;
        for (final String line : text.lines().toList()) {
            fenced ^= line.startsWith("```");
            if (!fenced && HEADING.matcher(line).matches()) {
                inside = line.replaceFirst("^#+ ", "").equals(heading);
                found |= inside;
            } else if (inside) {
                section.append(line).append('\n');
            }
        }
        if (!found) {
            throw new AssertionError(name + ": no heading " + heading);
        }
        return new Markdown(name + ", " + heading, section.toString());
    }

    /** The anchors of the headings on GitHub. */
    List<String> anchors() {
        return FENCED.matcher(text).replaceAll("").lines().map(HEADING::matcher).filter(Matcher::matches)
            .map(heading -> heading.group(1).toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-')).toList();
    }

    List<String> fenced() {
        return FENCED.matcher(text).results().map(block -> block.group(1)).toList();
    }

    /** The spans of code outside of fenced blocks. */
    List<String> spans() {
        return SPAN.matcher(FENCED.matcher(text).replaceAll("")).results().map(span -> span.group(1).replace("\\|", "|")).toList();
    }

    List<String> links() {
        return LINK.matcher(FENCED.matcher(text).replaceAll("")).results().map(link -> link.group(1)).toList();
    }

    /** The rows, without the head, of the only table that begins with these columns. */
    List<List<String>> rows(final String... columns) {
        final List<List<String>> rows = new ArrayList<>();
        int tables = 0;
        boolean inside = false;
        for (final String line : text.lines().toList()) {
            final List<String> cells = cells(line);
            if (cells.isEmpty()) {
                inside = false;
            } else if (cells.size() >= columns.length && cells.subList(0, columns.length).equals(List.of(columns))) {
                inside = true;
                tables++;
            } else if (inside && !line.matches("[|-]+")) {
                rows.add(cells);
            }
        }
        if (tables != 1) {
            throw new AssertionError(name + ": " + tables + " tables of " + Arrays.toString(columns) + ": expected 1");
        }
        return rows;
    }

    /** Fails unless the document names exactly the existing names. The message lists the differences. */
    void expectNames(final Set<String> there, final Set<String> named) {
        final Set<String> missing = new TreeSet<>(there);
        missing.removeAll(named);
        final Set<String> wrong = new TreeSet<>(named);
        wrong.removeAll(there);
        if (!missing.isEmpty() || !wrong.isEmpty()) {
            throw new AssertionError(name + ": no row for " + missing + ", and rows for what is not there: " + wrong);
        }
    }

    private static List<String> cells(final String line) {
        return line.startsWith("|") ? Arrays.stream(line.substring(1).split("(?<!\\\\)\\|")).map(String::strip).toList() : List.of();
    }
}
