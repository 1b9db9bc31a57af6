package org.tickwave.bench.rows;

import java.util.List;
import org.tickwave.bench.forks.ForkScore;
import org.tickwave.bench.forks.Spread;
import org.tickwave.bench.forks.Verdict;

/**
 * The time that a learner takes for a row, in each round.
 *
 * @param rounds       microseconds a row, by round; at least one round
 * @param best         the shortest
 * @param median       of the rounds
 * @param disagreement by how much the slowest round is slower than the fastest
 * @param marked       whether the rounds disagree by more than {@link Spread#MARK}
 */
record Timing(List<Double> rounds, double best, double median, double disagreement, boolean marked) {
    static Timing of(final List<Double> rounds) {
        final Spread spread = Spread.of(rounds.stream().map(us -> new ForkScore(us, List.of())).toList(), false);
        return new Timing(List.copyOf(rounds), spread.best(), spread.median(), spread.disagreement(), spread.marked());
    }

    private double worst() {
        return best * (1 + disagreement);
    }

    /** Whether every round was faster than every round of another learner. Of a few rounds that may be chance. */
    boolean faster(final Timing other) {
        return Math.min(rounds.size(), other.rounds.size()) >= Verdict.LEAST_FORKS && worst() < other.best;
    }
}
