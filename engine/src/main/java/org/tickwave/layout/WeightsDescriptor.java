package org.tickwave.layout;

/**
 * A projection's weights in column panels: panel 0 holds the first four vectors of columns of every row, row after row,
 * then comes panel 1. So each panel is one stream, and the step from row to row is the same in every network.
 */
public record WeightsDescriptor(long offset, int rows, int columns, int panels, int panelColumns) {
    public long rowBytes() {
        return (long) panelColumns * Float.BYTES;
    }

    public long panelBytes() {
        return rows * rowBytes();
    }

    /** Where the weight from neuron {@code column} to neuron {@code row} stands, in bytes from the start of the image. */
    public long weight(final int row, final int column) {
        return offset + column / panelColumns * panelBytes() + row * rowBytes() + column % panelColumns * (long) Float.BYTES;
    }
}
