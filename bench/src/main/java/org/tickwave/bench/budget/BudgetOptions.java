package org.tickwave.bench.budget;

import java.util.List;
import org.tickwave.Rule;
import org.tickwave.bench.session.Idle;

/**
 * What is asked.
 *
 * @param fps         frames a second, each a question of its own
 * @param depths      L of the chains, rising; null with a network from a file
 * @param widths      of the chains, rising; null with a network from a file
 * @param file        the network from a file; null for chains
 * @param rules       the learning rules
 * @param holds       the holds to judge; null for those that the rules need
 * @param spread      whether ticks are spaced evenly; otherwise the ticks of a frame run at once
 * @param share       of the budget that a tick may need to fit
 * @param threads     of an engine; 0 for as many as the engine suggests
 * @param idle        how threads wait
 * @param seconds     how long to measure
 * @param liveSeconds how long to drive the winner; 0 not to
 */
public record BudgetOptions(
    List<Double> fps, List<Integer> depths, List<Integer> widths, Subject file, List<Rule> rules, List<Integer> holds, boolean spread,
    double share, int threads, Idle idle, double seconds, double liveSeconds) {
    /** The name of the clock. */
    String clock() {
        return spread ? "spread" : "burst";
    }
}
