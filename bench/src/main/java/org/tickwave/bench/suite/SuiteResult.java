package org.tickwave.bench.suite;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tickwave.bench.forks.Combination;
import org.tickwave.bench.forks.End;
import org.tickwave.bench.forks.Machine;
import org.tickwave.bench.forks.Spread;
import org.tickwave.bench.forks.Verdict;
import org.tickwave.bench.json.Json;

/**
 * The result of a suite, as it stands in {@code suite.json}.
 *
 * @param commit         hash of the commit; null if the checkout is not in git
 * @param uncommitted    whether the checkout has changes that are in no commit
 * @param command        what repeats the suite
 * @param busyProcessors processors that other programs kept busy before the first fork
 * @param l2Bytes        of one core; null if the system does not say
 * @param rounds         that are complete
 * @param end            {@code done}, {@code interrupted} or {@code failed}
 */
record SuiteResult(
    String version, String suite, End end, String commit, boolean uncommitted, String command, String classes, Machine machine,
    Double busyProcessors, Long l2Bytes, int rounds, int roundsPlanned, double mark, List<FigureJson> figures, List<RatioJson> ratios,
    List<Fit> fits, List<NotMeasured> refused, List<NotMeasured> skipped) {

    /** A figure in {@code suite.json}. */
    record FigureJson(
        String group, Role role, String series, String benchmark, List<Combination.Param> params, String mode, String axis, Double x, String unit,
        double scale, List<Integer> rounds, Spread spread, double disagreement, boolean marked, Double bytes, Double madds, Double bytesPerNs,
        Double maddsPerNs, Double allocatedBytes, Tail.Percentiles tail, List<String> arguments) {

        static FigureJson of(final Plan plan, final Figure figure) {
            final Entry entry = figure.entry();
            final Combination what = entry.what().combination();
            return new FigureJson(entry.group(), entry.role(), entry.series(), what.benchmark(), what.params(), entry.what().mode(), entry.axis(),
                entry.axis().isEmpty() ? null : (Double) entry.x(), "ns", entry.scale(), figure.forks().stream().map(fork -> fork.round() + 1).toList(),
                figure.spread(), figure.spread().disagreement(), figure.spread().marked(), figure.bytes(), figure.madds(), figure.bytesPerNs(), figure.maddsPerNs(),
                figure.allocated(), entry.sampled() ? figure.tail().percentiles() : null, Rounds.arguments(plan, entry.what()));
        }
    }

    /** A ratio in {@code suite.json}: its figures are named by their group, series and x. */
    record RatioJson(String group, String axis, Double x, String mode, String ours, String other, Role role, double bestRatio, Spread spread,
        Verdict verdict) {
        static RatioJson of(final Ratio ratio) {
            final Entry ours = ratio.ours().entry();
            final Entry other = ratio.other().entry();
            return new RatioJson(ours.group(), ours.axis(), ours.axis().isEmpty() ? null : (Double) ours.x(), ours.what().mode(), ours.series(),
                other.series(), other.role(), ratio.best(), ratio.spread(), ratio.verdict());
        }
    }

    String json() {
        return Json.RECORD.toJson(this);
    }

    /** Forks behind the figures; a fork that several figures share counts once. */
    int forks() {
        return figures.stream().collect(Collectors.toMap(FigureJson::arguments, figure -> figure.rounds().size(), Math::max))
            .values().stream().flatMapToInt(IntStream::of).sum();
    }
}
