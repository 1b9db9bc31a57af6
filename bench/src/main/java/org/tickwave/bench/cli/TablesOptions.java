package org.tickwave.bench.cli;

import java.util.List;
import org.tickwave.bench.rows.RowsComparison;
import org.tickwave.bench.setup.RunFailure;
import org.tickwave.bench.stream.Printable;
import org.tickwave.bench.table.TableOptions;
import picocli.CommandLine.Option;

/** The options of {@code bench --tables}. */
final class TablesOptions {
    private static final int ROUNDS = 4;
    private static final String FLAG = "--tables";

    @Option(names = FLAG,
        description = "Let this engine and other learners of tables go through the rows of FILE.csv, or of tables that MOA makes, in the"
            + " same JVM.")
    private boolean asked;

    @Option(names = "--label", paramLabel = "NAME", description = "With --tables: the column of FILE.csv that holds the labels.")
    private String label;

    @Option(names = "--drop", paramLabel = "NAME", split = ",", description = "With --tables: columns of FILE.csv to leave out.")
    private List<String> drop;

    @Option(names = "--no-header",
        description = "With --tables: FILE.csv has no row of names; then the columns are called 1, 2, 3, ...")
    private boolean noHeader;

    @Option(names = "--rows", paramLabel = "N",
        description = "With --tables: stop after N rows (default: all rows of FILE.csv; 10000 rows of each table that MOA makes).")
    private Integer rows;

    @Option(names = "--rounds", paramLabel = "N", description = "With --tables: go through each table N times (default: " + ROUNDS + ").")
    private Integer rounds;

    /** Whether {@code --tables} is given. */
    boolean asked() {
        return asked;
    }

    /** What is wrong with the options and arguments together; null if nothing is wrong. */
    String wrong(final List<String> arguments) {
        final boolean ofFile = label != null || drop != null || noHeader;
        if (!asked) {
            final String option = label != null ? "--label" : drop != null ? "--drop" : noHeader ? "--no-header"
                : rows != null ? "--rows" : rounds != null ? "--rounds" : null;
            return option == null ? null : option + ": expected together with " + FLAG;
        }
        if (arguments.isEmpty() && ofFile) {
            return (label != null ? "--label" : drop != null ? "--drop" : "--no-header") + ": expected together with a FILE.csv";
        }
        if (arguments.size() > 1 || !arguments.isEmpty() && arguments.getFirst().startsWith("-")) {
            return "'" + Printable.text(arguments.getLast()) + "': expected at most one FILE.csv with " + FLAG;
        }
        if (!arguments.isEmpty() && label == null) {
            return FLAG + " " + Printable.text(arguments.getFirst()) + ": expected together with --label NAME";
        }
        return rows != null && rows < 1 ? "--rows " + rows + ": expected at least 1"
            : rounds != null && rounds < 1 ? "--rounds " + rounds + ": expected at least 1" : null;
    }

    /** @throws RunFailure if the options of the file contradict each other */
    RowsComparison.Request request(final List<String> arguments) throws RunFailure {
        final int times = rounds == null ? ROUNDS : rounds;
        if (arguments.isEmpty()) {
            return new RowsComparison.Request(null, null, rows, times);
        }
        try {
            return new RowsComparison.Request(arguments.getFirst(),
                new TableOptions(null, !noHeader, null, drop, label, null, null, false, true), rows, times);
        } catch (final IllegalArgumentException e) {
            throw RunFailure.usage(e.getMessage());
        }
    }
}
