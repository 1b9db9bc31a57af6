package org.tickwave.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tickwave.bench.score.ChangeScores;
import org.tickwave.bench.score.ClassScores;
import org.tickwave.bench.score.Measure;
import org.tickwave.bench.score.Predictor;
import org.tickwave.bench.score.Series;
import org.tickwave.bench.stream.Printable;

/** The lines of a summary that say what was learnt. */
final class LearningLines {
    private static final int COLUMNS = 110;

    private final List<String> lines = new ArrayList<>();

    private LearningLines() {
    }

    /** @param compares whether backprop learnt too */
    static List<String> lines(final Measure scores, final boolean compares) {
        final LearningLines learnt = new LearningLines();
        switch (scores) {
            case final ChangeScores changes -> learnt.changes(changes, compares);
            case final ClassScores classes -> learnt.classes(classes, compares);
        }
        return learnt.lines;
    }

    private void line(final String label, final String format, final Object... values) {
        lines.add(Summary.aligned(label, format, values));
    }

    private void changes(final ChangeScores scores, final boolean compares) {
        final Series losses = scores.losses();
        if (!scores.enough()) {
            line("learnt", "nothing to say: %d frames with a target were answered, four are needed", losses.count());
            return;
        }
        final double last = losses.lastQuarter(Measure.NETWORK);
        final double noChange = losses.lastQuarter(ChangeScores.NO_CHANGE);
        line("learnt", "loss %.4g in the last quarter (first: %.4g); no change costs %.4g: %s", last,
            losses.firstQuarter(Measure.NETWORK), noChange, verdict(last / noChange));
        if (compares) {
            final double backprop = losses.lastQuarter(Measure.BACKPROP);
            line("backprop", "sequential, same pairs: %.4g in the last quarter; this is %.2f times that", backprop,
                last / backprop);
        }
    }

    private static String verdict(final double ratio) {
        if (!(ratio < Double.POSITIVE_INFINITY)) {
            return "nothing moves here";
        }
        if (ratio < 1) {
            return String.format(Locale.ROOT, ratio < .01 ? "%.2f %% of it" : "%.0f %% of it", ratio * 100);
        }
        return ratio < 1e3 ? String.format(Locale.ROOT, "%.1f times it, nothing gained", ratio) : "far beyond it";
    }

    private void classes(final ClassScores scores, final boolean compares) {
        if (!scores.enough()) {
            line("learnt", "nothing to say: no held-out recording was heard to its end in the second half of a pass");
            return;
        }
        line("learnt", "%s of %s held-out recordings, %s of %s held-out frames in the second half%s",
            percent(scores.recordingAccuracy(Predictor.NETWORK)), Units.count(scores.recordings()),
            percent(scores.frameAccuracy(Predictor.NETWORK)), Units.count(scores.frames()),
            scores.gained() ? "" : ": nothing gained");
        line("unlearnt", "commonest label %s (%s of frames), last label %s (%s of frames)",
            percent(scores.recordingAccuracy(Predictor.COMMONEST)), percent(scores.frameAccuracy(Predictor.COMMONEST)),
            percent(scores.recordingAccuracy(Predictor.LAST)), percent(scores.frameAccuracy(Predictor.LAST)));
        if (compares) {
            line("backprop", "sequential, same frames: %s of the recordings, %s of the frames; this is %.2f times that",
                percent(scores.recordingAccuracy(Predictor.BACKPROP)), percent(scores.frameAccuracy(Predictor.BACKPROP)),
                scores.recordingAccuracy(Predictor.NETWORK) / scores.recordingAccuracy(Predictor.BACKPROP));
        }
        eachClass(scores);
    }

    private void eachClass(final ClassScores scores) {
        String label = "classes";
        final StringBuilder some = new StringBuilder();
        for (int i = 0; i < scores.labels().size(); i++) {
            final String one = Printable.text(scores.labels().get(i)) + ": " + (scores.recordings(i) == 0 ? "none"
                : percent(scores.recordingAccuracy(i)) + " of " + Units.count(scores.recordings(i)));
            if (some.length() + one.length() > COLUMNS) {
                line(label, "%s,", some);
                label = "";
                some.setLength(0);
            }
            some.append(some.isEmpty() ? "" : ", ").append(one);
        }
        line(label, "%s", some);
    }

    private static String percent(final double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }
}
