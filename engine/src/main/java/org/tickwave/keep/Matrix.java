package org.tickwave.keep;

import java.lang.foreign.MemorySegment;
import org.tickwave.layout.Geometry;
import org.tickwave.layout.Region;
import org.tickwave.layout.WeightsDescriptor;

/** A matrix of an image, whose panels depend on the lane width, as rows, which do not. */
record Matrix(WeightsDescriptor panels) {
    /** @param region of an image with so many lanes */
    static Matrix of(final Region region, final int lanes) {
        return new Matrix(region.offset(), Math.toIntExact(region.strideBytes() / (4L * lanes * Float.BYTES)), region.width(), lanes);
    }

    Matrix(final long offset, final int rows, final int columns, final int lanes) {
        this(new WeightsDescriptor(
            offset, rows, columns, Math.toIntExact(Geometry.padded(columns) / WeightsDescriptor.GROUP_COLUMNS), lanes));
    }

    int rows() {
        return panels.rows();
    }

    long rowBytes() {
        return (long) panels.columns() * Float.BYTES;
    }

    /** Copies a row from an image. */
    void read(final MemorySegment image, final int row, final MemorySegment to) {
        panels.readRow(image, row, to);
    }

    /** Copies a row into an image. */
    void write(final MemorySegment image, final int row, final MemorySegment from) {
        panels.writeRow(image, row, from);
    }
}
