package org.tickwave.bench.rows;

import java.util.function.Function;
import org.tickwave.bench.setup.RunFailure;

/**
 * A learner of tables.
 *
 * @param name    of the learner
 * @param source  the library that it comes from
 * @param role    what the learner is in the comparison
 * @param opening opens it
 */
public record Learner(String name, String source, Role role, Opening opening) {
    /** Opens a learner. */
    @FunctionalInterface
    public interface Opening {
        /** A learner that has learnt nothing, and is about to go through a table. The same table always gives the same answers. */
        Pass open(RowTable table) throws RunFailure;
    }

    /** A learner that takes one row at a time. */
    public static Learner rowByRow(
        final String name, final String source, final Role role, final Function<RowTable, RowLearner> opening) {
        return new Learner(name, source, role, table -> new RowByRow(table, opening.apply(table)));
    }
}
