package org.tickwave.bench.rows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.tickwave.bench.input.Input;
import org.tickwave.bench.scale.Normaliser;
import org.tickwave.bench.setup.RunFailure;
import org.tickwave.bench.stream.FrameStream;
import org.tickwave.bench.stream.Recording;
import org.tickwave.bench.table.TableOptions;

/** Reads a labelled table into memory, in the same way as {@code run} reads its rows. */
final class TableReader {
    /** The rows may take one of so many parts of the heap: learners keep copies and models of their own. */
    private static final int HEAP_SHARE = 8;
    /** Two headers of arrays, a reference and an int. */
    private static final int BYTES_BESIDES = 32;

    private TableReader() {
    }

    /**
     * @param most number of rows to read at most
     * @throws IOException if the file is no table, or does not have what the options ask for
     * @throws RunFailure  if the table is too large for the heap, or no row has a label
     */
    static RowTable read(final String file, final TableOptions options, final int most) throws IOException, RunFailure {
        return read(file, options, most, Runtime.getRuntime().maxMemory() / HEAP_SHARE);
    }

    static RowTable read(final String file, final TableOptions options, final int most, final long heapBytes) throws IOException, RunFailure {
        final Input input = Input.of(file, options);
        try (FrameStream stream = input.open()) {
            final long largest = heapBytes / (BYTES_BESIDES + (long) stream.width() * Double.BYTES);
            final List<double[]> numbers = new ArrayList<>();
            final List<Integer> labels = new ArrayList<>();
            final double[] frame = new double[stream.width()];
            final float[] scratch = new float[stream.width()];
            while (numbers.size() < most && stream.read(frame, scratch)) {
                if (numbers.size() >= largest) {
                    throw RunFailure.failed(input.name() + ": more rows than an eighth of the heap holds: expected --rows " + largest
                        + " or less; JAVA_TOOL_OPTIONS=-Xmx8g gives the JVM more");
                }
                if (Normaliser.accepts(frame)) {
                    final Recording of = stream.recording();
                    numbers.add(frame.clone());
                    labels.add(of == null ? RowTable.NO_LABEL : of.index());
                }
            }
            final RowTable table = new RowTable(input.name(), stream.columns().stream().map(Column::numeric).toList(), stream.labels(),
                numbers.toArray(double[][]::new), labels.stream().mapToInt(Integer::intValue).toArray());
            if (table.labelled() == 0) {
                throw RunFailure.failed(input.name() + ": no label in the first " + table.rows() + " rows: expected one");
            }
            return table;
        }
    }
}
