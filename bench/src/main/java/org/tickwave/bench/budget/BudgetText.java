package org.tickwave.bench.budget;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.tickwave.bench.budget.BudgetReport.Answer;
import org.tickwave.bench.budget.BudgetReport.Cell;
import org.tickwave.bench.budget.BudgetReport.Live;
import org.tickwave.bench.budget.BudgetReport.Model;
import org.tickwave.bench.budget.BudgetReport.Size;
import org.tickwave.bench.budget.BudgetReport.Timed;
import org.tickwave.bench.report.Units;

/** What the command {@code budget} found, as text. */
public final class BudgetText {
    /** With more networks than this, the text shows the frontier alone. */
    private static final int MOST_NETWORKS = 6;

    private BudgetText() {
    }

    public static String of(final BudgetReport report) {
        final List<String> lines = new ArrayList<>();
        lines.add("machine   " + report.machine().processors() + " processors, lanes of " + report.machine().lanes() + " bits, "
            + report.machine().jvm() + ", " + report.machine().system());
        lines.add("fits      " + fits(report));
        lines.add("measured  " + measured(report.measured()));
        report.models().forEach(model -> lines.add("model     " + model(model)));
        final boolean few = report.cells().stream().map(Cell::network).distinct().count() <= MOST_NETWORKS;
        for (final double fps : report.answers().stream().map(Answer::fps).distinct().toList()) {
            lines.add("");
            lines.add(fps(fps) + " frames/s");
            for (final Answer answer : report.answers()) {
                if (answer.fps() == fps) {
                    lines.add("  " + answer(answer));
                    if (few) {
                        report.cells().stream().filter(cell -> cell.fps() == fps && cell.title().equals(answer.title()))
                            .forEach(cell -> lines.add("    " + cell(cell)));
                    }
                }
            }
        }
        if (report.live() != null) {
            lines.add("");
            lines.add("live      " + live(report.live()));
        }
        return String.join(System.lineSeparator(), lines);
    }

    static String fits(final BudgetReport report) {
        return (report.clock().equals("spread") ? "if one tick in 10,000 needs at most " + Units.percent(report.share()) + " of its budget"
            : "if the ticks of a frame, one of them as slow as one in 10,000, need at most " + Units.percent(report.share())
                + " of the time between two frames") + " (clock " + report.clock() + ")";
    }

    static String measured(final List<Timed> measured) {
        return Units.count(measured.stream().mapToLong(Timed::ticks).sum()) + " ticks of "
            + measured.stream().map(Timed::network).distinct().collect(Collectors.joining(", "));
    }

    static String model(final Model model) {
        final String knees = model.knees().isEmpty() ? "no knee"
            : model.knees().stream().map(knee -> "a knee at " + Units.bytes((long) knee.bytes()) + " of weights a thread")
                .collect(Collectors.joining(", "));
        final String error = Double.isNaN(model.medianError()) ? "too few points to tell its error"
            : "predicts points that were held back within " + Units.percent(model.medianError()) + " in the median, "
                + Units.percent(model.worstError()) + " at worst";
        return model.rule() + ": " + String.format(Locale.ROOT, "%.0f ns + %.0f ns a layer + %.3f ns a number + %.4f ns a multiply-add",
            model.baseNs(), model.layerNs(), model.numberNs(), model.multiplyAddNs())
            + (model.handshakeNs() > 0 ? " + " + Units.time(model.handshakeNs()) + " with several threads" : "") + "; " + knees + "; " + error;
    }

    static String answer(final Answer answer) {
        final String hold = answer.largestHold() == null ? "not even one tick a frame fits"
            : "a frame may be held for up to " + Units.count(answer.largestHold().hold()) + " ticks"
                + " (" + answer.largestHold().network() + ")";
        return answer.title() + ": " + (answer.widest() == null ? "" : "widest " + size(answer.widest()) + ", deepest " + size(answer.deepest()) + "; ")
            + hold;
    }

    private static String size(final Size size) {
        return size == null ? "none" : size.toString();
    }

    private static String cell(final Cell cell) {
        if (cell.judged() == Verdict.NO_MEMORY) {
            return cell.network() + ": needs " + (cell.imageBytes() == Long.MAX_VALUE ? "more memory than any machine has"
                : Units.bytes(cell.imageBytes()) + " of memory, more than there is");
        }
        return String.format(Locale.ROOT, "%s: hold %d, budget %s, tick %s p50, %s p99, %s p99.99%s; %s, %s times the time it needs; answer after %s%s",
            cell.network(), cell.hold(), Units.time(cell.budgetNs()), Units.time(cell.p50Ns()), Units.time(cell.p99Ns()),
            Units.time(cell.p9999Ns()), cell.measured() ? "" : cell.extrapolated() ? " (extrapolated)" : " (by the model)", cell.judged().words(),
            number(cell.headroom()), Units.time(cell.answerNs()),
            Double.isNaN(cell.learntNs()) ? "" : ", learnt after " + Units.time(cell.learntNs()));
    }

    /** A ratio with two digits or more. */
    static String number(final double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.0f", value);
    }

    static String fps(final double fps) {
        return Units.number(fps);
    }

    static String live(final Live live) {
        return String.format(Locale.ROOT, "%s, %s, hold %d at %s frames/s: %,d of %,d frames late, beside %,d of %,d of an empty loop; "
            + "tick %s p50 (expected %s), %s p99, %s p99.99, %s max", live.network(), live.rule(), live.hold(), fps(live.fps()), live.lateFrames(),
            live.frames(), live.emptyLateFrames(), live.emptyFrames(), Units.time(live.p50Ns()), Units.time(live.predictedP50Ns()),
            Units.time(live.p99Ns()), Units.time(live.p9999Ns()), Units.time(live.maxNs()));
    }
}
