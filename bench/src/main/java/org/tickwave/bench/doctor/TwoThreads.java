package org.tickwave.bench.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.tickwave.bench.jmh.TickBenchmark;

/**
 * From what tick on two threads win.
 *
 * @param fromTickNs the shortest tick, on one thread, from which on two are faster; null for none of them
 * @param ticks      what was measured, from the shortest on
 */
record TwoThreads(Double fromTickNs, List<Tick> ticks) {
    private static final int DEPTH = 10;
    /** Short, so that some of them are undisturbed. */
    private static final long ROUND_NS = 4_000_000;
    private static final int FIRST_PART = 5;
    /** Ticks between two looks at the clock. */
    private static final int BATCH = 16;
    /** Less is chance. */
    private static final double FASTER = .97;

    /**
     * A tick, the best of some rounds.
     *
     * @param network its widths
     * @param oneNs   on one thread
     * @param twoNs   on two
     */
    record Tick(String network, double oneNs, double twoNs) {
    }

    /** Null on one processor. */
    static TwoThreads measure(final int processors, final Durations effort, final Consumer<String> progress) {
        if (processors < 2) {
            return null;
        }
        final List<Tick> ticks = new ArrayList<>();
        for (final int width : effort.chains()) {
            final String network = DEPTH + " x " + width;
            progress.accept("ticks of " + network + ", on one thread and on two");
            ticks.add(tick(network, width, effort.tickNs()));
        }
        return of(ticks);
    }

    static TwoThreads of(final List<Tick> ticks) {
        Double from = null;
        for (int i = ticks.size() - 1; i >= 0 && ticks.get(i).twoNs < FASTER * ticks.get(i).oneNs; i--) {
            from = ticks.get(i).oneNs;
        }
        return new TwoThreads(from, List.copyOf(ticks));
    }

    /** The two in turn, so that both meet whatever else the machine does. */
    private static Tick tick(final String network, final int width, final long lengthNs) {
        final TickBenchmark one = chain(width, 1);
        final TickBenchmark two = chain(width, 2);
        double oneNs = Double.POSITIVE_INFINITY;
        double twoNs = Double.POSITIVE_INFINITY;
        round(one, lengthNs / FIRST_PART);
        round(two, lengthNs / FIRST_PART);
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

    /** The first ticks wake the other thread up. */
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
