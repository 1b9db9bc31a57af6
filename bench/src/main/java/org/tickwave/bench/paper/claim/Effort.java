package org.tickwave.bench.paper.claim;

import java.util.List;

/**
 * How much is tried.
 *
 * @param seeds      of weights and signals
 * @param odd        numbers of layers L that are odd
 * @param even       numbers of layers that are even
 * @param slow       numbers of layers that follow slow inputs
 * @param slowSeeds  for slow inputs
 * @param costWidths widths of layers for which the cost of a gradient is counted
 * @param levels     of the figures: layers and the input
 * @param rules      under which the paper's figures are drawn, the paper's first
 */
public record Effort(
    int seeds, List<Integer> odd, List<Integer> even, List<Integer> slow, int slowSeeds, List<Integer> costWidths, int levels, List<String> rules) {
    public static final Effort FULL = new Effort(
        5, List.of(1, 3, 9), List.of(4, 8), List.of(5, 9, 17), 8, List.of(4, 8, 16, 32, 48), 10, List.of("diffusion", "window:9", "aligned"));
    /** For tests. */
    public static final Effort SHORT = new Effort(
        2, List.of(1, 3, 5), List.of(4), List.of(5, 9), 2, List.of(4, 8, 16), 8, List.of("diffusion", "aligned"));
}
