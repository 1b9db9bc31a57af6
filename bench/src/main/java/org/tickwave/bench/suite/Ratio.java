package org.tickwave.bench.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tickwave.bench.forks.ForkScore;
import org.tickwave.bench.forks.Spread;
import org.tickwave.bench.forks.Verdict;

/**
 * The time of a peer or ceiling, divided by ours: above 1 ours is faster.
 *
 * @param best    the best iteration of the other divided by our best, of the rounds that have both. A shared machine slows whole forks, which
 *                moves the median of a few rounds, but seldom all forks of a benchmark
 * @param spread  of the ratios of the rounds
 * @param verdict on ours; none if the intervals of the two times overlap
 */
record Ratio(Figure ours, Figure other, double best, Spread spread, Verdict verdict) {
    /** Each of ours with each peer and ceiling of its place. */
    static List<Ratio> of(final List<Figure> figures) {
        final List<Ratio> ratios = new ArrayList<>();
        for (final Figure ours : figures) {
            for (final Figure other : figures) {
                if (ours.entry().role() == Role.OURS && other.entry().role() != Role.OURS && ours.entry().place().equals(other.entry().place())) {
                    final List<ForkScore> rounds = rounds(ours, other);
                    if (!rounds.isEmpty()) {
                        ratios.add(new Ratio(ours, other, best(other, ours) / best(ours, other), Spread.of(rounds, true),
                            Verdict.of(other.spread(), ours.spread(), false)));
                    }
                }
            }
        }
        return ratios;
    }

    /** The best iteration, in the rounds that another figure has, too: of more rounds the best would be better. */
    private static double best(final Figure of, final Figure beside) {
        final Set<Integer> rounds = beside.forks().stream().map(Fork::round).collect(Collectors.toSet());
        return Spread.of(of.forks().stream().filter(fork -> rounds.contains(fork.round())).map(fork -> fork.scaled(of.entry().scale())).toList(), false)
            .best();
    }

    private static List<ForkScore> rounds(final Figure ours, final Figure other) {
        final Map<Integer, Fork> byRound = other.forks().stream().collect(Collectors.toMap(Fork::round, Function.identity()));
        final List<ForkScore> ratios = new ArrayList<>();
        for (final Fork fork : ours.forks()) {
            final Fork beside = byRound.get(fork.round());
            final double ratio = beside == null ? Double.NaN
                : beside.score().score() * other.entry().scale() / (fork.score().score() * ours.entry().scale());
            if (Double.isFinite(ratio)) {
                ratios.add(new ForkScore(ratio, List.of()));
            }
        }
        return ratios;
    }
}
