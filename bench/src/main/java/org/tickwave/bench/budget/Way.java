package org.tickwave.bench.budget;

import java.util.List;
import org.tickwave.Balance;
import org.tickwave.Network;
import org.tickwave.Rule;

/**
 * A rule, and for how many ticks a frame is held.
 *
 * @param rule the learning rule
 * @param name why a frame is held so long, such as {@code paper}; the same for all depths
 * @param hold K, in ticks
 */
record Way(Rule rule, String name, int hold) {
    /** The paper's Δt = τ_s/(L-1). */
    static final String PAPER = "paper: L-1";
    /** All frames that meet in an update span so many ticks. */
    static final String SPAN = "span: 2L-1";
    /** In one of the ticks all layers have the true gradient of the frame. */
    static final String EXACT = "exact: 2L";
    /** A new frame in every tick. */
    static final String EVERY_TICK = "every tick: 1";

    /**
     * The ways of a rule on a network.
     *
     * @param holds the holds that the user gave; null for those of the rule
     */
    static List<Way> of(final Rule rule, final List<Integer> holds, final Network network) {
        if (holds != null) {
            return holds.stream().map(hold -> new Way(rule, "given: " + hold, hold)).toList();
        }
        if (!rule.equals(Rule.diffusion())) {
            return List.of(new Way(rule, EVERY_TICK, 1));
        }
        final int latency = network.latency();
        return List.of(new Way(rule, PAPER, Math.max(1, latency - 1)), new Way(rule, SPAN, 2 * latency - 1),
            new Way(rule, EXACT, 2 * latency));
    }

    /** The rule and the name. */
    String title() {
        return rule + ", " + name;
    }

    /** The time that one tick may take. */
    double budgetNs(final double fps) {
        return 1e9 / (fps * hold);
    }

    /** Ticks from the tick that takes a frame to the end of the tick that makes its answer. */
    int answerTicks(final Network network) {
        return network.balance() == Balance.RECURRENT ? hold : network.latency();
    }

    /**
     * Ticks from the tick that takes a frame to the end of the tick in which the first layer learns from the frame. That tick begins
     * 2L-1 ticks after the frame came. Null if the network has cycles: then there is no such tick.
     */
    Integer learntTicks(final Network network) {
        return network.balance() == Balance.RECURRENT ? null : 2 * network.latency();
    }

    /**
     * How long a number of ticks takes, from the moment in which the frame comes to the end of the last one.
     *
     * @param ticks  at least 1
     * @param spread whether ticks are spaced evenly; otherwise all ticks of a frame run at once when the frame comes
     * @param tickNs time of one tick
     */
    double afterNs(final int ticks, final boolean spread, final double fps, final double tickNs) {
        if (spread) {
            return (ticks - 1) * budgetNs(fps) + tickNs;
        }
        final int periods = (ticks - 1) / hold;
        return periods * 1e9 / fps + ((ticks - 1) % hold + 1) * tickNs;
    }
}
