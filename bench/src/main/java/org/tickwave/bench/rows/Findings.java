package org.tickwave.bench.rows;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.tickwave.bench.forks.Verdict;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Says what each learner is better at on a table.
 *
 * @param learners all learners
 * @param rows     number of rows that were scored
 */
record Findings(List<LearnerResult> learners, int rows) {
    private static final double PERCENT = 100;
    /** Accuracies that differ by less than so many standard errors are called equal. */
    private static final double ERRORS = 2;

    List<String> sentences() {
        final List<String> sentences = new ArrayList<>();
        final LearnerResult best = learners.stream().max(Comparator.comparingDouble(LearnerResult::accuracy)).orElseThrow();
        final List<LearnerResult> equal = learners.stream().filter(each -> each != best && chance(each, best)).toList();
        sentences.add("most accurate: " + described(best) + (equal.isEmpty() ? "" : "; equal but for chance: "
            + equal.stream().map(Findings::described).collect(Collectors.joining(", "))));
        final double bar = learners.stream().filter(each -> each.role() == Role.BASELINE).mapToDouble(LearnerResult::accuracy).max().orElse(0);
        final List<LearnerResult> useful = learners.stream().filter(each -> each.role() != Role.BASELINE && each.accuracy() > bar).toList();
        sentences.add(useful.stream().min(Comparator.comparingDouble(each -> each.usPerRow().median()))
            .map(fastest -> "fastest that is more accurate than the baselines: " + described(fastest))
            .orElse("no learner is more accurate than the baselines"));
        learners.stream().filter(each -> each.role() != Role.BASELINE && !useful.isEmpty() && each.accuracy() <= bar)
            .map(each -> "no more accurate than a baseline: " + described(each)).forEach(sentences::add);
        learners.stream().filter(each -> each.role() == Role.OURS).forEach(ours ->
            learners.stream().filter(each -> each.role() == Role.PEER).map(peer -> beside(ours, peer)).forEach(sentences::add));
        return sentences;
    }

    private static String described(final LearnerResult of) {
        return of.name() + String.format(Locale.ROOT, " (%.1f %%, %s us)", of.accuracy() * PERCENT, RowsText.us(of.usPerRow().median()));
    }

    /** Whether the accuracies differ by no more than chance explains, as if the two had been scored on different rows. */
    private boolean chance(final LearnerResult a, final LearnerResult b) {
        final double variance = (a.accuracy() * (1 - a.accuracy()) + b.accuracy() * (1 - b.accuracy())) / rows;
        return Math.abs(a.accuracy() - b.accuracy()) <= ERRORS * Math.sqrt(variance);
    }

    private String beside(final LearnerResult ours, final LearnerResult peer) {
        final double points = (ours.accuracy() - peer.accuracy()) * PERCENT;
        final String accuracy = chance(ours, peer) ? String.format(Locale.ROOT, "as accurate but for chance (%+.1f points)", points)
            : String.format(Locale.ROOT, "%.1f points %s accurate", Math.abs(points), points > 0 ? "more" : "less");
        final double times = ours.usPerRow().median() / peer.usPerRow().median();
        final String time = ours.usPerRow().faster(peer.usPerRow()) ? times(1 / times) + " times as fast"
            : peer.usPerRow().faster(ours.usPerRow()) ? "takes " + times(times) + " times as long" : "no verdict on time: the rounds overlap, or are fewer than " + Verdict.LEAST_FORKS;
        return ours.name() + " beside " + peer.name() + ": " + accuracy + ", " + time;
    }

    private static String times(final double times) {
        return String.format(Locale.ROOT, times < 10 ? "%.1f" : "%.0f", times);
    }
}
