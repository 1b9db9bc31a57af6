package org.tickwave.bench.suite;

import java.io.PrintStream;
import java.util.List;
import java.util.stream.DoubleStream;
import org.HdrHistogram.Histogram;
import org.tickwave.bench.forks.JmhResult;

/** The single operations of a figure, of all its forks. */
final class Tail {
    /** Percentiles in the chart: half, 1 of 10, 1 of 100, and so on. */
    static final List<Double> ONE_OF = DoubleStream.of(2, 10, 100, 1e3, 1e4, 1e5).boxed().toList();
    private static final int DIGITS = 3;
    private static final int TICKS_PER_HALF = 5;
    private static final double PERCENT = 100;

    private final Histogram ns = new Histogram(DIGITS);

    /**
     * Percentiles in ns.
     *
     * @param operations that were timed
     */
    record Percentiles(long operations, long p50, long p99, long p9999, long max) {
    }

    /** @param scale as that of the figure */
    static Tail of(final List<Fork> forks, final double scale) {
        final Tail tail = new Tail();
        for (final Fork fork : forks) {
            for (final JmhResult.Sample sample : fork.samples()) {
                tail.ns.recordValueWithCount(Math.round(sample.value() * scale), sample.count());
            }
        }
        return tail;
    }

    Percentiles percentiles() {
        return new Percentiles(ns.getTotalCount(), at(2), at(100), at(1e4), ns.getMaxValue());
    }

    private long at(final double oneOf) {
        return ns.getValueAtPercentile(PERCENT - PERCENT / oneOf);
    }

    /** A percentile of {@link #ONE_OF}; NaN if there are too few operations. */
    double valueAt(final double oneOf) {
        return ns.getTotalCount() < oneOf ? Double.NaN : at(oneOf);
    }

    /** Writes HdrHistogram's percentile distribution, in ns. */
    void writeTo(final PrintStream to) {
        ns.outputPercentileDistribution(to, TICKS_PER_HALF, 1.0);
    }
}
