package org.tickwave.bench.budget;

import java.util.List;
import java.util.function.Consumer;
import org.tickwave.bench.budget.BudgetReport.Cell;
import org.tickwave.bench.setup.Memory;
import org.tickwave.bench.setup.RunFailure;
import org.tickwave.bench.report.Units;
import org.tickwave.kernel.Lanes;

/** {@code tickwave budget}: measures, fits the model, judges, and drives the winner. */
public final class Budget {
    /** An image may take this share of the memory that is available. */
    private static final double MEMORY_SHARE = .8;

    private final BudgetOptions options;
    private final long memoryBytes;
    private final Consumer<String> progress;

    /** @param progress is told what is done */
    public Budget(final BudgetOptions options, final Consumer<String> progress) {
        this(options, (long) (MEMORY_SHARE * Memory.availableBytes()), progress);
    }

    Budget(final BudgetOptions options, final long memoryBytes, final Consumer<String> progress) {
        this.options = options;
        this.memoryBytes = memoryBytes;
        this.progress = progress;
    }

    /** @throws RunFailure if no network fits the memory that is available */
    public BudgetReport run() throws RunFailure {
        final List<Subject> subjects = subjects();
        final List<Measured> measured = new Stopwatch(options, progress).time(subjects);
        progress.accept("fitting the model");
        final BudgetReport report = judge(measured);
        return options.liveSeconds() > 0 ? report.with(live(report.cells())) : report;
    }

    /** Everything but the live part. */
    BudgetReport judge(final List<Measured> measured) {
        final Predictor predictor = new Predictor(measured, options.threads());
        final Judge judge = new Judge(options, predictor, memoryBytes);
        final List<Cell> cells = judge.cells();
        return new BudgetReport(machine(), options.clock(), options.share(), predictor.timed(), predictor.models(), cells,
            judge.answers(cells), null);
    }

    private List<Subject> subjects() throws RunFailure {
        final List<Subject> asked = options.file() != null ? List.of(options.file())
            : Point.of(options.depths(), options.widths(), (long) (Stopwatch.WEIGHTS_PER_SECOND * options.seconds())).stream()
                .map(point -> Subject.chain(point.depth(), point.width())).toList();
        final List<Subject> subjects = asked.stream().filter(this::fitsMemory).toList();
        if (subjects.isEmpty()) {
            throw RunFailure.failed(asked.getFirst().name() + ": its image needs "
                + Units.bytes(Driven.imageBytes(asked.getFirst(), options.rules().getFirst())) + ": expected at most "
                + Units.bytes(memoryBytes) + ", four fifths of the memory that is available");
        }
        return subjects;
    }

    private boolean fitsMemory(final Subject subject) {
        return options.rules().stream().allMatch(rule -> Driven.imageBytes(subject, rule) <= memoryBytes);
    }

    private BudgetReport.Machine machine() {
        return new BudgetReport.Machine(
            System.getProperty("os.name") + " " + System.getProperty("os.version") + ", " + System.getProperty("os.arch"),
            System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"), Runtime.getRuntime().availableProcessors(),
            Lanes.LANES * Float.SIZE, memoryBytes);
    }

    private BudgetReport.Live live(final List<Cell> cells) {
        final Cell winner = Judge.winner(cells);
        if (winner == null) {
            progress.accept("nothing fits, so there is nothing to drive");
            return null;
        }
        final Subject subject = options.file() != null ? options.file() : Subject.chain(winner.depth(), winner.width());
        final Way way = options.rules().stream().flatMap(rule -> Way.of(rule, options.holds(), subject.network()).stream())
            .filter(each -> each.title().equals(winner.title())).findFirst().orElseThrow();
        return new LiveDrive(options, winner.fps(), winner.hold()).drive(winner, subject, way, progress);
    }
}
