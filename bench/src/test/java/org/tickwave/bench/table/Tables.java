package org.tickwave.bench.table;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tickwave.bench.stream.Pieces;
import org.tickwave.bench.stream.StreamException;
import org.tickwave.bench.stream.Streams;

/** Small tables for tests. */
public final class Tables {
    static final String NAME = "t.csv";

    private Tables() {
    }

    static TableOptions label(final String label, final String... labels) {
        return new TableOptions(null, true, null, null, label, labels.length == 0 ? null : List.of(labels), null, false, true);
    }

    static TableOptions columns(final String... columns) {
        return new TableOptions(null, true, List.of(columns), null, null, null, null, false, true);
    }

    static TableOptions drop(final String... drop) {
        return new TableOptions(null, true, null, List.of(drop), null, null, null, false, true);
    }

    static TableOptions model(final String label, final List<String> labels, final boolean labelOptional, final String... columns) {
        return new TableOptions(null, true, null, null, label, labels, List.of(columns), labelOptional, true);
    }

    static TableOptions noHeader() {
        return new TableOptions(null, false, null, null, null, null, null, false, true);
    }

    static TableOptions noHeader(final String label) {
        return new TableOptions(null, false, null, null, label, null, null, false, true);
    }

    static TableOptions separator(final char separator) {
        return new TableOptions(separator, true, null, null, null, null, null, false, true);
    }

    static TableOptions unscaled() {
        return new TableOptions(null, true, null, null, null, null, null, false, false);
    }

    static byte[] utf8(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A regular file. */
    static Table file(final String text, final TableOptions options) throws IOException {
        return file(utf8(text), options);
    }

    static Table file(final byte[] bytes, final TableOptions options) throws IOException {
        return pieces(bytes, Math.max(1, bytes.length), true, options);
    }

    static Table pipe(final String text, final TableOptions options) throws IOException {
        return pieces(utf8(text), Math.max(1, text.length()), false, options);
    }

    /** A table whose bytes arrive in pieces. */
    public static Table pieces(final byte[] bytes, final int piece, final boolean regularFile, final TableOptions options)
        throws IOException {
        return Table.of(NAME, () -> Pieces.channel(bytes, piece), regularFile, options);
    }

    /** All rows of a table as text: number of the row, numbers, and index of the label. */
    static List<String> rows(final Table table) throws IOException {
        try (TableStream stream = table.open()) {
            return rows(stream);
        }
    }

    static List<String> rows(final TableStream stream) throws IOException {
        final List<String> rows = new ArrayList<>();
        final float[] frame = new float[stream.width()];
        while (stream.read(frame)) {
            rows.add(stream.row() + " " + Arrays.toString(stream.numbers()) + " " + stream.label());
        }
        return rows;
    }

    static void assertRefused(final String text, final TableOptions options, final String... parts) {
        assertRefused(utf8(text), options, parts);
    }

    /** Asserts that a table is refused, whether its bytes arrive at once or one by one. */
    static void assertRefused(final byte[] bytes, final TableOptions options, final String... parts) {
        for (final int piece : new int[] {Math.max(1, bytes.length), 1}) {
            Streams.assertRefused(StreamException.class, () -> rows(pieces(bytes, piece, true, options)), parts);
            Streams.assertRefused(StreamException.class, () -> rows(pieces(bytes, piece, true, options)), NAME + ": ");
        }
    }
}
