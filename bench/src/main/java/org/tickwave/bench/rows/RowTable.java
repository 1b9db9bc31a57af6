package org.tickwave.bench.rows;

import java.util.Arrays;
import java.util.List;

/**
 * A table in memory, from which all learners take the same rows. Learners must not modify its arrays.
 *
 * @param name     of the table
 * @param columns  the columns of a row, without the label
 * @param labels   the labels by index
 * @param numbers  by row and column; NaN if the number is missing
 * @param labelOf  the index of each row's label; {@link #NO_LABEL} if the row has none
 */
public record RowTable(String name, List<Column> columns, List<String> labels, double[][] numbers, int[] labelOf) {
    /** Stands for the label of a row without a label. Such a row is answered, but neither scored nor learnt. */
    public static final int NO_LABEL = -1;

    public int rows() {
        return labelOf.length;
    }

    /** The first rows. */
    RowTable first(final int rows) {
        return rows >= rows() ? this
            : new RowTable(name, columns, labels, Arrays.copyOf(numbers, rows), Arrays.copyOf(labelOf, rows));
    }

    /** The number of rows with a label. */
    int labelled() {
        return (int) Arrays.stream(labelOf).filter(label -> label != NO_LABEL).count();
    }

    /** The width of a network's input. */
    int inputs() {
        return columns.stream().mapToInt(Column::inputs).sum();
    }
}
