package org.tickwave.bench.doctor;

import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.tickwave.bench.session.Idle;
import org.tickwave.bench.session.Jitter;

/**
 * Percentiles of a time, in nanoseconds: of a lateness, or of a round trip.
 *
 * @param p50  median
 * @param p99  99th percentile
 * @param p999 99.9th percentile
 * @param max  maximum
 */
record Lateness(long p50, long p99, long p999, long max) {
    private static final int DIGITS = 3;
    /** Many streams have this period, and it is long enough for every idle strategy. */
    private static final double PERIOD_NS = 1e6;
    private static final long PARK_NS = 500_000;
    /** The warm-up takes the measured time divided by this number. */
    private static final int WARM_UP_DIVISOR = 10;

    /**
     * Lateness of an empty loop that is paced like a run with one tick per millisecond, for each idle strategy.
     *
     * @param park     the thread parks, and spins shortly before the tick
     * @param yield    the thread yields, and spins shortly before the tick
     * @param spin     the thread spins
     * @param barePark the thread only parks, so this is the lateness of the timer
     */
    record Waits(Lateness park, Lateness yield, Lateness spin, Lateness barePark) {
        static Waits measure(final long lengthNs, final Consumer<String> progress) {
            progress.accept("the lateness of waits that park, yield and spin");
            return new Waits(paced(Idle.PARK, lengthNs), paced(Idle.YIELD, lengthNs), paced(Idle.SPIN, lengthNs),
                parked(lengthNs / 4));
        }
    }

    static Lateness of(final Histogram histogram) {
        return new Lateness(
            histogram.getValueAtPercentile(50), histogram.getValueAtPercentile(99), histogram.getValueAtPercentile(99.9),
            histogram.getMaxValue());
    }

    private static Lateness paced(final Idle idle, final long lengthNs) {
        new Jitter(PERIOD_NS, idle, lengthNs / WARM_UP_DIVISOR).measure();
        final Jitter jitter = new Jitter(PERIOD_NS, idle, lengthNs);
        jitter.measure();
        return of(jitter.delayNs());
    }

    private static Lateness parked(final long lengthNs) {
        final Histogram lateNs = new Histogram(DIGITS);
        final long startNs = System.nanoTime();
        long fromNs = startNs;
        do {
            LockSupport.parkNanos(PARK_NS);
            final long nowNs = System.nanoTime();
            lateNs.recordValue(Math.max(0, nowNs - fromNs - PARK_NS));
            fromNs = System.nanoTime();
        } while (fromNs - startNs < lengthNs);
        return of(lateNs);
    }
}
