package org.tickwave.layout;

import java.lang.foreign.MemorySegment;

/**
 * The weights of a projection, in panels. A row's columns are cut into groups of 64. A panel holds the columns of one group that
 * four vectors take, row after row; panel 1 follows panel 0. So a pass reads each panel as one stream, with the same stride from
 * row to row in every network.
 *
 * <p>A row has sixteen running sums, and column c belongs to sum c mod 16. At 512 bits one vector holds the sixteen sums, and a
 * panel is a whole group. At 256 bits a panel is the half of a group that belongs to the sums 0 to 7, or to the sums 8 to 15. At
 * 128 bits a panel is a quarter. All panels of the first sums come first.
 */
public record WeightsDescriptor(long offset, int rows, int columns, int groups, int lanes) {
    /** The running sums of a row. */
    public static final int SUMS = 16;
    /** The columns of a group: four for each sum. */
    public static final int GROUP_COLUMNS = 4 * SUMS;

    /** Columns of a panel: four vectors. */
    public int panelColumns() {
        return 4 * lanes;
    }

    public int panels() {
        return groups * SUMS / lanes;
    }

    public long rowBytes() {
        return (long) panelColumns() * Float.BYTES;
    }

    public long panelBytes() {
        return rows * rowBytes();
    }

    /** The panel in which a column stands. */
    public int panel(final int column) {
        return column % SUMS / lanes * groups + column / GROUP_COLUMNS;
    }

    /** The place of a column in the row of its panel. */
    public int place(final int column) {
        return column % GROUP_COLUMNS / SUMS * lanes + column % lanes;
    }

    /** The weight from neuron {@code column} to neuron {@code row}, in bytes from the start of the image. */
    public long weight(final int row, final int column) {
        return offset + panel(column) * panelBytes() + row * rowBytes() + place(column) * (long) Float.BYTES;
    }

    /**
     * Copies a row from an image.
     *
     * @param to begins with as many numbers as there are columns
     */
    public void readRow(final MemorySegment image, final int row, final MemorySegment to) {
        for (int column = 0; column < columns; column += lanes) {
            MemorySegment.copy(image, weight(row, column), to, (long) column * Float.BYTES, togetherBytes(column));
        }
    }

    /**
     * Copies a row into an image.
     *
     * @param from begins with as many numbers as there are columns
     */
    public void writeRow(final MemorySegment image, final int row, final MemorySegment from) {
        for (int column = 0; column < columns; column += lanes) {
            MemorySegment.copy(from, (long) column * Float.BYTES, image, weight(row, column), togetherBytes(column));
        }
    }

    /** Bytes of the weights that stand together in a row, from a column on that is a multiple of the lanes. */
    private long togetherBytes(final int column) {
        return (long) Math.min(lanes, columns - column) * Float.BYTES;
    }
}
