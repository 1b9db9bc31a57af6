package org.tickwave.bench.rows;

import java.util.List;

/**
 * A column of a table.
 *
 * @param name   its name
 * @param values what its numbers stand for, by index; empty if the numbers are numbers
 */
public record Column(String name, List<String> values) {
    /** A column of numbers. */
    public static Column numeric(final String name) {
        return new Column(name, List.of());
    }

    /** Whether a number of the column is the index of a value. */
    public boolean nominal() {
        return !values.isEmpty();
    }

    /** How many inputs of a network the column takes: a nominal column with more than two values has one for each value. */
    int inputs() {
        return values.size() > 2 ? values.size() : 1;
    }
}
