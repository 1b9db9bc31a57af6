package org.tickwave.bench.paper.claim;

import java.util.ArrayList;
import java.util.List;
import org.tickwave.bench.paper.Budget;
import org.tickwave.bench.paper.Paper.Slip;

/** What the paper's text says about itself: its slips, and the time that a tick may take. */
final class Text {
    private static final double NS = 1e9;
    private static final int LAYERS = 9;
    private static final List<Integer> RATES = List.of(24, 30, 60, 240);

    private Text() {
    }

    static List<Slip> slips() {
        return List.of(
            new Slip("Eq. 2, last line", "W_{L-1} x_{t,L-1}", "W_{L-1} x_{t+L-1,L-1}"),
            new Slip("Eq. 4 against Eq. 5", "the superscript of the arrow is a layer in one and a number of steps in the other",
                "a number of steps: δ_{t,L} after κ steps is δ_{t+κ,L-κ}"),
            new Slip("Eq. 4", "σ'_l, without a time", "σ' of the layer's own activation in the tick of the error; a fast input makes this matter"),
            new Slip("Eq. 5", "δ_{t,l} meets x_{t,l-1}, though a_{t,l} was made from x_{t-1,l-1}",
                "as written: the rule diffusion has this offset of one tick"),
            new Slip("End of section 2", "Δt = f_v / (L - 1)", "Δt = 1 / (f_v (L - 1))"));
    }

    static List<Budget> budgets() {
        final List<Budget> budgets = new ArrayList<>();
        for (final int rate : RATES) {
            add(budgets, rate, "diffusion, by the paper: 1 / (f (L - 1))", LAYERS - 1);
            add(budgets, rate, "diffusion, by C7: the frames that meet span 2L - 1 ticks", 2 * LAYERS - 1);
            add(budgets, rate, "diffusion, every layer exact in one tick: --hold " + 2 * LAYERS, 2 * LAYERS);
            add(budgets, rate, "aligned, one tick a frame: --hold 1", 1);
            add(budgets, rate, "aligned, --hold 8", 8);
            add(budgets, rate, "aligned, --hold 16", 16);
        }
        return budgets;
    }

    private static void add(final List<Budget> budgets, final int rate, final String way, final int ticksPerFrame) {
        budgets.add(new Budget(rate, LAYERS, way, NS / rate / ticksPerFrame));
    }
}
