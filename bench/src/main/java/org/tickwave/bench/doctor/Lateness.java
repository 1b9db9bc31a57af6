package org.tickwave.bench.doctor;

import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.tickwave.bench.session.Idle;
import org.tickwave.bench.session.Jitter;

/**
 * How late something was, in nanoseconds.
 *
 * @param p50  half of the time it was not later
 * @param p99  99 % of the time
 * @param p999 99.9 % of the time
 * @param max  ever
 */
record Lateness(long p50, long p99, long p999, long max) {
    private static final int DIGITS = 3;
    /** One that many streams have, and long enough for each way of waiting to wait in. */
    private static final double PERIOD_NS = 1e6;
    private static final long PARK_NS = 500_000;
    /** Whose first waits nobody counts. */
    private static final int FIRST_PART = 10;

    /**
     * How late an empty loop is that is paced as a run is, a tick a millisecond.
     *
     * @param park     it parks until shortly before
     * @param yield    it yields until shortly before
     * @param spin     it spins
     * @param barePark a thread that only parks, and so is as late as the timer
     */
    record Waits(Lateness park, Lateness yield, Lateness spin, Lateness barePark) {
        static Waits measure(final long lengthNs, final Consumer<String> progress) {
            progress.accept("how late a wait is that parks, yields, spins");
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
        new Jitter(PERIOD_NS, idle, lengthNs / FIRST_PART).measure();
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
