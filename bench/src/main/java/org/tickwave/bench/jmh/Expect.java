package org.tickwave.bench.jmh;

/** Compares an answer with the expected one. A benchmark whose answer is wrong ends with an exception, and reports no time. */
final class Expect {
    private Expect() {
    }

    /** @throws IllegalStateException if the difference is larger than the tolerance, or not a number */
    static void near(final String what, final double expected, final double actual, final double tolerance) {
        if (!(Math.abs(actual - expected) <= tolerance)) {
            throw new IllegalStateException(what + " is " + actual + ": expected " + expected);
        }
    }

    /** @throws IllegalStateException if a difference is larger than the tolerance times the larger of 1 and the expected magnitude */
    static void near(final String what, final double[] expected, final float[] actual, final double tolerance) {
        for (int i = 0; i < expected.length; i++) {
            near(what + " " + i, expected[i], actual[i], tolerance * Math.max(1, Math.abs(expected[i])));
        }
    }

    /** @throws IllegalStateException if a bit differs */
    static void sameBits(final String what, final float expected, final float actual, final String as) {
        if (Float.floatToRawIntBits(expected) != Float.floatToRawIntBits(actual)) {
            throw new IllegalStateException(what + " is " + actual + ": expected " + expected + ", as " + as);
        }
    }
}
