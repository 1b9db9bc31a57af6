package org.tickwave.bench.rows;

/**
 * What a learner did with a table.
 *
 * @param settings             how it was set up
 * @param usPerRow             the time for a row
 * @param accuracy             share of the labelled rows that were answered right before their label was learnt
 * @param kappa                Cohen's kappa of these answers; null where chance alone is faultless
 * @param allocatedBytesPerRow what the thread that learns allocates for a row
 * @param unbeaten             whether no other learner is both as accurate and as fast, and better in one of the two
 */
record LearnerResult(
    String name, String source, Role role, String settings, Timing usPerRow, double accuracy, Double kappa, double allocatedBytesPerRow,
    boolean unbeaten) {

    /** Whether this learner is at least as good as another in accuracy and in median time, and better in one of them. */
    boolean beats(final LearnerResult other) {
        final int accurate = Double.compare(accuracy, other.accuracy);
        final int fast = Double.compare(other.usPerRow.median(), usPerRow.median());
        return accurate >= 0 && fast >= 0 && accurate + fast > 0;
    }

    LearnerResult unbeaten(final boolean now) {
        return new LearnerResult(name, source, role, settings, usPerRow, accuracy, kappa, allocatedBytesPerRow, now);
    }
}
