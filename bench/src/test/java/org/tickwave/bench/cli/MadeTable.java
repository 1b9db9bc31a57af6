package org.tickwave.bench.cli;

import java.util.Random;

/** Tables that tests make: three numbers in units far apart, and a label that depends on them. */
final class MadeTable {
    static final String HEADER = "pressure,flow,heat,state\n";

    private MadeTable() {
    }

    /** Rows without the header. */
    static String rows(final int rows, final long seed) {
        final Random random = new Random(seed);
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows; i++) {
            final double[] n = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
            text.append(numbers(n)).append(n[0] + 2 * n[1] > n[2] ? "open" : "shut").append('\n');
        }
        return text.toString();
    }

    /** The same numbers with the labels of coin flips. */
    static String coins(final int rows, final long seed) {
        final Random random = new Random(seed);
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows; i++) {
            final double[] n = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
            text.append(numbers(n)).append(random.nextBoolean() ? "open" : "shut").append('\n');
        }
        return text.toString();
    }

    private static String numbers(final double[] n) {
        return (101_325 + 900 * n[0]) + "," + n[1] * 1e-4 + "," + (20 + 3 * n[2]) + ",";
    }
}
