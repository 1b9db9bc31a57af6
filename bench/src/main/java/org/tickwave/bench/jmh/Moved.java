package org.tickwave.bench.jmh;

/** Verifies how far weights have moved. A row that has not moved is found among any number of rows that have. */
final class Moved {
    /** Relative error of a change. Rounding adds about a fiftieth of a step. */
    private static final double TOLERANCE = 0.05;

    private Moved() {
    }

    /**
     * Compares all weights together and then row by row.
     *
     * @param steps    in which the weights have learnt
     * @param start    weights before them, row by row
     * @param expected change of each weight
     * @param actual   weights after them
     * @param columns  of a row
     * @throws IllegalStateException if the change is wrong
     */
    static void verify(
        final String what, final int steps, final float[] start, final float[] expected, final float[] actual, final int columns) {
        double error = 0;
        double size = 0;
        double rounding = 0;
        for (int row = 0; row < start.length / columns; row++) {
            double errorOfRow = 0;
            double sizeOfRow = 0;
            double roundingOfRow = 0;
            for (int i = row * columns; i < (row + 1) * columns; i++) {
                errorOfRow += Math.pow((double) actual[i] - start[i] - expected[i], 2);
                sizeOfRow += Math.pow(expected[i], 2);
                roundingOfRow += Math.pow(Math.ulp(start[i]), 2);
            }
            // The rounding error of a step is at most half an ulp.
            require(errorOfRow <= TOLERANCE * TOLERANCE * sizeOfRow + roundingOfRow * steps * steps / 4, what + ", row " + row, errorOfRow, sizeOfRow);
            error += errorOfRow;
            size += sizeOfRow;
            rounding += roundingOfRow;
        }
        // The mean of the square of the rounding error of a step is ulp^2 / 12.
        require(size > 0 && error <= TOLERANCE * TOLERANCE * size + rounding * steps / 3, what, error, size);
    }

    private static void require(final boolean right, final String what, final double error, final double size) {
        if (!right) {
            throw new IllegalStateException(what + ": the change of the weights differs by " + Math.sqrt(error)
                + " from the change in the reference, which is " + Math.sqrt(size));
        }
    }
}
