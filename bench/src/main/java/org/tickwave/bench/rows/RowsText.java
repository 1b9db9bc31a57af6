package org.tickwave.bench.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.tickwave.bench.forks.Machine;
import org.tickwave.bench.report.Units;

/** Prints a comparison of learners. */
final class RowsText {
    private static final List<String> HEADER =
        List.of("learner", "best us/row", "median us/row", "accuracy", "kappa", "B/row", "from");
    private static final int HUNDRED = 100;

    private RowsText() {
    }

    static String of(final RowsResult result) {
        final Machine machine = result.machine();
        final StringBuilder text = new StringBuilder();
        text.append("tables   ").append(result.end().name().toLowerCase(Locale.ROOT)).append('\n');
        text.append("machine  ").append(machine.cpu()).append(", ").append(machine.processors()).append(" processors, ").append(machine.system()).append('\n');
        text.append("jdk      ").append(machine.jdk()).append(' ').append(String.join(" ", machine.flags())).append('\n');
        result.tables().forEach(table -> append(text, table));
        if (result.tables().stream().flatMap(table -> table.learners().stream()).anyMatch(each -> each.usPerRow().marked())) {
            text.append(String.format(Locale.ROOT, "\n! the rounds disagree by more than %.0f %%\n", result.mark() * HUNDRED));
        }
        if (!result.tables().isEmpty()) {
            text.append("\n* no other learner is both as accurate and as fast\n");
        }
        result.leftOut().forEach(each -> text.append('\n').append(each).append('\n'));
        return text.toString();
    }

    private static void append(final StringBuilder text, final TableResult table) {
        text.append('\n').append(table.name()).append(": ").append(counted(table.rows(), "row")).append(", ")
            .append(counted(table.columns(), "column"))
            .append(table.nominalColumns() == 0 ? "" : ", " + table.nominalColumns() + " of them nominal").append(", ")
            .append(counted(table.labels(), "label")).append("; ").append(counted(table.rounds(), "round")).append('\n');
        final List<List<String>> rows = new ArrayList<>(List.of(HEADER));
        for (final LearnerResult each : table.learners()) {
            final Timing us = each.usPerRow();
            rows.add(List.of((each.unbeaten() ? "* " : "  ") + each.name(), us(us.best()), us(us.median()) + (us.marked() ? " !" : ""),
                share(each.accuracy()), each.kappa() == null ? "-" : share(each.kappa()), Units.count(Math.round(each.allocatedBytesPerRow())),
                each.source()));
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
        text.append(table.findings().stream().map(each -> "- " + each + '\n').collect(Collectors.joining()));
    }

    private static String counted(final int count, final String what) {
        return Units.count(count) + " " + what + (count == 1 ? "" : "s");
    }

    private static String share(final double share) {
        return String.format(Locale.ROOT, "%.4f", share);
    }

    /** Microseconds with three digits, about. */
    static String us(final double us) {
        return String.format(Locale.ROOT, us < 1 ? "%.3f" : us < 10 ? "%.2f" : us < HUNDRED ? "%.1f" : "%,.0f", us);
    }
}
