package org.tickwave.bench.paper;

import java.util.List;
import org.tickwave.bench.page.Curve;

/**
 * A claim of the paper, with what a test of it gave.
 *
 * @param id       C1 to C7, or a short name
 * @param text     the claim, in the paper's words as far as they are short
 * @param test     what was done, in a sentence
 * @param numbers  the numbers of the test
 * @param verdict  in a sentence: whether it holds, and how far
 * @param curves   behind the numbers; may be empty
 */
public record Claim(String id, String text, String test, List<Measured> numbers, String verdict, List<Curve> curves) {
    /**
     * One number of a test, and the bound that decides about it.
     *
     * @param name  what was measured, of which network and rule
     * @param value what came out, the worst or the mean over the seeds as the name says
     * @param bound as text, such as "below 1e-5"; empty if the number decides nothing
     * @param holds whether the value keeps the bound
     */
    public record Measured(String name, double value, String bound, boolean holds) {
    }

    /** Whether every number keeps its bound. */
    public boolean holds() {
        return numbers.stream().allMatch(Measured::holds);
    }
}
