package org.tickwave.bench.forks;

import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The forks of one benchmark. The interval from low to high is a confidence interval of the median fork. It assumes no distribution:
 * both ends are scores of forks. The number of forks below the true median is binomial with one half, which gives the confidence.
 *
 * @param forks      the forks in the order in which they ran
 * @param best       the best iteration of all forks; the best fork if JMH tells no iterations
 * @param median     the median of the forks' scores
 * @param low        the lower end of the interval
 * @param high       the upper end of the interval
 * @param confidence the probability that such an interval holds the true median
 */
public record Spread(List<ForkScore> forks, double best, double median, double low, double high, double confidence) {
    /** As many forks are left out at each end as possible while the confidence is at least this. */
    public static final double LEAST_CONFIDENCE = 0.9;
    /** Forks that disagree by more are marked. */
    public static final double MARK = 0.1;

    /**
     * @param forks        at least one
     * @param higherBetter whether the highest score is the best
     */
    public static Spread of(final List<ForkScore> forks, final boolean higherBetter) {
        final double[] scores = forks.stream().mapToDouble(ForkScore::score).sorted().toArray();
        final DoubleStream single = forks.stream().flatMapToDouble(fork -> fork.iterations().isEmpty()
            ? DoubleStream.of(fork.score()) : fork.iterations().stream().mapToDouble(Double::doubleValue));
        final double best = (higherBetter ? single.max() : single.min()).orElseThrow();
        final int out = leftOut(scores.length);
        return new Spread(List.copyOf(forks), best, median(scores), scores[out], scores[scores.length - 1 - out],
            confidence(scores.length, out));
    }

    private static double median(final double... sorted) {
        final int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** How many scores are left out at each end. With few forks nothing is left out: then the interval is minimum to maximum. */
    public static int leftOut(final int forks) {
        int out = 0;
        while (out + 1 < (forks + 1) / 2 && confidence(forks, out + 1) >= LEAST_CONFIDENCE) {
            out++;
        }
        return out;
    }

    /** The confidence of the interval that leaves out some scores at each end: 1 - 2 P(binomial(forks, 1/2) <= out). */
    public static double confidence(final int forks, final int out) {
        double term = Math.pow(0.5, forks);
        double tail = term;
        for (int i = 1; i <= out; i++) {
            term *= (double) (forks - i + 1) / i;
            tail += term;
        }
        return 1 - 2 * tail;
    }

    /** By how much the highest score is above the lowest, .1 for 10 %; 0 if the lowest is 0. */
    public double disagreement() {
        final double[] scores = forks.stream().mapToDouble(ForkScore::score).sorted().toArray();
        return scores[0] == 0 ? 0 : scores[scores.length - 1] / scores[0] - 1;
    }

    /** Whether the forks disagree by more than {@link #MARK}. */
    public boolean marked() {
        return disagreement() > MARK;
    }

    public boolean overlaps(final Spread other) {
        return low <= other.high && other.low <= high;
    }
}
