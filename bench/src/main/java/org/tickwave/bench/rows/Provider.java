package org.tickwave.bench.rows;

import java.util.List;

/** Brings the learners and the tables of another library. Found by {@link java.util.ServiceLoader}. */
public interface Provider {
    /** The learners, as their library sets them up if it is told nothing. */
    List<Learner> learners();

    /**
     * The tables that the library makes.
     *
     * @param rows number of rows of each; at least 1
     */
    List<RowTable> tables(int rows);
}
