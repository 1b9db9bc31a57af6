package org.tickwave.bench.budget;

import org.HdrHistogram.Histogram;

/**
 * Percentiles of the time of a tick, in nanoseconds.
 *
 * @param p50Ns   median
 * @param p99Ns   99th percentile
 * @param p9999Ns 99.99th percentile; the maximum if fewer than 10,000 ticks were timed
 */
record Times(double p50Ns, double p99Ns, double p9999Ns) {
    static Times of(final Histogram histogram) {
        return new Times(histogram.getValueAtPercentile(50), histogram.getValueAtPercentile(99), histogram.getValueAtPercentile(99.99));
    }

    /**
     * The time that a tick needs of its budget, if one tick in 10,000 is as slow as the 99.99th percentile.
     *
     * @param spread whether each tick has a budget of its own; otherwise the ticks of a frame share one, and one of them is slow
     */
    double needNs(final int hold, final boolean spread) {
        return spread ? p9999Ns : ((hold - 1) * p50Ns + p9999Ns) / hold;
    }

    /** The largest number of ticks that fit into a share of a frame's period; 0 if not even one does. */
    long largestHold(final double shareOfPeriodNs, final boolean spread) {
        if (p9999Ns > shareOfPeriodNs) {
            return 0;
        }
        return (long) (spread ? shareOfPeriodNs / p9999Ns : (shareOfPeriodNs - p9999Ns) / p50Ns + 1);
    }
}
