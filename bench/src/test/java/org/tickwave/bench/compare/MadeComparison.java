package org.tickwave.bench.compare;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.tickwave.bench.forks.Combination;
import org.tickwave.bench.forks.End;
import org.tickwave.bench.forks.ForkScore;
import org.tickwave.bench.forks.Machine;

/** What {@code bench --compare --json} prints of made-up forks, for tests in other packages. */
public final class MadeComparison {
    private static final Combination WHAT = Combination.of("org.x.A.tick", Map.of("width", "64"));

    private MadeComparison() {
    }

    private static String json(final Double busy, final String revision, final double score) {
        final List<ForkScore> forks = List.of(new ForkScore(score, List.of(score)));
        final Row row = Row.of(WHAT, "avgt", false, "ns/op", forks, forks, List.of(Row.Secondary.of("gc.count", "counts", forks, forks)));
        final Side side = new Side("v1", Path.of("checkout"), revision, revision != null);
        return new Comparison("0", Machine.ofThisJvm(), busy, side, side, List.of("-i", "5"), 1, End.DONE, List.of(row),
            List.of(new Matching.Assumed("org.x.A.tick", "base", WHAT.params())), List.of(NotCompared.of(WHAT, "only the base has it"))).json();
    }

    public static String json() {
        return json(0.5, "0123456789abcdef", 7);
    }

    /** With a null wherever one may be. */
    public static String jsonWithoutGit() {
        return json(null, null, 0);
    }
}
