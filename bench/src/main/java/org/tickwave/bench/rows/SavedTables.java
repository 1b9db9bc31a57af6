package org.tickwave.bench.rows;

import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tickwave.bench.page.Page;
import org.tickwave.bench.report.Units;
import org.tickwave.bench.stream.Printable;
import org.tickwave.safetensors.file.AtomicFile;

/** Results of {@code bench --tables --json} that a user has saved, for a page. */
public final class SavedTables {
    /** Says how to get tables. */
    public static final List<String> HOW = List.of(
        "No tables: DIR holds no result of bench --tables. MOA has another licence, the GPL, so only a build that asks for it has it. To get the tables, with a file"
            + " of yours and with MOA's generators:",
        "TICKWAVE_PROFILES=moa ./tickwave bench --tables elec.csv --label class --json > DIR/tables-elec.json",
        "TICKWAVE_PROFILES=moa ./tickwave bench --tables --json > DIR/tables-moa.json",
        "Then give the command of the suite again, with the same DIR: the forks that are there are not run again.");

    private static final String FILES = "tables*.json";
    private static final double PERCENT = 100;
    private static final List<String> HEAD = List.of("learner", "from", "accuracy in %", "us a row, best round", "median of the rounds", "rounds",
        "no other is as accurate and as fast");

    private final List<Saved> all = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();

    private record Saved(String file, RowsResult result) {
    }

    private SavedTables() {
    }

    /** Reads the files {@code tables*.json} of a directory, in the order of their names. */
    public static SavedTables read(final Path directory) throws IOException {
        final List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, FILES)) {
            found.forEach(files::add);
        }
        final SavedTables tables = new SavedTables();
        for (final Path file : files.stream().filter(Files::isRegularFile).sorted().toList()) {
            final String name = Printable.text(file.getFileName().toString());
            try {
                final RowsResult result = parse(file);
                if (result == null) {
                    tables.unreadable.add(name + ": expected what bench --tables --json prints");
                } else {
                    tables.all.add(new Saved(name, result));
                }
            } catch (final IOException e) {
                tables.unreadable.add(name + ": cannot be read: " + AtomicFile.reason(e));
            }
        }
        return tables;
    }

    /** Null if the file holds something else. */
    private static RowsResult parse(final Path file) throws IOException {
        try {
            final RowsResult result = RowsResult.parse(Files.readString(file));
            return result != null && result.complete() ? result : null;
        } catch (final JsonParseException | CharacterCodingException e) {
            return null;
        }
    }

    /** A line for each file that cannot be read. */
    public List<String> unreadable() {
        return List.copyOf(unreadable);
    }

    /** Whether there is no table. */
    public boolean isEmpty() {
        return all.stream().allMatch(saved -> saved.result.tables().isEmpty());
    }

    /** Adds the tables to the present section of a page, and what each learner is better at. */
    public void addTo(final Page page) {
        unreadable.forEach(page::text);
        if (isEmpty()) {
            return;
        }
        page.text("All learners go through the same rows in the same JVM, on one thread. A row is answered before its label is learnt; the accuracy is the"
            + " share of right answers. The time of a row marked with ! differs between rounds by more than 10 %.");
        all.forEach(saved -> {
            saved.result.tables().forEach(table -> add(page, table));
            page.text(saved.file + " was measured by tickwave " + saved.result.version() + " on " + saved.result.machine().cpu() + ", "
                + saved.result.machine().jdk() + ".");
            saved.result.leftOut().forEach(page::text);
        });
    }

    private static void add(final Page page, final TableResult table) {
        page.table(table.name() + ": " + Units.count(table.rows()) + " rows, " + Units.count(table.columns()) + " columns, "
            + Units.count(table.labels()) + " labels", HEAD, table.learners().stream().map(each -> row(each, table.rounds())).toList());
        table.findings().forEach(finding -> page.text(finding + "."));
    }

    private static List<String> row(final LearnerResult learner, final int rounds) {
        final Timing us = learner.usPerRow();
        return List.of(learner.name(), learner.source(), String.format(Locale.ROOT, "%.1f", learner.accuracy() * PERCENT), RowsText.us(us.best()),
            RowsText.us(us.median()) + (us.marked() ? " !" : ""), Integer.toString(rounds), learner.unbeaten() ? "yes" : "");
    }
}
