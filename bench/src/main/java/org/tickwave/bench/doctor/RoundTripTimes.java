package org.tickwave.bench.doctor;

import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.tickwave.bench.jmh.RoundTrip;

/**
 * Duration of a round trip between two threads: one stores a counter, the other answers with a counter of its own.
 *
 * @param bestNs mean over the round trips of the best round, in which the clock is not read
 * @param each   single round trips, including the time to read the clock
 */
record RoundTripTimes(double bestNs, Lateness each) {
    private static final int DIGITS = 3;
    private static final int ROUND = 1_000;
    private static final int PARTS = 3;

    /** Null on one processor, where each thread would have to wait for the scheduler. */
    static RoundTripTimes measure(final int processors, final long lengthNs, final Consumer<String> progress) {
        if (processors < 2) {
            return null;
        }
        progress.accept("the round trip between two threads");
        final Histogram eachNs = new Histogram(DIGITS);
        double best = Double.POSITIVE_INFINITY;
        try (RoundTrip trip = new RoundTrip()) {
            round(trip, lengthNs / PARTS);
            long startNs = System.nanoTime();
            do {
                best = Math.min(best, round(trip, 0));
            } while (System.nanoTime() - startNs < lengthNs / PARTS);
            startNs = System.nanoTime();
            long fromNs = startNs;
            do {
                trip.go();
                final long nowNs = System.nanoTime();
                eachNs.recordValue(nowNs - fromNs);
                fromNs = nowNs;
            } while (fromNs - startNs < lengthNs / PARTS);
        }
        return new RoundTripTimes(best, Lateness.of(eachNs));
    }

    private static double round(final RoundTrip trip, final long lengthNs) {
        final long startNs = System.nanoTime();
        long trips = 0;
        long tookNs;
        do {
            for (int i = 0; i < ROUND; i++) {
                trip.go();
            }
            trips += ROUND;
            tookNs = System.nanoTime() - startNs;
        } while (tookNs < lengthNs);
        return (double) tookNs / trips;
    }
}
