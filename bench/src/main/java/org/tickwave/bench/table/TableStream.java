package org.tickwave.bench.table;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.tickwave.bench.keep.Archive;
import org.tickwave.bench.keep.RunningCrc;
import org.tickwave.bench.stream.FrameStream;
import org.tickwave.bench.stream.Recording;
import org.tickwave.bench.stream.StreamException;
import org.tickwave.bench.stream.TableCounts;

/**
 * The rows of a table as frames. A row with a fault is left out and counted. An empty cell holds the last value of its column. For
 * one thread, also its counters.
 */
public final class TableStream implements FrameStream {
    /** Most rows to look at before every column must have shown whether it is numeric. */
    private static final int MOST_AHEAD = 1_000;
    /** Most numbers to keep of these rows. */
    private static final int MOST_NUMBERS_AHEAD = 1 << 22;

    private final String name;
    private final Rows rows;
    private final GoodRows good;
    private final TableOptions options;
    private final Columns columns;
    private final List<String> labels;
    /** Stands for the label of a row, by index. */
    private final List<Recording> recordings;

    /** Rows that were read to see which columns are numeric, and not returned yet. */
    private final ArrayDeque<Kept> ahead = new ArrayDeque<>();

    // The row that was returned last.
    private final double[] last;
    private final double[] numbers;
    private int label = RowHandler.NO_LABEL;
    private long row;
    private long returned;
    private long filledNumbers;
    /** Of all rows that were returned: the numbers and the label of each. */
    private final RunningCrc crc = new RunningCrc();
    private final ByteBuffer crcBytes;
    private final DoubleBuffer crcNumbers;

    private record Kept(double[] numbers, int label, long row) {
    }

    /**
     * Reads the first row and chooses the columns.
     *
     * @param rows    closed with this stream, also if the constructor throws
     * @param known   whether all columns of the frame are known to be numeric
     * @param allowed the labels by index; null to find the labels
     */
    TableStream(
        final String name, final Rows rows, final TableOptions options, final boolean known, final List<String> allowed)
        throws IOException {
        this.name = name;
        this.rows = rows;
        this.options = options;
        labels = allowed == null ? List.of() : allowed;
        recordings = IntStream.range(0, labels.size()).mapToObj(i -> new Recording(name, labels.get(i), i, false, false)).toList();
        try {
            final List<String> header = rows.first();
            if (header == null) {
                throw new StreamException(name + ": empty: expected "
                    + (options.header() ? "a row with the names of the columns" : "a row of numbers"));
            }
            columns = Columns.of(name, header, options);
            good = new GoodRows(name, rows, options, header);
        } catch (final IOException e) {
            rows.close();
            throw e;
        }
        rows.row().choose(columns, known, allowed == null ? null : new LabelIndex(allowed), options.scaled());
        last = new double[columns.frame().size()];
        Arrays.fill(last, Double.NaN);
        numbers = new double[last.length];
        crcBytes = ByteBuffer.allocate(Math.addExact(Math.multiplyExact(last.length, Double.BYTES), Integer.BYTES));
        crcNumbers = crcBytes.asDoubleBuffer();
    }

    Columns chosen() {
        return columns;
    }

    /** Reads and keeps rows until every column has shown that it is numeric. */
    void lookAhead() throws IOException {
        final long most = Math.min(MOST_AHEAD, MOST_NUMBERS_AHEAD / numbers.length);
        while (rows.row().undecided() > 0) {
            final boolean more = good.next(most);
            if (more) {
                ahead.add(new Kept(rows.row().numbers().clone(), rows.row().label(), good.seen()));
            } else if (good.kept() == 0) {
                throw good.noRow();
            } else if (rows.row().undecided() > 0) {
                final String column = Cells.shown(rows.row().undecidedColumn());
                throw new StreamException(name + ": column " + column + " has no number in the first " + good.seen()
                    + (good.seen() == 1 ? " row" : " rows") + ": expected one, or --drop " + column);
            }
        }
    }

    /** Reads all rows, and returns the labels that they have. */
    String[] findLabels() throws IOException {
        while (good.next(Long.MAX_VALUE)) {
            // The labels collect in the row handler.
        }
        if (good.kept() == 0) {
            throw good.noRow();
        }
        return rows.row().labels().labels();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int width() {
        return numbers.length;
    }

    /** A table does not say how many rows a second it has. */
    @Override
    public double framesPerSecond() {
        return Double.NaN;
    }

    @Override
    public List<String> columns() {
        return columns.frame();
    }

    @Override
    public List<String> labels() {
        return labels;
    }

    /** Reads the next good row. A number of a column without a value so far is 0. */
    @Override
    public boolean read(final float[] frame) throws IOException {
        final Kept kept = ahead.poll();
        if (kept != null) {
            hold(kept.numbers);
            label = kept.label;
            row = kept.row;
        } else if (good.next(Long.MAX_VALUE)) {
            hold(rows.row().numbers());
            label = rows.row().label();
            row = good.seen();
        } else if (good.kept() == 0) {
            throw good.noRow();
        } else {
            return false;
        }
        returned++;
        note();
        for (int i = 0; i < numbers.length; i++) {
            frame[i] = Double.isNaN(numbers[i]) ? 0 : (float) numbers[i];
        }
        return true;
    }

    private void note() {
        crcNumbers.clear().put(numbers);
        crc.update(crcBytes.putInt(crcBytes.capacity() - Integer.BYTES, label).clear());
    }

    private void hold(final double[] cells) {
        for (int i = 0; i < cells.length; i++) {
            if (Double.isNaN(cells[i])) {
                filledNumbers++;
            } else {
                last[i] = cells[i];
            }
        }
        System.arraycopy(last, 0, numbers, 0, last.length);
    }

    /**
     * The numbers of the row that was read last, as the table has them. An empty cell holds the last value of its column; before
     * the first value it is NaN. The next read overwrites the array. The caller may change its numbers.
     */
    public double[] numbers() {
        return numbers;
    }

    @Override
    public boolean read(final double[] frame, final float[] scratch) throws IOException {
        final boolean read = read(scratch);
        for (int i = 0; i < numbers.length; i++) {
            frame[i] = Double.isNaN(numbers[i]) && !options.scaled() ? 0 : numbers[i];
        }
        return read;
    }

    @Override
    public Recording recording() {
        return label < 0 ? null : recordings.get(label);
    }

    @Override
    public TableCounts tableCounts() {
        return new TableCounts(filledNumbers, good.bad(), good.firstBad());
    }

    /** The index of the label of the row that was read last; -1 if the row has no label. */
    public int label() {
        return label;
    }

    /** The number of the row that was read last, counted from 1 without the header. Bad rows count, blank lines do not. */
    public long row() {
        return row;
    }

    /** How many empty cells the rows had that were read so far. */
    public long filledNumbers() {
        return filledNumbers;
    }

    /** How many rows were left out so far. */
    public long badRows() {
        return good.bad();
    }

    /** What is bad about the first row that was left out: line, column and what was expected; null if all rows are good. */
    public String firstBadRow() {
        return good.firstBad();
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }

    /**
     * Rows have no fixed length, and an empty cell holds the value of an earlier row. So the rows before the place are read again. The last one may have
     * changed: the file has grown, and had ended within that row.
     */
    @Override
    public void keep(final Archive archive) throws IOException {
        archive.section("table");
        final long place = archive.of(returned);
        final int before = archive.of(crc.value());
        final float[] ignored = archive.reads() ? new float[numbers.length] : null;
        while (archive.reads() && returned < place) {
            if (!read(ignored)) {
                throw new StreamException(name + ": has only " + returned + " rows: expected the " + place + " that were read before");
            }
        }
        if (crc.value() != before) {
            throw new StreamException(name + ": row " + row + " differs from that which was learnt before, since the file had ended within"
                + " the row: expected a file that grows by whole lines");
        }
    }
}
