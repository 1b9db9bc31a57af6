package org.tickwave.bench.rows;

import java.util.List;
import org.tickwave.bench.forks.Verdict;

/**
 * The time that a learner takes for a row, in each round.
 *
 * @param rounds       microseconds a row, by round; at least one round
 * @param best         the shortest
 * @param median       of the rounds
 * @param disagreement by how much the slowest round is slower than the fastest
 * @param marked       whether the rounds disagree by more than {@link #MARK}
 */
record Timing(List<Double> rounds, double best, double median, double disagreement, boolean marked) {
    /** Rounds that differ by more are marked. */
    static final double MARK = 0.1;

    static Timing of(final List<Double> rounds) {
        final double[] sorted = rounds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        final int half = sorted.length / 2;
        final double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        final double disagreement = sorted[sorted.length - 1] / sorted[0] - 1;
        return new Timing(List.copyOf(rounds), sorted[0], median, disagreement, disagreement > MARK);
    }

    private double worst() {
        return best * (1 + disagreement);
    }

    /** Whether every round was faster than every round of another learner. Of a few rounds that may be chance. */
    boolean faster(final Timing other) {
        return Math.min(rounds.size(), other.rounds.size()) >= Verdict.LEAST_FORKS && worst() < other.best;
    }
}
