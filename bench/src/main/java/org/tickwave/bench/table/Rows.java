package org.tickwave.bench.table;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import org.tickwave.bench.stream.Bytes;
import org.tickwave.bench.stream.StreamException;

/** Reads the rows of a table one after another. A row is there as soon as its line end has arrived. */
final class Rows implements Closeable {
    /** {@link TableText} refuses a longer row before FastCSV's buffer is that large. */
    private static final int LARGEST_BUFFER = 4 * TableText.LONGEST_ROW;

    private final String table;
    private final RowHandler row;
    private final CsvReader<RowHandler> reader;
    private final Iterator<RowHandler> rows;

    /**
     * Reads the first line if the separator is not given.
     *
     * @param bytes closed by this object, also if the constructor throws
     */
    Rows(final Bytes bytes, final Character separator) throws IOException {
        table = bytes.name();
        final TableText text = new TableText(bytes);
        row = new RowHandler(table, text);
        try {
            reader = CsvReader.builder()
                .fieldSeparator(separator != null ? separator : text.separator())
                .allowUnclosedQuote(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .maxBufferSize(LARGEST_BUFFER)
                .build(row, text);
        } catch (final IOException e) {
            bytes.close();
            throw e;
        }
        rows = reader.iterator();
    }

    /** The row that {@link #next} has read. */
    RowHandler row() {
        return row;
    }

    /** Reads the first row as text; null if the table is empty. */
    List<String> first() throws IOException {
        return next() ? row.first() : null;
    }

    /**
     * Reads the next row that is not blank.
     *
     * @return false at the end of the table
     */
    boolean next() throws IOException {
        try {
            while (rows.hasNext()) {
                rows.next();
                if (row.cells() > 1 || !row.isBlank()) {
                    return true;
                }
                row.forget();
            }
            return false;
        } catch (final UncheckedIOException e) {
            throw e.getCause();
        } catch (final CsvParseException e) {
            switch (e.getCause()) {
                case null -> throw new StreamException(table + ": the row in line " + row.line()
                    + " has a quote without a closing quote, or text after a closing quote"
                    + ": expected cells like \"a, b\" and \"say \"\"a\"\"\"");
                case final UncheckedIOException refusal -> throw refusal.getCause();
                case final RuntimeException fault -> throw fault;
                case final Error fault -> throw fault;
                default -> throw e;
            }
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
