package org.tickwave.layout.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tickwave.layout.docs.Document.Cell;
import org.tickwave.layout.docs.Document.Drawing;
import org.tickwave.layout.docs.Document.Row;
import org.tickwave.layout.docs.Document.Table;
import org.tickwave.layout.docs.Samples.Sample;

/** The files of native-layout-docs, their problems so far, and which of their numbers were checked. */
final class Docs {
    /** A problem and its place. */
    record Problem(String file, int line, String text) {
        @Override
        public String toString() {
            return "native-layout-docs/" + file + ":" + line + ": " + text;
        }
    }

    /** A table that a check reads. The check understands the numbers in the {@code checked} columns. */
    record Claim(Table table, List<String> checked) {
    }

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,3}(,[0-9]{3})*|-?[0-9]+");

    private final Map<String, Document> documents;
    /** What formulas are tried on. */
    final List<Sample> samples;
    final List<Problem> problems = new ArrayList<>();
    final List<Claim> claims = new ArrayList<>();
    final List<Drawing> drawn = new ArrayList<>();
    private final Set<Object> used = new HashSet<>();

    private Docs(final Map<String, Document> documents, final List<Sample> samples) {
        this.documents = documents;
        this.samples = samples;
    }

    static Path directory() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(at.resolve("native-layout-docs"))) {
            at = Objects.requireNonNull(at.getParent(), "native-layout-docs stands in no directory above this one");
        }
        return at.resolve("native-layout-docs");
    }

    static Docs read() {
        final Map<String, Document> documents = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory())) {
            for (final Path path : files.filter(file -> file.toString().endsWith(".md")).toList()) {
                final String name = path.getFileName().toString();
                documents.put(name, new Document(name, Files.readAllLines(path)));
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Docs(documents, Samples.ALL);
    }

    /**
     * A copy in which one line of one file is changed, or removed if {@code changed} is null, with few samples: what those notice, all
     * notice. Nothing is checked yet.
     */
    Docs with(final String file, final int line, final String changed) {
        final Map<String, Document> copy = new TreeMap<>(documents);
        final List<String> lines = new ArrayList<>(documents.get(file).lines);
        if (changed == null) {
            lines.remove(line - 1);
        } else {
            lines.set(line - 1, changed);
        }
        copy.put(file, new Document(file, lines));
        return new Docs(copy, Samples.FEW);
    }

    String line(final String file, final int line) {
        return documents.get(file).lines.get(line - 1);
    }

    Iterable<Document> documents() {
        return documents.values();
    }

    /** The table with these columns under a heading. If there is none, reports a problem and returns a table without rows. */
    Table table(final String file, final String heading, final List<String> checked) {
        final Document document = documents.get(file);
        if (document != null) {
            for (final Table table : document.tables) {
                if (table.heading().equals(heading) && table.columns().containsAll(checked) && used.add(table)) {
                    claims.add(new Claim(table, checked));
                    return table;
                }
            }
        }
        problems.add(new Problem(file, 1, "no table with the columns " + checked + " under \"" + heading + "\""));
        return new Table(file, 1, heading, checked, List.of());
    }

    Drawing drawing(final String file, final String heading) {
        final Document document = documents.get(file);
        if (document != null) {
            for (final Drawing drawing : document.drawings) {
                if (drawing.heading().equals(heading) && used.add(drawing)) {
                    drawn.add(drawing);
                    return drawing;
                }
            }
        }
        problems.add(new Problem(file, 1, "no drawing in a fence ```text under \"" + heading + "\""));
        return new Drawing(file, 1, heading, "", List.of());
    }

    /** Reports numbers that no check has read: nothing holds them right. */
    void refuseUnused() {
        for (final Document document : documents.values()) {
            for (final Table table : document.tables) {
                if (!used.contains(table)) {
                    problem(table, "no check reads the table under \"" + table.heading() + "\"");
                }
            }
            for (final Drawing drawing : document.drawings) {
                if (!used.contains(drawing)) {
                    problems.add(new Problem(
                        drawing.file(), drawing.line(), "no check reads the drawing under \"" + drawing.heading() + "\""));
                }
            }
        }
    }

    Cell cell(final Table table, final Row row, final String column) {
        final int index = table.columns().indexOf(column);
        return index < row.cells().size() ? row.cells().get(index) : new Cell(row.file(), row.line(), 0, "");
    }

    /** The number in a cell, with commas between thousands. If there is none, reports a problem and returns -1. */
    long number(final Table table, final Row row, final String column) {
        final Cell cell = cell(table, row, column);
        if (!NUMBER.matcher(cell.text()).matches()) {
            problem(cell, label(row) + column + " is \"" + cell.text() + "\", expected a number");
            return -1;
        }
        return Long.parseLong(cell.text().replace(",", ""));
    }

    /** A name or a formula without its backticks. */
    String code(final Table table, final Row row, final String column) {
        final String text = cell(table, row, column).text();
        final int from = text.startsWith("`") ? 1 : 0;
        return text.substring(from, Math.max(from, text.length() - (text.endsWith("`") ? 1 : 0)));
    }

    void expect(final Table table, final Row row, final String column, final Object expected, final String source) {
        final Cell cell = cell(table, row, column);
        final String found = code(table, row, column);
        final boolean same = expected instanceof Number
            ? found.replace(",", "").equals(expected.toString()) : found.equals(expected.toString());
        if (!same) {
            problem(cell, label(row) + column + " is \"" + found + "\", expected " + expected + " (" + source + ")");
        }
    }

    void problem(final Cell where, final String text) {
        problems.add(new Problem(where.file(), where.line(), text));
    }

    void problem(final Row row, final String text) {
        problems.add(new Problem(row.file(), row.line(), label(row) + text));
    }

    void problem(final Table table, final String text) {
        problems.add(new Problem(table.file(), table.line(), text));
    }

    /** Expects these lines of text. */
    void expectLines(final Drawing drawing, final List<String> expected) {
        for (int i = 0; i < Math.max(expected.size(), drawing.lines().size()); i++) {
            final Cell where =
                i < drawing.lines().size() ? drawing.lines().get(i) : new Cell(drawing.file(), drawing.line(), 0, "");
            final String line = i < expected.size() ? expected.get(i) : "no line";
            if (!where.text().equals(line)) {
                problem(where, "is \"" + where.text() + "\", expected \"" + line + "\"");
            }
        }
    }

    static String label(final Row row) {
        return "row " + row.cells().stream().limit(4).map(Cell::text).toList() + ": ";
    }
}
