package org.tickwave.bench.rows;

/** Takes one row of a table at a time, in the order of the table. Rows are named by their index. For one thread. */
public interface RowLearner extends AutoCloseable {
    /** How the learner is set up, in words that its library uses. */
    String settings();

    /** The index of the label that the learner expects for a row, without a look at it; {@link RowTable#NO_LABEL} for no answer, which is wrong. */
    int answer(int row);

    /** Learns the label of the row that was answered last. Called only if the row has one. */
    void learn(int row);

    @Override
    default void close() {
        // Most learners have nothing to close.
    }
}
