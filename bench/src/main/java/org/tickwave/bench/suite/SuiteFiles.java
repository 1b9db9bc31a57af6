package org.tickwave.bench.suite;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.tickwave.bench.page.Html;
import org.tickwave.bench.rows.SavedTables;
import org.tickwave.bench.stream.Printable;
import org.tickwave.safetensors.file.AtomicFile;

/** The files of a suite. Each is written as a whole or not at all. */
final class SuiteFiles {
    static final String JSON = "suite.json";
    static final String CSV = "suite.csv";
    static final String PAGE = "suite.html";
    static final String HISTOGRAM = ".hgrm";

    private SuiteFiles() {
    }

    /**
     * Tests before the first fork whether the files can be written. Creates the directory if it is missing.
     *
     * @throws IOException with a message of one line if they cannot
     */
    static void check(final Path directory) throws IOException {
        final String name = "--out " + Printable.text(directory.toString());
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new IOException(name + ": a file: expected a directory");
        }
        try {
            Files.createDirectories(directory);
        } catch (final IOException e) {
            throw new IOException(name + ": cannot be created: " + AtomicFile.reason(e), e);
        }
        for (final String file : List.of(JSON, CSV, PAGE)) {
            AtomicFile.check(directory.resolve(file));
        }
    }

    /**
     * @param tables stand in the page only
     * @return the page
     */
    static Path write(final Path directory, final List<Figure> figures, final SuiteResult result, final SavedTables tables) throws IOException {
        text(directory.resolve(JSON), result.json() + "\n");
        text(directory.resolve(CSV), SuiteCsv.of(result));
        histograms(directory, figures);
        final Path page = directory.resolve(PAGE);
        SuitePage.of(result, figures, tables).write(page);
        return page;
    }

    private static void text(final Path file, final String text) throws IOException {
        AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static void histograms(final Path directory, final List<Figure> figures) throws IOException {
        try (Stream<Path> old = Files.list(directory)) {
            for (final Path file : old.filter(file -> file.toString().endsWith(HISTOGRAM)).toList()) {
                Files.delete(file);
            }
        }
        for (final Figure figure : figures) {
            if (figure.entry().sampled()) {
                final Entry entry = figure.entry();
                final String place = entry.axis().isEmpty() ? "" : " " + entry.axis() + " " + Html.number(entry.x());
                final String name = Html.slug(entry.group() + " " + entry.series() + place);
                AtomicFile.write(directory.resolve(name + HISTOGRAM), out -> {
                    final PrintStream print = new PrintStream(out, false, StandardCharsets.UTF_8);
                    figure.tail().writeTo(print);
                    print.flush();
                });
            }
        }
    }
}
