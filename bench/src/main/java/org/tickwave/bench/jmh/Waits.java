package org.tickwave.bench.jmh;

import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.IdleStrategy;

/** Spins, and records the duration of each wait, including the time to read the clock. Not called if a thread need not wait. */
final class Waits implements IdleStrategy {
    private static final int DIGITS = 3;
    private static final double[] PERCENTILES = {0, 50, 90, 99, 99.9, 100};

    private final Histogram histogram = new Histogram(DIGITS);
    private boolean waiting;
    private long sinceNs;

    @Override
    public void idle(final int workCount) {
        if (workCount <= 0) {
            idle();
        }
    }

    @Override
    public void idle() {
        if (!waiting) {
            waiting = true;
            sinceNs = System.nanoTime();
        }
    }

    @Override
    public void reset() {
        if (waiting) {
            histogram.recordValue(System.nanoTime() - sinceNs);
            waiting = false;
        }
    }

    void clear() {
        histogram.reset();
    }

    @Override
    public String toString() {
        final StringBuilder line = new StringBuilder("waits in ns:");
        for (final double percentile : PERCENTILES) {
            line.append(String.format(
                Locale.ROOT, " p%.3g %d", percentile, histogram.getValueAtPercentile(percentile)));
        }
        return line.append(", ").append(histogram.getTotalCount()).toString();
    }
}
