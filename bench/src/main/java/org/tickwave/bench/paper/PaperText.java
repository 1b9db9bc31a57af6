package org.tickwave.bench.paper;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tickwave.bench.report.Units;

/** What the command {@code paper} found, as text. */
public final class PaperText {
    private static final int NAME = 9;
    private static final String INDENT = " ".repeat(NAME);
    private static final String ABOVE = "above ";
    /** What numbers of one kind differ in. */
    private static final Pattern VARIED = Pattern.compile(",? (L|l_s|growth|targets times)( =)? [0-9.]+");

    private PaperText() {
    }

    /** Claims with their verdicts and the worst of each kind of number that decides, and budgets. Some sixty lines. */
    public static String of(final Paper paper) {
        final List<String> lines = new ArrayList<>();
        for (final Claim claim : paper.claims()) {
            lines.add(named(claim.id()) + (claim.holds() ? claim.verdict().replaceAll("\\. .*", ".") : claim.verdict()));
            kinds(claim).forEach(kind -> lines.add(INDENT + number(kind)));
        }
        budgets(paper.budgets(), lines);
        lines.add("");
        lines.add(named("figures") + paper.figures().stream().map(figure -> figure.id() + " " + figure.rule()).collect(Collectors.joining(", ")));
        lines.add(named("more") + "all " + paper.claims().stream().mapToInt(claim -> claim.numbers().size()).sum() + " numbers and "
            + paper.slips().size() + " slips of the paper's text: on the page that --out writes, and with --json");
        return String.join(System.lineSeparator(), lines);
    }

    /** The numbers that decide about a claim, those together whose names differ in nothing but L and the like. */
    private static Collection<List<Claim.Measured>> kinds(final Claim claim) {
        return claim.numbers().stream().filter(number -> !number.bound().isEmpty())
            .collect(Collectors.groupingBy(number -> VARIED.matcher(number.name()).replaceAll(""), LinkedHashMap::new, Collectors.toList())).values();
    }

    /** The number of a kind that keeps its bound least. */
    private static Claim.Measured worst(final List<Claim.Measured> kind) {
        final Comparator<Claim.Measured> byValue = Comparator.comparingDouble(Claim.Measured::value);
        return kind.stream().max(Comparator.comparing((final Claim.Measured number) -> !number.holds())
            .thenComparing(kind.getFirst().bound().startsWith(ABOVE) ? byValue.reversed() : byValue)).orElseThrow();
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

    /** The worst number of a kind with its name, its bound, and whether it keeps the bound. */
    static String number(final List<Claim.Measured> kind) {
        final Claim.Measured worst = worst(kind);
        final long off = kind.stream().filter(number -> !number.holds()).count();
        return String.format(Locale.ROOT, "%9s  %s (%s%s%s)", value(worst.value()), worst.name(), worst.bound(),
            kind.size() == 1 ? "" : off == 0 ? ", the worst of " + kind.size() : ", the worst of " + off + " that are off, of " + kind.size(),
            worst.holds() ? "" : "; it is not");
    }

    /** A number with three digits or so. */
    public static String value(final double value) {
        return Math.abs(value) >= 1e-2 && Math.abs(value) < 1e6 || value == 0
            ? String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.3f", value) : String.format(Locale.ROOT, "%.2g", value);
    }
}
