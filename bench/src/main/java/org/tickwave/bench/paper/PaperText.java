package org.tickwave.bench.paper;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.tickwave.bench.report.Units;

/** What the command {@code paper} found, as text. */
public final class PaperText {
    private static final int NAME = 9;
    private static final String INDENT = " ".repeat(NAME);

    private PaperText() {
    }

    /** Claims with their numbers and verdicts, slips, and budgets. */
    public static String of(final Paper paper) {
        final List<String> lines = new ArrayList<>();
        for (final Claim claim : paper.claims()) {
            lines.add(named(claim.id()) + claim.text());
            claim.numbers().forEach(number -> lines.add(INDENT + number(number)));
            lines.add(INDENT + claim.verdict());
            lines.add("");
        }
        paper.slips().forEach(slip -> lines.add(named("slip") + slip.where() + ": " + slip.written() + "; read as: " + slip.read()));
        lines.add("");
        budgets(paper.budgets(), lines);
        lines.add("");
        lines.add(named("figures") + paper.figures().stream().map(figure -> figure.id() + " " + figure.rule()).collect(Collectors.joining(", ")));
        return String.join(System.lineSeparator(), lines);
    }

    /** A line for each way, with the budgets at all frame rates. */
    private static void budgets(final List<Budget> budgets, final List<String> lines) {
        final List<Double> rates = budgets.stream().map(Budget::framesPerSecond).distinct().toList();
        lines.add(named("budget") + "of a tick at " + rates.stream().map(Units::number).collect(Collectors.joining(", ")) + " frames/s, L = "
            + budgets.getFirst().layers());
        budgets.stream().map(Budget::way).distinct().forEach(way -> lines.add(INDENT + budgets.stream().filter(budget -> budget.way().equals(way))
            .map(budget -> String.format(Locale.ROOT, "%8s", Units.time(budget.budgetNs()))).collect(Collectors.joining("  ")) + "  " + way));
    }

    private static String named(final String name) {
        return String.format(Locale.ROOT, "%-" + NAME + "s", name);
    }

    /** A number with its name, its bound, and whether it keeps the bound. */
    static String number(final Claim.Measured number) {
        return String.format(Locale.ROOT, "%9s  %s%s", value(number.value()), number.name(),
            number.bound().isEmpty() ? "" : " (" + number.bound() + (number.holds() ? ")" : "; it is not)"));
    }

    /** A number with three digits or so. */
    public static String value(final double value) {
        return Math.abs(value) >= 1e-2 && Math.abs(value) < 1e6 || value == 0
            ? String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.3f", value) : String.format(Locale.ROOT, "%.2g", value);
    }
}
