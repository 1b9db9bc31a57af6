package org.tickwave.bench.budget;

import java.util.ArrayList;
import java.util.List;
import org.tickwave.Rule;
import org.tickwave.bench.budget.BudgetReport.Live;
import org.tickwave.bench.session.Idle;

/** Reports from made measurements: a tick takes a nanosecond for each weight, and a slow tick ten microseconds longer. */
public final class MadeBudget {
    static final double SLOW_NS = 10_000;
    static final long MEMORY = 1L << 28;

    private MadeBudget() {
    }

    static BudgetOptions options(final List<Double> fps, final List<Integer> depths, final List<Integer> widths, final boolean spread) {
        return new BudgetOptions(fps, depths, widths, null, List.of(Rule.diffusion(), Rule.aligned()), null, spread, .5, 1, Idle.YIELD, 1, 0);
    }

    static List<Measured> measured(final BudgetOptions options, final List<Integer> depths, final List<Integer> widths) {
        final List<Measured> measured = new ArrayList<>();
        for (final Rule rule : options.rules()) {
            for (final int depth : depths) {
                for (final int width : widths) {
                    measured.add(measured(Subject.chain(depth, width), rule));
                }
            }
        }
        return measured;
    }

    static Measured measured(final Subject subject, final Rule rule) {
        final double p50Ns = subject.weights();
        return new Measured(subject, rule, 1, 20_000, new Times(p50Ns, p50Ns + 100, p50Ns + SLOW_NS));
    }

    /** A report of chains, all of them measured but one. */
    static BudgetReport report() {
        final BudgetOptions options = options(List.of(100., 1_000.), List.of(2, 4, 8), List.of(64, 128, 256), false);
        final List<Measured> measured = new ArrayList<>(measured(options, options.depths(), options.widths()));
        measured.removeIf(of -> of.subject().name().equals("4 x 128"));
        return new Budget(options, MEMORY, _ -> { }).judge(measured)
            .with(new Live(1_000, "4 x 64", "diffusion", Way.PAPER, 3, 1, "yield", 2, 2_000, 3, 2_000, 1, 10, 16_384, 17_000, 18_000, 30_000, 31_000));
    }

    /** A report in which all is null that can be null. */
    static BudgetReport reportOfLittle() {
        final BudgetOptions options = options(List.of(1_000.), List.of(1, 1_024), List.of(4_096), false);
        return new Budget(options, MEMORY, _ -> { }).judge(measured(options, List.of(1), List.of(4_096)));
    }

    public static String json() {
        return BudgetJson.of(report());
    }

    /** Of networks whose weights leave a cache. */
    public static String jsonWithAKnee() {
        final BudgetOptions options = options(List.of(100.), List.of(2, 4, 8), List.of(64, 128, 256), false);
        return BudgetJson.of(new Budget(options, MEMORY, _ -> { }).judge(measured(options, options.depths(), options.widths()).stream().map(of -> {
            final double p50Ns = of.times().p50Ns() + Math.max(0, 4 * of.subject().weights() - (1 << 19));
            return new Measured(of.subject(), of.rule(), 1, 20_000, new Times(p50Ns, p50Ns, p50Ns));
        }).toList()));
    }

    public static String jsonOfLittle() {
        return BudgetJson.of(reportOfLittle());
    }
}
