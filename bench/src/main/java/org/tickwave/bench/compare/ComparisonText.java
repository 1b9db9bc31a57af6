package org.tickwave.bench.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tickwave.bench.forks.End;
import org.tickwave.bench.forks.Machine;
import org.tickwave.bench.forks.Spread;
import org.tickwave.bench.report.Units;

/** Formats a comparison for a user. */
final class ComparisonText {
    private static final List<String> HEAD = List.of("benchmark", "mode", "unit", "base best", "median", "interval", "new best", "median", "interval",
        "best", "median", "verdict");
    private static final double THOUSAND = 1e3;
    private static final double HUNDRED = 100;
    private static final double TEN = 10;

    private final Comparison comparison;

    ComparisonText(final Comparison comparison) {
        this.comparison = comparison;
    }

    String text() {
        final StringBuilder text = new StringBuilder();
        final Machine machine = comparison.machine();
        line(text, "machine", machine.cpu() + ", " + machine.processors() + " processors, " + machine.system());
        line(text, "jdk", machine.jdk() + " " + String.join(" ", machine.flags()));
        line(text, "base", comparison.base().toString());
        line(text, "new", comparison.other().toString());
        line(text, "forks", forks());
        if (!comparison.rows().isEmpty()) {
            text.append('\n');
            table(text);
        }
        if (!comparison.assumed().isEmpty() || !comparison.notCompared().isEmpty()) {
            text.append('\n');
            comparison.assumed().forEach(each -> text.append(each).append('\n'));
            comparison.notCompared().forEach(each -> text.append(each).append('\n'));
        }
        return text.toString();
    }

    private static void line(final StringBuilder text, final String label, final String value) {
        text.append(String.format(Locale.ROOT, "%-8s %s%n", label, value));
    }

    private String forks() {
        final String asked = comparison.forks() + " of each side";
        if (comparison.end() != End.DONE) {
            return asked + (comparison.end() == End.FAILED ? ", but a fork failed" : ", but interrupted") + ": fewer have run";
        }
        final int out = Spread.leftOut(comparison.forks());
        return asked + ", taking turns; the interval, " + (out == 0 ? "minimum to maximum" : "without " + out + " at each end")
            + ", holds the median of all possible forks with " + Units.percent(Spread.confidence(comparison.forks(), out));
    }

    private void table(final StringBuilder text) {
        final List<List<String>> lines = new ArrayList<>(List.of(HEAD));
        for (final Row row : comparison.rows()) {
            lines.add(List.of(
                row.combination().toString(), row.mode(), row.unit(), number(row.base().best()), number(row.base().median()), interval(row.base()),
                number(row.other().best()), number(row.other().median()), interval(row.other()), percent(row.bestRatio()),
                percent(row.medianRatio()), row.verdict().toString()));
            row.secondary().forEach(metric -> lines.add(List.of(
                "  " + metric.name(), "", metric.unit(), number(metric.base().best()), number(metric.base().median()), interval(metric.base()),
                number(metric.other().best()), number(metric.other().median()), interval(metric.other()), "", percent(metric.medianRatio()), "")));
        }
        final int[] widths = new int[HEAD.size()];
        lines.forEach(line -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        });
        for (final List<String> line : lines) {
            final StringBuilder padded = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                final boolean left = i < 3 || i == widths.length - 1;
                padded.append(i == 0 ? "" : "  ").append(String.format(Locale.ROOT, "%" + (left ? "-" : "") + widths[i] + "s", line.get(i)));
            }
            text.append(padded.toString().stripTrailing()).append('\n');
        }
    }

    private static String interval(final Spread spread) {
        return number(spread.low()) + ".." + number(spread.high());
    }

    private static String percent(final Double ratio) {
        return ratio == null ? "-" : String.format(Locale.ROOT, "%.1f %%", ratio * HUNDRED);
    }

    /** Four significant digits. */
    static String number(final double value) {
        final double size = Math.abs(value);
        final String format = size == 0 ? "%.0f" : size >= THOUSAND ? "%,.0f" : size >= HUNDRED ? "%.1f" : size >= TEN ? "%.2f" : size >= 1 ? "%.3f" : "%.3g";
        return String.format(Locale.ROOT, format, value);
    }
}
