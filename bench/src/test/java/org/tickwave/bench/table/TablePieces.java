package org.tickwave.bench.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.tickwave.bench.stream.FrameStream;
import org.tickwave.bench.stream.Pieces;

/** Opens bytes as tables that arrive in pieces. For tests in other packages. */
public final class TablePieces {
    private TablePieces() {
    }

    /**
     * Options in a line: separator, {@code header} or nothing, columns, columns to leave out, label, labels, and a model's columns,
     * with {@code |} between them and commas within them. What is empty or missing is not given.
     *
     * @throws IllegalArgumentException if they contradict each other
     */
    public static TableOptions options(final String line) {
        final String[] parts = Arrays.copyOf(line.split("\\|", -1), 7);
        final String separator = parts[0];
        return new TableOptions(separator.isEmpty() ? null : separator.charAt(0), "header".equals(parts[1]),
            list(parts[2]), list(parts[3]), parts[4] == null || parts[4].isEmpty() ? null : parts[4],
            list(parts[5]), list(parts[6]), true, line.length() % 2 == 0);
    }

    private static List<String> list(final String part) {
        return part == null || part.isEmpty() ? null : List.of(part.split(",", -1));
    }

    /** A regular file, the labels of which are found. */
    public static FrameStream file(final String name, final byte[] bytes, final int piece, final TableOptions options)
        throws IOException {
        return checked(Table.of(name, () -> Pieces.channel(bytes, piece), true, options));
    }

    /** A pipe, with the labels of the same bytes as a file if they are to be found. */
    public static FrameStream pipe(final String name, final byte[] bytes, final int piece, final TableOptions options)
        throws IOException {
        final boolean find = options.label() != null && options.labels() == null;
        final List<String> labels =
            find ? Table.of(name, () -> Pieces.channel(bytes, piece), true, options).labels() : options.labels();
        final TableOptions given = new TableOptions(options.separator(), options.header(), options.columns(), options.drop(),
            find && labels.isEmpty() ? null : options.label(), find && labels.isEmpty() ? null : labels, options.expectedColumns(),
            options.labelOptional(), options.scaled());
        return checked(Table.of(name, () -> Pieces.channel(bytes, piece), false, given));
    }

    private static FrameStream checked(final Table table) throws IOException {
        final TableStream stream = table.open();
        assertEquals(table.columns().size(), stream.width());
        assertEquals(table.labels(), stream.labels());
        return stream;
    }
}
