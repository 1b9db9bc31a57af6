package org.tickwave.bench.setup;

import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Network;
import org.tickwave.bench.report.Threads;
import org.tickwave.bench.report.Units;
import org.tickwave.kernel.Lanes;
import org.tickwave.layout.Delays;
import org.tickwave.layout.Geometry;
import org.tickwave.pipeline.Cut;

/** How many threads a run gets, and why. */
final class ThreadChoice {
    /** A live run that needs so little of its budget would only keep more cores awake. */
    private static final double IDLE_SHARE = .1;

    private final Network network;
    private final Geometry geometry;

    private ThreadChoice(final Network network) {
        this.network = network;
        final int[] widths = new int[network.layers() + 1];
        for (int l = 0; l < widths.length; l++) {
            widths[l] = network.width(l);
        }
        geometry = new Geometry(Lanes.LANES, widths, Delays.none(network.layers()), 0);
    }

    /**
     * @param budgetNs that a tick has; infinite where nothing paces it
     * @throws IllegalArgumentException if the context's rule does not fit the network
     */
    static Threads of(final RunOptions options, final double budgetNs, final Network network, final Context context) {
        final ThreadChoice choice = new ThreadChoice(network);
        final int processors = Runtime.getRuntime().availableProcessors();
        final int asked = options.threads();
        final int count;
        final String why;
        if (asked > network.layers()) {
            count = network.layers();
            why = choice.layers() + " as many bands as there can be; " + asked + " threads were asked for";
        } else if (asked > 0) {
            count = asked;
            why = null;
        } else if (options.live() && choice.tickNs(1) < IDLE_SHARE * budgetNs) {
            count = 1;
            why = "one thread needs some " + Units.time(choice.tickNs(1)) + " of the " + Units.time(budgetNs) + " there are";
        } else {
            count = Engine.suggestedThreads(network, context);
            why = count > 1 ? choice.gain(count) : choice.noGain(processors);
        }
        return new Threads(count, why, options.idle().option(), processors);
    }

    private double tickNs(final int threads) {
        return Cut.into(geometry, threads, Cut.CACHE_BYTES).tickNs();
    }

    private String layers() {
        return network.layers() == 1 ? "the one layer is" : "the " + network.layers() + " layers are";
    }

    private String gain(final int count) {
        return "a tick takes some " + Units.time(tickNs(1)) + " on one thread, " + Units.time(tickNs(count)) + " on " + count;
    }

    private String noGain(final int processors) {
        if (processors == 1) {
            return "there is one processor";
        }
        if (network.layers() == 1) {
            return "the one layer is never split";
        }
        return "a tick takes some " + Units.time(tickNs(1)) + ", a hand-shake would cost more than it gains";
    }
}
