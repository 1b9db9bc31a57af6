package org.tickwave.bench.rows;

import org.tickwave.bench.score.RowScores;
import org.tickwave.bench.setup.RunFailure;

/** A new learner and a table that it will go through once. */
public interface Pass extends AutoCloseable {
    /** How the learner is set up. */
    String settings();

    /** Answers each row and then learns its label. This is what is timed. Called once. */
    void run() throws RunFailure;

    /** The scores of the answers. The learner is the first model. Called after {@link #run}. */
    RowScores scores();

    /** Ends {@link #run} after the current row. Any thread may call this. */
    void stop();

    @Override
    void close();
}
