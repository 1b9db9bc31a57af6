package org.tickwave.bench.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.tickwave.bench.jmh.TickBenchmark;

/**
 * How long a tick must be for two threads to be faster than one.
 *
 * @param fromTickNs if a tick takes this long or longer on one thread, two threads are faster; null if they never are
 * @param ticks      the measurements, from the smallest network to the largest
 */
record TwoThreads(Double fromTickNs, List<Tick> ticks) {
    private static final int DEPTH = 10;
    /** Short, so that other processes leave some rounds undisturbed. */
    private static final long ROUND_NS = 4_000_000;
    private static final int WARM_UP_DIVISOR = 5;
    /** Ticks between two readings of the clock. */
    private static final int BATCH = 16;
    /** A smaller difference may be noise. */
    private static final double SIGNIFICANT_RATIO = .97;

    /**
     * The tick of one network, best of several rounds.
     *
     * @param network depth and width, such as {@code 10 x 64}
     * @param oneNs   nanoseconds of a tick on one thread
     * @param twoNs   nanoseconds of a tick on two threads
     */
    record Tick(String network, double oneNs, double twoNs) {
    }

    /** Null on one processor. */
    static TwoThreads measure(final int processors, final Durations durations, final Consumer<String> progress) {
        if (processors < 2) {
            return null;
        }
        final List<Tick> ticks = new ArrayList<>();
        for (final int width : durations.chains()) {
            final String network = DEPTH + " x " + width;
            progress.accept("ticks of " + network + ", on one thread and on two");
            ticks.add(tick(network, width, durations.tickNs()));
        }
        return of(ticks);
    }

    static TwoThreads of(final List<Tick> ticks) {
        Double from = null;
        for (int i = ticks.size() - 1; i >= 0 && ticks.get(i).twoNs < SIGNIFICANT_RATIO * ticks.get(i).oneNs; i--) {
            from = ticks.get(i).oneNs;
        }
        return new TwoThreads(from, List.copyOf(ticks));
    }

    /** Times both in turn, so that other processes disturb both alike. */
    private static Tick tick(final String network, final int width, final long lengthNs) {
        final TickBenchmark one = chain(width, 1);
        final TickBenchmark two = chain(width, 2);
        double oneNs = Double.POSITIVE_INFINITY;
        double twoNs = Double.POSITIVE_INFINITY;
        round(one, lengthNs / WARM_UP_DIVISOR);
        round(two, lengthNs / WARM_UP_DIVISOR);
        final long startNs = System.nanoTime();
        do {
            oneNs = Math.min(oneNs, round(one, Math.min(ROUND_NS, lengthNs)));
            twoNs = Math.min(twoNs, round(two, Math.min(ROUND_NS, lengthNs)));
        } while (System.nanoTime() - startNs < lengthNs);
        one.tearDown();
        two.tearDown();
        return new Tick(network, oneNs, twoNs);
    }

    private static TickBenchmark chain(final int width, final int threads) {
        final TickBenchmark chain = new TickBenchmark();
        chain.rule = "diffusion";
        chain.depth = DEPTH;
        chain.width = width;
        chain.threads = threads;
        chain.setUp();
        return chain;
    }

    /** The first batch is not timed: it wakes the other thread. */
    private static double round(final TickBenchmark chain, final long lengthNs) {
        ticks(chain);
        final long startNs = System.nanoTime();
        long ticks = 0;
        long tookNs;
        do {
            ticks(chain);
            ticks += BATCH;
            tookNs = System.nanoTime() - startNs;
        } while (tookNs < lengthNs);
        return (double) tookNs / ticks;
    }

    private static void ticks(final TickBenchmark chain) {
        for (int i = 0; i < BATCH; i++) {
            chain.tick();
        }
    }
}
