package org.tickwave.layout;

/**
 * The weights of a projection, in column panels. Panel 0 holds the first four vectors of every row, row after row; panel 1
 * follows. So a pass reads each panel as one stream, with the same stride from row to row in every network.
 */
public record WeightsDescriptor(long offset, int rows, int columns, int panels, int panelColumns) {
    public long rowBytes() {
        return (long) panelColumns * Float.BYTES;
    }

    public long panelBytes() {
        return rows * rowBytes();
    }

    /** The weight from neuron {@code column} to neuron {@code row}, in bytes from the start of the image. */
    public long weight(final int row, final int column) {
        return offset + column / panelColumns * panelBytes() + row * rowBytes() + column % panelColumns * (long) Float.BYTES;
    }
}
