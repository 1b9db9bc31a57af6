package org.tickwave.bench.rows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.tickwave.bench.stream.FrameStream;
import org.tickwave.bench.stream.Recording;

/** The rows of a table in memory, as a network takes them. A nominal column with more than two values becomes one number for each value. */
final class RowStream implements FrameStream {
    private final RowTable table;
    private final List<Column> columns;
    private final List<Recording> recordings;
    private final List<String> names = new ArrayList<>();
    private int next;

    RowStream(final RowTable table) {
        this.table = table;
        columns = table.columns();
        recordings = IntStream.range(0, table.labels().size())
            .mapToObj(i -> new Recording(table.name(), table.labels().get(i), i, false, false)).toList();
        for (final Column column : columns) {
            if (column.inputs() == 1) {
                names.add(column.name());
            } else {
                column.values().forEach(value -> names.add(column.name() + "=" + value));
            }
        }
    }

    @Override
    public String name() {
        return table.name();
    }

    @Override
    public int width() {
        return names.size();
    }

    @Override
    public double framesPerSecond() {
        return Double.NaN;
    }

    @Override
    public List<String> labels() {
        return table.labels();
    }

    @Override
    public List<String> columns() {
        return names;
    }

    @Override
    public boolean read(final double[] frame, final float[] scratch) {
        if (next == table.rows()) {
            return false;
        }
        final double[] numbers = table.numbers()[next++];
        int to = 0;
        for (int c = 0; c < numbers.length; c++) {
            final int inputs = columns.get(c).inputs();
            if (inputs == 1) {
                frame[to] = numbers[c];
            } else {
                Arrays.fill(frame, to, to + inputs, Double.isNaN(numbers[c]) ? Double.NaN : 0);
                if (!Double.isNaN(numbers[c])) {
                    frame[to + (int) numbers[c]] = 1;
                }
            }
            to += inputs;
        }
        return true;
    }

    @Override
    public boolean read(final float[] frame) {
        throw new UnsupportedOperationException("rows are read in double precision");
    }

    @Override
    public Recording recording() {
        final int label = table.labelOf()[next - 1];
        return label == RowTable.NO_LABEL ? null : recordings.get(label);
    }

    @Override
    public void close() {
        // Nothing to close.
    }
}
