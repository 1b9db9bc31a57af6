package org.tickwave.bench.paper.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.tickwave.Rule;
import org.tickwave.bench.paper.Claim;
import org.tickwave.bench.paper.Figure;
import org.tickwave.bench.paper.Paper;
import org.tickwave.bench.paper.wave.Figures;

/** Runs everything that the command {@code paper} shows. */
public final class Experiments {
    private final Effort effort;
    private final int shift;
    private final Consumer<String> progress;

    /**
     * @param shift    breaks the rule in a test: ticks by which the activation that an error meets is older than the rule says; else 0
     * @param progress gets the name of each experiment before it runs
     */
    public Experiments(final Effort effort, final int shift, final Consumer<String> progress) {
        this.effort = effort;
        this.shift = shift;
        this.progress = progress;
    }

    public Paper run() {
        return new Paper(figures(), claims(), Text.slips(), Text.budgets());
    }

    private List<Figure> figures() {
        final Figures figures = new Figures(effort.levels() - 1, shift, progress);
        final List<Figure> all = new ArrayList<>();
        for (final String rule : effort.rules()) {
            all.addAll(figures.ofThePaper(Rule.parse(rule)));
        }
        all.add(figures.fromOutside());
        all.addAll(figures.beyondChains());
        return all;
    }

    private List<Claim> claims() {
        final ForwardWave forward = new ForwardWave(effort, shift);
        final FastInput fast = new FastInput(effort, shift);
        final OtherGraphs graphs = new OtherGraphs(effort, shift);
        return List.of(
            claim("C1", forward::c1), claim("C2", forward::c2), claim("C3", new ConstantInput(effort, shift)::c3),
            claim("C4", new SlowInput(effort, shift)::c4), claim("C5", fast::c5), claim("C6", fast::c6),
            claim("C7", new Span(effort, shift)::c7), claim("Eq. 6 on balanced graphs", graphs::balanced),
            claim("the aligned rule", new AlignedRule(effort, shift)::aligned), claim("cycles", graphs::cycles),
            claim("cost", new Cost(effort)::cost));
    }

    private Claim claim(final String name, final Supplier<Claim> test) {
        progress.accept(name);
        final Claim claim = test.get();
        return claim.holds() ? claim : new Claim(claim.id(), claim.text(), claim.test(), claim.numbers(),
            "Fallen. Expected, with every number within its bound: " + claim.verdict(), claim.curves());
    }
}
