package org.tickwave.bench.table;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import java.util.List;
import org.tickwave.bench.stream.Bytes;
import org.tickwave.bench.stream.Labels;
import org.tickwave.bench.stream.StreamException;

/** A table that was examined: its columns and labels are known. */
public final class Table {
    private final String name;
    private final Opening opening;
    private final TableOptions options;
    private final Columns columns;
    private final List<String> labels;
    /** The only stream of a pipe; null once it was handed out, and for a file. */
    private TableStream pipe;

    private Table(
        final String name, final Opening opening, final TableOptions options, final Columns columns,
        final List<String> labels, final TableStream pipe) {
        this.name = name;
        this.opening = opening;
        this.options = options;
        this.columns = columns;
        this.labels = labels;
        this.pipe = pipe;
    }

    /** Opens the bytes of a table. */
    @FunctionalInterface
    public interface Opening {
        /** Opens a file at its start. A pipe is opened once only. */
        ReadableByteChannel open() throws IOException;
    }

    /**
     * Examines a table. Reads rows until all columns have shown that they are numeric. Reads a regular file whole if its labels are
     * to be found. Waits for these rows if the table is a pipe.
     *
     * @param name        name in messages
     * @param opening     opens the bytes; called several times if the table is a regular file
     * @param regularFile whether the table can be read again
     * @throws StreamException if the table is no table, or does not have what the options ask for
     */
    public static Table of(final String name, final Opening opening, final boolean regularFile, final TableOptions options)
        throws IOException {
        requireLabels(name, regularFile, options);
        final boolean find = options.label() != null && options.labels() == null;
        final TableStream stream = open(name, opening, options, options.expectedColumns() != null, options.labels());
        try {
            stream.lookAhead();
            final Columns columns = stream.chosen();
            if (!regularFile) {
                return new Table(name, null, options, columns, given(options), stream);
            }
            final List<String> labels =
                find && columns.label() != null ? sorted(name, columns, stream.findLabels()) : given(options);
            stream.close();
            return new Table(name, opening, options, columns, labels, null);
        } catch (final IOException | RuntimeException e) {
            stream.close();
            throw e;
        }
    }

    /**
     * Checks the options of a table before it is opened.
     *
     * @throws StreamException if the table is a pipe, and its labels are to be found
     */
    public static void requireLabels(final String name, final boolean regularFile, final TableOptions options)
        throws StreamException {
        if (!regularFile && options.label() != null && options.labels() == null) {
            throw new StreamException(name + ": --label " + Cells.shown(options.label())
                + " of a pipe: expected --labels too, because a pipe cannot be read twice");
        }
    }

    private static List<String> given(final TableOptions options) {
        return options.labels() == null ? List.of() : options.labels();
    }

    private static List<String> sorted(final String name, final Columns columns, final String[] labels) throws StreamException {
        if (labels.length < 2) {
            throw new StreamException(name + ": column " + Cells.shown(columns.label()) + " has "
                + (labels.length == 0 ? "no label" : "only the label " + Cells.shown(labels[0]))
                + ": expected at least two labels");
        }
        Arrays.sort(labels, Labels.BY_CODE_POINTS);
        return List.of(labels);
    }

    private static TableStream open(
        final String name, final Opening opening, final TableOptions options, final boolean known, final List<String> labels)
        throws IOException {
        final Rows rows = new Rows(new Bytes(name, opening.open(), 0), options.separator());
        return new TableStream(name, rows, options, known, labels);
    }

    /** Names of the columns in a frame, in order. */
    public List<String> columns() {
        return columns.frame();
    }

    /** Name of the label's column; null if the table has none. */
    public String label() {
        return columns.label();
    }

    /** The labels by index: as given, or sorted by code points. Empty if no label was asked for. */
    public List<String> labels() {
        return labels;
    }

    /**
     * Opens the table at its first row. A file can be opened several times, a pipe once.
     *
     * @throws StreamException if the file is no longer the table that was examined
     */
    public TableStream open() throws IOException {
        if (opening == null) {
            if (pipe == null) {
                throw new IllegalStateException(name + ": a pipe was opened twice");
            }
            final TableStream stream = pipe;
            pipe = null;
            return stream;
        }
        final TableStream stream = open(name, opening, options, true, labels);
        if (!stream.chosen().all().equals(columns.all())) {
            stream.close();
            throw new StreamException(name + ": the columns have changed: expected the file to stay unchanged until the run ends");
        }
        return stream;
    }
}
