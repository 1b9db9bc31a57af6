package org.tickwave.example;

/** The average of the last errors of a model, and whether an error is far above the average. */
final class RunningError {
    /** An error is far above the average if it is so many times as large. */
    private static final float FAR = 10;
    /** The number of errors before the first alarm: a network that has just begun to learn is often far off. */
    private static final int SETTLING = 2_000;
    /** An error's weight in the average is 1 over their number, at least 1 over this. */
    private static final int LAST = 500;

    private float average;
    private int errors;

    /**
     * Takes the next error, and says whether the average was far below it. An error that is far above the average enters it
     * as ten times the average. So one fault moves the average little, but the alarms end if errors stay large.
     *
     * @param error NaN if there is none; NaN is not far above the average, and does not enter it
     */
    boolean farBelow(final float error) {
        if (Float.isNaN(error)) {
            return false;
        }
        final boolean far = errors >= SETTLING && error > FAR * average;
        errors = Math.min(errors + 1, SETTLING);
        average += ((far ? FAR * average : error) - average) / Math.min(errors, LAST);
        return far;
    }
}
