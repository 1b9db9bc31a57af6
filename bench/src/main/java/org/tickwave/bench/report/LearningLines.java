package org.tickwave.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tickwave.bench.score.ChangeScores;
import org.tickwave.bench.score.ClassScores;
import org.tickwave.bench.score.Measure;
import org.tickwave.bench.score.Models;
import org.tickwave.bench.score.Predictor;
import org.tickwave.bench.score.RowScores;
import org.tickwave.bench.score.Series;
import org.tickwave.bench.score.SeveralScores;
import org.tickwave.bench.stream.Printable;

/** The lines of the summary about the result of learning. */
final class LearningLines {
    private static final int COLUMNS = 110;

    private final List<String> lines = new ArrayList<>();

    private LearningLines() {
    }

    static List<String> lines(final Report report) {
        final LearningLines learning = new LearningLines();
        final boolean compares = !report.references().isEmpty();
        final Measure scores = report.scores();
        switch (scores) {
            case final ChangeScores changes -> learning.changes(changes, compares);
            case final ClassScores classes -> learning.classes(classes, compares);
            case final RowScores rows -> learning.rows(rows, (RowScores) report.taughtBeforeAnswer(), compares);
            case final SeveralScores several -> learning.several(several, compares);
        }
        if (compares && scores.enough()) {
            learning.linear(report);
        }
        if (scores instanceof final ClassScores classes && scores.enough()) {
            learning.eachClass(classes);
        }
        return learning.lines;
    }

    private void line(final String label, final String format, final Object... values) {
        lines.add(Summary.aligned(label, format, values));
    }

    private void changes(final ChangeScores scores, final boolean compares) {
        final Series losses = scores.losses();
        if (!scores.enough()) {
            line("learnt", "no result: %d frames with a target were answered, expected at least 4", losses.count());
            return;
        }
        final double last = losses.lastQuarter(Models.NETWORK);
        final double noChange = losses.lastQuarter(scores.noChange());
        line("learnt", "loss %.4g in the last quarter (first: %.4g), %s", last,
            losses.firstQuarter(Models.NETWORK), comparison(last / noChange, noChange));
        if (compares) {
            final double backprop = losses.lastQuarter(Models.BACKPROP);
            line("backprop", "sequential, same pairs: loss %.4g in the last quarter%s", backprop,
                ratio("; tickwave's loss is %.2f times that", last, backprop));
        }
    }

    /** The sum of all outputs, and a line for each output. */
    private void several(final SeveralScores scores, final boolean compares) {
        final Series losses = scores.losses();
        if (!scores.enough()) {
            line("learnt", "no result: %d frames with a target were answered, too few to score", losses.count());
            return;
        }
        final double last = losses.lastQuarter(Models.NETWORK);
        line("learnt", "loss %.4g in the last quarter (first: %.4g), the sum of %d outputs%s", last, losses.firstQuarter(Models.NETWORK),
            scores.outputs().size(), scores.ofChanges() ? ", " + comparison(last / losses.lastQuarter(scores.noChange()),
                losses.lastQuarter(scores.noChange())) : "");
        for (final SeveralScores.Output output : scores.outputs()) {
            line("output", "%s: %s", output.name(), result(output.measure(), Models.NETWORK));
            if (compares) {
                line("", "sequential backprop, same pairs: %s", result(output.measure(), Models.BACKPROP));
            }
        }
    }

    private static String result(final Measure measure, final int model) {
        final double loss = measure.losses().lastQuarter(model);
        return String.format(Locale.ROOT, "loss %.4g in the last quarter", loss) + switch (measure) {
            case final ChangeScores changes -> ", " + comparison(loss / changes.losses().lastQuarter(changes.noChange()),
                changes.losses().lastQuarter(changes.noChange()));
            case final ClassScores classes -> String.format(Locale.ROOT, ", right on %s of held-out recordings (commonest label: %s)",
                percent(classes.recordingAccuracy(Predictor.values()[model])), percent(classes.recordingAccuracy(Predictor.COMMONEST)));
            case final RowScores rows -> String.format(Locale.ROOT, ", right on %s of all rows (commonest label: %s)",
                percent(rows.accuracy(model)), percent(rows.accuracy(rows.commonestLabel())));
            case final SeveralScores _ -> "";
        };
    }

    /** @param ratio the network's loss divided by that of predicting no change */
    private static String comparison(final double ratio, final double noChange) {
        if (!(ratio < Double.POSITIVE_INFINITY)) {
            return "but the stream does not change";
        }
        final String baseline = String.format(Locale.ROOT, "the loss of predicting no change (%.4g)", noChange);
        if (ratio < 1) {
            return String.format(Locale.ROOT, ratio < .01 ? "%.2f %% of %s" : "%.0f %% of %s", ratio * 100, baseline);
        }
        return (ratio < 1e3 ? String.format(Locale.ROOT, "%.1f", ratio) : "over 1,000") + " times " + baseline + ": nothing learnt";
    }

    /** The ratio of two numbers in words; empty if the ratio is not finite. */
    private static String ratio(final String format, final double number, final double reference) {
        final double ratio = number / reference;
        return Double.isFinite(ratio) ? String.format(Locale.ROOT, format, ratio) : "";
    }

    private void classes(final ClassScores scores, final boolean compares) {
        if (!scores.enough()) {
            line("learnt", "no result: no held-out recording ended in the second half of a pass");
            return;
        }
        line("learnt", "right on %s of %s held-out recordings and %s of %s held-out frames in the second half%s",
            percent(scores.recordingAccuracy(Predictor.NETWORK)), Units.count(scores.recordings()),
            percent(scores.frameAccuracy(Predictor.NETWORK)), Units.count(scores.frames()),
            scores.gained() ? "" : ": no better than the commonest label");
        line("baselines", "commonest label %s (%s of frames), previous label %s (%s of frames)",
            percent(scores.recordingAccuracy(Predictor.COMMONEST)), percent(scores.frameAccuracy(Predictor.COMMONEST)),
            percent(scores.recordingAccuracy(Predictor.LAST)), percent(scores.frameAccuracy(Predictor.LAST)));
        if (compares) {
            line("backprop", "sequential, same frames: right on %s of recordings and %s of frames%s",
                percent(scores.recordingAccuracy(Predictor.BACKPROP)), percent(scores.frameAccuracy(Predictor.BACKPROP)),
                ratio("; tickwave is right on %.2f times as many recordings", scores.recordingAccuracy(Predictor.NETWORK),
                    scores.recordingAccuracy(Predictor.BACKPROP)));
        }
    }

    /** @param taughtBefore scores of the waves' answers, which were taught before they came; null if these are the scores */
    private void rows(final RowScores scores, final RowScores taughtBefore, final boolean compares) {
        if (!scores.enough()) {
            final long count = scores.losses().count();
            line("learnt", "no result: %s with a label %s answered, expected at least 4",
                count == 0 ? "no row" : count == 1 ? "1 row" : count + " rows", count < 2 ? "was" : "were");
            return;
        }
        line("learnt", "right on %s of %s rows, and on %s of the last quarter%s", percent(scores.accuracy(Models.NETWORK)),
            Units.count(scores.losses().count()), percent(scores.lastQuarter(Models.NETWORK)),
            scores.gained() ? "" : ": no better than the baselines");
        if (taughtBefore != null) {
            line("wave", "its answers come after their labels were taught, and are right on %s; the line above is of the answers before that",
                percent(taughtBefore.accuracy(Models.NETWORK)));
        }
        line("baselines", "last label %s of all rows, commonest label %s", percent(scores.accuracy(scores.lastLabel())),
            percent(scores.accuracy(scores.commonestLabel())));
        if (compares) {
            line("backprop", "sequential, same rows: right on %s of all rows, and on %s of the last quarter",
                percent(scores.accuracy(Models.BACKPROP)), percent(scores.lastQuarter(Models.BACKPROP)));
        }
    }

    /** The best of the models without a hidden layer. */
    private void linear(final Report report) {
        final int model = report.scores().bestLinear();
        final String rate = Units.number(report.reference(model).rate());
        switch (report.scores()) {
            case final ChangeScores changes -> line("linear", "no hidden layer, rate %s, the best of three: loss %.4g in the last quarter%s",
                rate, changes.losses().lastQuarter(model),
                worse(changes.losses().lastQuarter(model) < changes.losses().lastQuarter(Models.NETWORK), report));
            case final ClassScores classes -> line("linear", "no hidden layer, rate %s, the best of three: right on %s of recordings%s", rate,
                percent(classes.recordingAccuracy(Predictor.values()[model])),
                worse(classes.recordingAccuracy(Predictor.values()[model]) > classes.recordingAccuracy(Predictor.NETWORK), report));
            case final RowScores rows -> line("linear", "no hidden layer, rate %s, the best of three: right on %s of all rows%s", rate,
                percent(rows.accuracy(model)), worse(rows.accuracy(model) > rows.accuracy(Models.NETWORK), report));
            case final SeveralScores several -> line("linear", "no hidden layer, rate %s, the best of three: loss %.4g in the last quarter%s",
                rate, several.losses().lastQuarter(model),
                worse(several.losses().lastQuarter(model) < several.losses().lastQuarter(Models.NETWORK), report));
        }
    }

    private static String worse(final boolean worse, final Report report) {
        return worse ? ": better than the network; try another --rate, more " + report.description().layersText() + " or a longer --hold" : "";
    }

    private void eachClass(final ClassScores scores) {
        String label = "classes";
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < scores.labels().size(); i++) {
            final String one = Printable.text(scores.labels().get(i)) + ": " + (scores.recordings(i) == 0 ? "none"
                : percent(scores.recordingAccuracy(i)) + " of " + Units.count(scores.recordings(i)));
            if (text.length() + one.length() > COLUMNS) {
                line(label, "%s,", text);
                label = "";
                text.setLength(0);
            }
            text.append(text.isEmpty() ? "" : ", ").append(one);
        }
        line(label, "%s", text);
    }

    private static String percent(final double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }
}
