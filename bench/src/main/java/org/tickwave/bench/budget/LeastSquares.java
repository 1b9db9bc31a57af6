package org.tickwave.bench.budget;

/** Least squares with factors that are not negative. */
final class LeastSquares {
    private static final double SINGULAR = 1e-12;

    private LeastSquares() {
    }

    /**
     * @param factors one for each column, at least 0
     * @param squares the sum of the squared errors
     */
    record Solution(double[] factors, double squares) {
    }

    /**
     * The factors for which every row sums up to one as closely as possible. Tries all sets of columns, so there should be at most ten.
     */
    static Solution ofOnes(final double[][] rows) {
        final int columns = rows[0].length;
        final double[] scales = scales(rows, columns);
        final double[][] products = new double[columns][columns];
        final double[] sums = new double[columns];
        for (final double[] row : rows) {
            for (int i = 0; i < columns; i++) {
                sums[i] += row[i] / scales[i];
                for (int j = 0; j < columns; j++) {
                    products[i][j] += row[i] / scales[i] * row[j] / scales[j];
                }
            }
        }
        double[] best = new double[columns];
        double most = 0;
        for (int set = 1; set < 1 << columns; set++) {
            if (Integer.bitCount(set) <= rows.length) {
                final double[] factors = solve(products, sums, set);
                // The sum of squares is the number of rows less this.
                final double explained = factors == null ? 0 : dot(factors, sums);
                if (explained > most) {
                    most = explained;
                    best = factors;
                }
            }
        }
        for (int i = 0; i < columns; i++) {
            best[i] /= scales[i];
        }
        return new Solution(best, squares(rows, best));
    }

    private static double[] scales(final double[][] rows, final int columns) {
        final double[] scales = new double[columns];
        for (int i = 0; i < columns; i++) {
            double squares = 0;
            for (final double[] row : rows) {
                squares += row[i] * row[i];
            }
            scales[i] = squares > 0 ? Math.sqrt(squares) : 1;
        }
        return scales;
    }

    private static double dot(final double[] a, final double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double squares(final double[][] rows, final double[] factors) {
        double squares = 0;
        for (final double[] row : rows) {
            final double error = 1 - dot(row, factors);
            squares += error * error;
        }
        return squares;
    }

    /** The factors of a set of columns, zero for the others; null if they are not determined, or one is negative. */
    private static double[] solve(final double[][] products, final double[] sums, final int set) {
        final int n = Integer.bitCount(set);
        final int[] columns = new int[n];
        for (int c = 0, k = 0; c < products.length; c++) {
            if ((set >> c & 1) == 1) {
                columns[k++] = c;
            }
        }
        final double[][] a = new double[n][n + 1];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                a[i][j] = products[columns[i]][columns[j]];
            }
            a[i][n] = sums[columns[i]];
        }
        if (!eliminate(a)) {
            return null;
        }
        final double[] factors = new double[products.length];
        for (int i = 0; i < n; i++) {
            if (!(a[i][n] >= 0)) {
                return null;
            }
            factors[columns[i]] = a[i][n];
        }
        return factors;
    }

    /** Turns the left part into the unit matrix. The matrix is positive definite, so the diagonal serves as pivots. */
    private static boolean eliminate(final double[][] a) {
        final int n = a.length;
        for (int p = 0; p < n; p++) {
            final double pivot = a[p][p];
            if (!(pivot > SINGULAR)) {
                return false;
            }
            for (int j = p; j <= n; j++) {
                a[p][j] /= pivot;
            }
            for (int i = 0; i < n; i++) {
                final double factor = a[i][p];
                if (i != p && factor != 0) {
                    for (int j = p; j <= n; j++) {
                        a[i][j] -= factor * a[p][j];
                    }
                }
            }
        }
        return true;
    }
}
