package org.tickwave.bench.setup;

import org.tickwave.Rule;

/** Options of a run for tests: what a test does not set has the command line's default, but for one thread and no pace. */
public final class MadeOptions extends OptionsDraft {
    public MadeOptions() {
        rule = Rule.aligned();
        threads = 1;
    }

    /** With the defaults that a run adds. */
    public RunOptions settled() {
        return make().settled();
    }
}
