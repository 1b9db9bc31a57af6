package org.tickwave.bench.setup;

import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Network;
import org.tickwave.bench.report.Threads;
import org.tickwave.bench.report.Units;
import org.tickwave.kernel.Lanes;
import org.tickwave.layout.Geometry;
import org.tickwave.pipeline.Cut;

/** Chooses the number of threads of a run, and gives the reason. */
final class ThreadChoice {
    /** Below this share of the budget, a second thread would only keep another core awake. */
    private static final double IDLE_SHARE = .1;

    private final Network network;
    private final Geometry geometry;

    private ThreadChoice(final Network network) {
        this.network = network;
        geometry = HoldChoice.geometry(network, Lanes.LANES);
    }

    /**
     * @param budgetNs budget of a tick; infinite if ticks are not paced
     * @throws IllegalArgumentException if the context's rule does not fit the network
     */
    static Threads of(final RunOptions options, final double budgetNs, final Network network, final Context context) {
        final ThreadChoice choice = new ThreadChoice(network);
        final int processors = Runtime.getRuntime().availableProcessors();
        final int requested = options.threads();
        final int count;
        final String why;
        if (requested > network.layers()) {
            count = network.layers();
            why = choice.layers() + "; " + requested + " threads were requested";
        } else if (requested > 0) {
            count = requested;
            why = null;
        } else if (options.live() && choice.tickNs(1) < IDLE_SHARE * budgetNs) {
            count = 1;
            why = "one thread uses " + Units.time(choice.tickNs(1)) + " of the " + Units.time(budgetNs) + " budget";
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
        return network.layers() == 1 ? "1 layer makes 1 band" : network.layers() + " layers make at most " + network.layers() + " bands";
    }

    private String gain(final int count) {
        return "a tick takes about " + Units.time(tickNs(1)) + " on 1 thread, " + Units.time(tickNs(count)) + " on " + count;
    }

    private String noGain(final int processors) {
        if (processors == 1) {
            return "only one processor is available";
        }
        if (network.layers() == 1) {
            return "a layer is never split, and the network has one layer";
        }
        return "a tick takes about " + Units.time(tickNs(1)) + ", too short for a second thread to pay for its hand-shake";
    }
}
