package org.tickwave.bench.table;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.tickwave.bench.stream.StreamException;

/** Reads the good rows of a table, and counts those with a fault. Refuses a table in which a column of numbers holds text. */
final class GoodRows {
    private final String name;
    private final Rows rows;
    private final TableOptions options;
    private final List<String> header;
    /** Cells of the first row that are still to be read as numbers, under no header. */
    private List<String> first;
    private long seen;
    private long kept;
    private long bad;
    private String firstBad;

    /** @param header the first row, which was read already */
    GoodRows(final String name, final Rows rows, final TableOptions options, final List<String> header) {
        this.name = name;
        this.rows = rows;
        this.options = options;
        this.header = header;
        first = options.header() ? null : header;
    }

    /**
     * Reads the next good row into the row handler.
     *
     * @param most number of the last row to look at
     * @return false if no good row is left up to there
     */
    boolean next(final long most) throws IOException {
        final RowHandler row = rows.row();
        while (seen < most && nextRow()) {
            seen++;
            final String text = row.textColumn();
            if (text != null) {
                throw textColumn(text);
            }
            if (!row.bad()) {
                row.keep();
                kept++;
                return true;
            }
            bad++;
            firstBad = firstBad == null ? row.fault() : firstBad;
        }
        return false;
    }

    private boolean nextRow() throws IOException {
        if (first == null) {
            return rows.next();
        }
        rows.row().takeAgain(first);
        first = null;
        return true;
    }

    private StreamException textColumn(final String column) throws IOException {
        final String shown = Cells.shown(column);
        final String drop = options.columns() != null ? "--columns without " + shown : "--drop " + shown;
        final String message = name + ": column " + shown + " is text: " + rows.row().badText() + " in line " + rows.row().line()
            + ": expected numbers, or " + drop + (options.label() == null ? ", or --label " + shown : "")
            + Columns.noHeader(header, options);
        final boolean names = !options.header() && seen == 1
            && header.stream().allMatch(cell -> Double.isNaN(Cells.number(cell)));
        return new StreamException(names && numbersFollow() ? name + ": the first row holds names: " + Columns.shown(header)
            + ": expected numbers, or a run without --no-header" : message);
    }

    /** Whether the next row as wide as the first one has a number in a frame's column. */
    private boolean numbersFollow() throws IOException {
        boolean more = rows.next();
        while (more && rows.row().cells() != header.size()) {
            more = rows.next();
        }
        return more && Arrays.stream(rows.row().numbers()).anyMatch(number -> !Double.isNaN(number));
    }

    StreamException noRow() {
        return new StreamException(bad == 0 ? name + ": no row after the names of the columns: expected rows of numbers"
            : name + ": no good row in " + bad + (bad == 1 ? " row: " : " rows: ") + firstBad);
    }

    /** How many rows were read, good and bad ones. */
    long seen() {
        return seen;
    }

    /** How many of them were good. */
    long kept() {
        return kept;
    }

    /** How many of them had a fault. */
    long bad() {
        return bad;
    }

    /** What is bad about the first row with a fault; null without such a row. */
    String firstBad() {
        return firstBad;
    }
}
