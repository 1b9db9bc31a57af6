package org.tickwave.bench.table;

import java.util.List;
import java.util.TreeSet;
import org.tickwave.bench.stream.Labels;

/**
 * Which columns of a table are read, and how. What is not given is null. Names and labels are trimmed and in NFC.
 *
 * @param separator       separator of the cells; null to find it in the first line
 * @param header          whether the first row holds the names of the columns; otherwise the names are 1, 2, and so on
 * @param columns         names of the columns in a frame, in this order; null to take all columns but those below
 * @param drop            names of columns to leave out; null for none
 * @param label           name of the label's column; null if there is none
 * @param labels          the allowed labels by index; null to find the labels in a regular file
 * @param expectedColumns names of a loaded model's columns in order, in place of {@code columns} and {@code drop}
 * @param labelOptional   whether a table without the label's column is read, too
 * @param scaled          whether numbers are scaled before they reach the engine; otherwise the engine's limit holds for them
 */
public record TableOptions(Character separator, boolean header, List<String> columns, List<String> drop, String label,
    List<String> labels, List<String> expectedColumns, boolean labelOptional, boolean scaled) {
    /** Largest number of labels. */
    public static final int MOST_LABELS = 1_000;

    /** Characters that are part of a row or of a number in any table. */
    private static final String NO_SEPARATORS = "\"\r\n\0.+-";

    /** A table with a header and without a label, all columns of which are read. */
    public static final TableOptions DEFAULT = new TableOptions(null, true, null, null, null, null, null, false, true);

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if they contradict each other. The message is one line for the user.
     */
    public TableOptions {
        if (separator != null && (NO_SEPARATORS.indexOf(separator) >= 0 || Character.isLetterOrDigit(separator)
            || Character.isSurrogate(separator))) {
            throw new IllegalArgumentException("--separator " + Cells.shown(separator.toString())
                + ": expected a character that is no part of a number and no quote, such as ; or |");
        }
        if (expectedColumns != null && (columns != null || drop != null)) {
            throw new IllegalArgumentException("--columns or --drop with --load: the model says which columns are read");
        }
        columns = names("--columns", columns);
        drop = names("--drop", drop);
        expectedColumns = names("columns", expectedColumns);
        label = label == null ? null : name(label);
        labels = labels(label, names("--labels", labels));
        if (label != null && (contains(columns, label) || contains(drop, label) || contains(expectedColumns, label))) {
            throw new IllegalArgumentException("--label " + Cells.shown(label)
                + ": expected a column that is not in --columns or --drop, and that the model does not take as a number");
        }
        for (final String name : columns == null ? List.<String>of() : columns) {
            if (contains(drop, name)) {
                throw new IllegalArgumentException(
                    "--drop " + Cells.shown(name) + ": expected a column that is not in --columns");
            }
        }
    }

    /** The name of a column, or a label, in the form in which names and labels are compared. */
    static String name(final String text) {
        return Labels.nfc(Cells.trimmed(text));
    }

    private static boolean contains(final List<String> names, final String name) {
        return names != null && names.contains(name);
    }

    private static List<String> names(final String option, final List<String> given) {
        if (given == null) {
            return null;
        }
        final List<String> names = given.stream().map(TableOptions::name).toList();
        final TreeSet<String> seen = new TreeSet<>();
        for (final String name : names) {
            if (!seen.add(name)) {
                throw new IllegalArgumentException(option + ": " + Cells.shown(name) + " twice: expected different names");
            }
        }
        return names;
    }

    private static List<String> labels(final String column, final List<String> labels) {
        if (labels == null) {
            return null;
        }
        if (column == null) {
            throw new IllegalArgumentException("--labels without --label: expected --label, the column of the labels");
        }
        if (labels.size() < 2 || labels.size() > MOST_LABELS) {
            throw new IllegalArgumentException("--labels: " + labels.size() + ": expected 2 to 1,000 labels");
        }
        for (final String label : labels) {
            if (Cells.missing(label)) {
                throw new IllegalArgumentException("--labels: " + (label.isEmpty() ? "an empty label" : label)
                    + ": expected other labels: such a cell is a row without a label");
            }
        }
        return labels;
    }
}
