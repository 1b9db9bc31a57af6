package org.tickwave.bench.paper;

import org.tickwave.bench.paper.claim.Effort;
import org.tickwave.bench.paper.claim.Experiments;

/** The result of few experiments, made once for all tests. */
public final class ShortPaper {
    private static final Paper PAPER = new Experiments(Effort.SHORT, 0, _ -> { }).run();

    private ShortPaper() {
    }

    public static Paper get() {
        return PAPER;
    }
}
