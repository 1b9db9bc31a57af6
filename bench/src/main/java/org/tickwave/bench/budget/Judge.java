package org.tickwave.bench.budget;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import org.tickwave.Rule;
import org.tickwave.bench.budget.BudgetReport.Answer;
import org.tickwave.bench.budget.BudgetReport.Cell;
import org.tickwave.bench.budget.BudgetReport.HoldThatFits;
import org.tickwave.bench.budget.BudgetReport.Size;

/** Says of every network, rule, hold and frame rate whether a tick fits its budget, and where the frontier is. */
final class Judge {
    private final BudgetOptions options;
    private final Predictor predictor;
    private final long memoryBytes;
    private final Map<Size, Subject> chains = new HashMap<>();

    /** @param memoryBytes for an image */
    Judge(final BudgetOptions options, final Predictor predictor, final long memoryBytes) {
        this.options = options;
        this.predictor = predictor;
        this.memoryBytes = memoryBytes;
    }

    /** All cells, frame rate by frame rate. */
    List<Cell> cells() {
        final List<Cell> cells = new ArrayList<>();
        for (final double fps : options.fps()) {
            for (final Rule rule : options.rules()) {
                for (final Subject subject : subjects()) {
                    Way.of(rule, options.holds(), subject.network()).forEach(way -> cells.add(cell(fps, subject, way)));
                }
            }
        }
        return cells;
    }

    private List<Subject> subjects() {
        return options.file() != null ? List.of(options.file())
            : options.depths().stream().flatMap(depth -> options.widths().stream().map(width -> chain(depth, width))).toList();
    }

    private Subject chain(final int depth, final int width) {
        return chains.computeIfAbsent(new Size(depth, width), size -> Subject.chain(size.depth(), size.width()));
    }

    Cell cell(final double fps, final Subject subject, final Way way) {
        final double budgetNs = way.budgetNs(fps);
        final long bytes = Driven.imageBytes(subject, way.rule());
        if (bytes > memoryBytes) {
            return new Cell(fps, subject.name(), subject.depth(), subject.width(), way.rule().toString(), way.name(), way.hold(), budgetNs, 0,
                false, false, subject.weights(), bytes, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Verdict.NO_MEMORY.key(), 0,
                Double.NaN, Double.NaN);
        }
        final Predictor.Prediction of = predictor.at(subject, way.rule());
        final Times times = of.times();
        final double needNs = times.needNs(way.hold(), options.spread());
        final Integer learnt = way.learntTicks(subject.network());
        return new Cell(fps, subject.name(), subject.depth(), subject.width(), way.rule().toString(), way.name(), way.hold(), budgetNs,
            of.threads(), of.measured(), of.extrapolated(), subject.weights(), bytes, times.p50Ns(), times.p99Ns(), times.p9999Ns(), needNs,
            budgetNs / needNs, Verdict.of(budgetNs, needNs, times.p50Ns(), options.share()).key(),
            times.largestHold(options.share() * 1e9 / fps, options.spread()),
            way.afterNs(way.answerTicks(subject.network()), options.spread(), fps, times.p50Ns()),
            learnt == null ? Double.NaN : way.afterNs(learnt, options.spread(), fps, times.p50Ns()));
    }

    /** Judges every width and depth between the smallest and the largest that were asked, for every frame rate and way. */
    List<Answer> answers(final List<Cell> cells) {
        final List<Answer> answers = new ArrayList<>();
        for (final double fps : options.fps()) {
            for (final String title : cells.stream().map(Cell::title).distinct().toList()) {
                answers.add(answer(fps, cells.stream().filter(cell -> cell.fps() == fps && cell.title().equals(title)).toList()));
            }
        }
        return answers;
    }

    private Answer answer(final double fps, final List<Cell> cells) {
        final Cell first = cells.getFirst();
        final HoldThatFits hold = cells.stream().max(Comparator.comparingLong(Cell::largestHold))
            .filter(cell -> cell.largestHold() > 0).map(cell -> new HoldThatFits(cell.network(), cell.largestHold())).orElse(null);
        if (options.file() != null) {
            return new Answer(fps, first.rule(), first.way(), null, null, List.of(), List.of(), hold);
        }
        final List<Size> byDepth = options.depths().stream()
            .map(depth -> last(options.widths(), width -> fits(fps, first, depth, width), width -> new Size(depth, width)))
            .filter(Objects::nonNull).toList();
        final List<Size> byWidth = options.widths().stream()
            .map(width -> last(options.depths(), depth -> fits(fps, first, depth, width), depth -> new Size(depth, width)))
            .filter(Objects::nonNull).toList();
        final Size widest = byDepth.stream().max(Comparator.comparingInt(Size::width).thenComparing(Size::depth)).orElse(null);
        final Size deepest = byWidth.stream().max(Comparator.comparingInt(Size::depth).thenComparing(Size::width)).orElse(null);
        return new Answer(fps, first.rule(), first.way(), widest, deepest, byDepth, byWidth, hold);
    }

    private boolean fits(final double fps, final Cell like, final int depth, final int width) {
        final Subject subject = chain(depth, width);
        return Way.of(Rule.parse(like.rule()), options.holds(), subject.network()).stream().filter(way -> way.name().equals(like.way()))
            .anyMatch(way -> cell(fps, subject, way).judged() == Verdict.FITS);
    }

    /** The largest value that fits: the largest of those that were asked, or one between it and the next. Null if none of them fits. */
    private static Size last(final List<Integer> asked, final IntPredicate fits, final IntFunction<Size> size) {
        int place = asked.size() - 1;
        while (place >= 0 && !fits.test(asked.get(place))) {
            place--;
        }
        if (place < 0) {
            return null;
        }
        int low = asked.get(place);
        int high = place + 1 < asked.size() ? asked.get(place + 1) - 1 : low;
        while (low < high) {
            final int middle = (low + high + 1) >>> 1;
            if (fits.test(middle)) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return size.apply(low);
    }

    /**
     * The network to drive: at the highest frame rate at which one fits, the one with the most weights, and of its ways the one with the
     * longest hold. Null if none fits.
     */
    static Cell winner(final List<Cell> cells) {
        return cells.stream().filter(cell -> cell.judged() == Verdict.FITS)
            .max(Comparator.comparingDouble(Cell::fps).thenComparingLong(Cell::weights).thenComparingInt(Cell::hold)).orElse(null);
    }
}
