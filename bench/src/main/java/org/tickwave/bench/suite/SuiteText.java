package org.tickwave.bench.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tickwave.bench.forks.Machine;
import org.tickwave.bench.report.Units;

/** What a suite prints: the ratios, the marked figures, and what was not measured. */
final class SuiteText {
    private static final double PERCENT = 100;

    private SuiteText() {
    }

    static String of(final SuiteResult result) {
        final StringBuilder text = new StringBuilder();
        final Machine machine = result.machine();
        text.append("suite    ").append(result.suite()).append(", ").append(result.end().name().toLowerCase(Locale.ROOT)).append(": ")
            .append(result.forks()).append(" forks, ").append(result.rounds()).append(" of ").append(result.roundsPlanned()).append(" rounds\n");
        text.append("machine  ").append(machine.cpu()).append(", ").append(machine.processors()).append(" processors, ").append(machine.system()).append('\n');
        text.append("jdk      ").append(machine.jdk()).append(' ').append(String.join(" ", machine.flags())).append('\n');
        if (!result.ratios().isEmpty()) {
            text.append("\ntime of the other divided by ours: that of the best iterations; of the rounds the median and the interval; above 1 ours is faster\n");
            table(text, result.ratios());
        }
        result.figures().stream().filter(SuiteResult.FigureJson::marked).forEach(figure -> text.append(String.format(Locale.ROOT,
            "\nmarked: %s: the forks disagree by %.0f %%", name(figure.group(), figure.axis(), figure.x()) + ", " + figure.series(),
            figure.spread().disagreement() * PERCENT)));
        result.skipped().forEach(each -> text.append("\nskipped: ").append(each));
        result.refused().forEach(each -> text.append("\nrefused: ").append(each));
        return text.append(text.charAt(text.length() - 1) == '\n' ? "" : "\n").toString();
    }

    /** The group, and the place in it. */
    static String name(final String group, final String axis, final Double x) {
        return group + (x == null ? "" : " " + axis + "=" + Units.number(x));
    }

    /** How a verdict reads: it is on ours. */
    static String verdict(final SuiteResult.RatioJson ratio) {
        return switch (ratio.verdict()) {
            case FASTER -> "ours is faster";
            case SLOWER -> "ours is slower";
            case NONE -> "no verdict";
        };
    }

    private static void table(final StringBuilder text, final List<SuiteResult.RatioJson> ratios) {
        final List<List<String>> rows = new ArrayList<>();
        for (final SuiteResult.RatioJson ratio : ratios) {
            rows.add(List.of(name(ratio.group(), ratio.axis(), ratio.x()), ratio.ours(), ratio.role() + " " + ratio.other(),
                number(ratio.bestRatio()), number(ratio.spread().median()), number(ratio.spread().low()) + ".." + number(ratio.spread().high()), verdict(ratio)));
        }
        for (final List<String> row : rows) {
            final StringBuilder line = new StringBuilder();
            for (int c = 0; c < row.size(); c++) {
                final int column = c;
                final int width = rows.stream().mapToInt(each -> each.get(column).length()).max().orElse(0);
                line.append(row.get(c)).repeat(' ', width - row.get(c).length() + 2);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
    }

    static String number(final double ratio) {
        return String.format(Locale.ROOT, "%.2f", ratio);
    }
}
