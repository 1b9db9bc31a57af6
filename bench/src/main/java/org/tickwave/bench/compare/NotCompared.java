package org.tickwave.bench.compare;

import java.util.List;
import org.tickwave.bench.forks.Combination;

/**
 * A benchmark with its parameters that was not compared.
 *
 * @param why the reason, for the user
 */
record NotCompared(String benchmark, List<Combination.Param> params, String why) {
    static NotCompared of(final Combination what, final String why) {
        return new NotCompared(what.benchmark(), what.params(), why);
    }

    @Override
    public String toString() {
        return new Combination(benchmark, params) + ": not compared: " + why;
    }
}
