package org.tickwave.bench.suite;

import java.util.List;
import org.tickwave.bench.forks.Combination;

/**
 * A benchmark without a figure.
 *
 * @param why one line for the user
 */
record NotMeasured(String benchmark, List<Combination.Param> params, String why) {
    static NotMeasured of(final Entry.Measurement what, final String why) {
        return new NotMeasured(what.combination().benchmark(), what.combination().params(), why);
    }

    @Override
    public String toString() {
        return new Combination(benchmark, params) + ": " + why;
    }
}
