package org.tickwave.bench.cli;

import java.util.List;
import org.tickwave.bench.input.Input;
import org.tickwave.bench.table.TableOptions;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of {@code tickwave run} about the columns of a table. */
final class TableColumns {
    static final String CSV = "csv";

    @Option(names = "--separator", paramLabel = "C", description = "separator of a table's cells (default: the most frequent of comma, semicolon and tab in"
        + " the first line)")
    private Character separator;

    @Option(names = "--no-header", description = "the first row of a table is data; the columns are named 1, 2, and so on")
    private boolean noHeader;

    @Option(names = "--columns", paramLabel = "NAME", split = ",", description = "columns of a table to take as numbers, in this order (default: all but --drop and --label)")
    private List<String> columns;

    @Option(names = "--drop", paramLabel = "NAME", split = ",", description = "columns of a table to leave out")
    private List<String> drop;

    @Option(names = "--label", paramLabel = "NAME", description = "column of a table that holds the label to predict (default: predict the next change)")
    private String label;

    @Option(names = "--labels", paramLabel = "A", split = ",", description = "the labels that --label may hold; needed for a FIFO or - (default: those in the file)")
    private List<String> labels;

    /**
     * How the input is read as a table.
     *
     * @return null if the input is no table
     */
    TableOptions options(final CommandLine command, final String input, final String format, final Long normalise) {
        final boolean table = input != null && (format == null ? Input.namesTable(input) : CSV.equals(format));
        if (!table) {
            if (separator != null || noHeader || columns != null || drop != null || label != null || labels != null) {
                throw new ParameterException(command, "--separator, --no-header, --columns, --drop, --label and --labels: expected"
                    + " a table as --input, such as data.csv, or --format csv");
            }
            return null;
        }
        try {
            return new TableOptions(separator, !noHeader, columns, drop, label, labels, null, false, normalise == null || normalise != 0);
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(command, e.getMessage());
        }
    }
}
