package org.tickwave.bench.paper;

import java.util.List;

/**
 * Everything that the command {@code paper} found.
 *
 * @param figures those of the paper for each rule, the paper's first, and then those beyond chains
 * @param claims  C1 to C7, Eq. 6 on a balanced graph, and the cost of a gradient
 * @param slips   where the paper's text slips, and what was read instead
 * @param budgets of ticks
 */
public record Paper(List<Figure> figures, List<Claim> claims, List<Slip> slips, List<Budget> budgets) {
    /**
     * A slip of the paper's text.
     *
     * @param where   the equation or section
     * @param written what stands there
     * @param read    what was read instead
     */
    public record Slip(String where, String written, String read) {
    }

    /** The claims with a number that does not keep its bound. */
    public List<Claim> fallen() {
        return claims.stream().filter(claim -> !claim.holds()).toList();
    }
}
