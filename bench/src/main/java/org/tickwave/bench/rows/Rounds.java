package org.tickwave.bench.rows;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.tickwave.bench.forks.Interrupted;
import org.tickwave.bench.score.Models;
import org.tickwave.bench.score.RowScores;
import org.tickwave.bench.setup.RunFailure;

/** Lets all learners go through a table in rounds. In each round every learner goes through it once, and has learnt nothing before. */
final class Rounds {
    private static final int WARM_UP_ROWS = 1_000;
    private static final double NS_PER_US = 1e3;

    private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final List<Learner> learners;
    private final int rounds;
    private final WarmUp warmUp;
    private final Consumer<String> progress;
    private volatile boolean stopped;
    private volatile Pass present;

    /** One learner's pass over a table. */
    private record Went(String settings, double usPerRow, double bytesPerRow, double accuracy, double kappa) {
    }

    Rounds(final List<Learner> learners, final int rounds, final WarmUp warmUp, final Consumer<String> progress) {
        this.learners = List.copyOf(learners);
        this.rounds = rounds;
        this.warmUp = warmUp;
        this.progress = progress;
    }

    /** Any thread may call this: ends the rounds. */
    void stop() {
        stopped = true;
        final Pass running = present;
        if (running != null) {
            running.stop();
        }
    }

    boolean stopped() {
        return stopped;
    }

    /** Goes through a table. Returns null if the rounds were stopped before the first was complete. */
    TableResult run(final RowTable table) throws RunFailure {
        final List<List<Went>> complete = new ArrayList<>();
        try {
            warmUp(table);
            for (int round = 0; round < rounds; round++) {
                final List<Went> all = new ArrayList<>();
                for (final Learner learner : learners) {
                    progress.accept(table.name() + ": round " + (round + 1) + " of " + rounds + ": " + learner.name());
                    all.add(go(learner, table));
                }
                complete.add(all);
            }
        } catch (final Interrupted e) {
            progress.accept(table.name() + ": interrupted after " + complete.size() + " of " + rounds + " rounds");
        }
        return complete.isEmpty() ? null : result(table, complete);
    }

    /**
     * Lets all learners take turns on the first rows until the JVM has compiled what the rounds need: until a turn in which it hardly
     * compiled. They take turns, since code that one of them needs may be compiled anew when another one has called it too.
     */
    private void warmUp(final RowTable table) throws RunFailure, Interrupted {
        progress.accept(table.name() + ": warming up");
        final RowTable first = table.first(WARM_UP_ROWS);
        final long fromNs = System.nanoTime();
        long beforeMs = warmUp.compiledMs();
        long compiledMs;
        do {
            for (final Learner learner : learners) {
                final long turnNs = System.nanoTime();
                do {
                    go(learner, first);
                } while (System.nanoTime() - turnNs < warmUp.turnNs());
            }
            compiledMs = warmUp.compiledMs() - beforeMs;
            beforeMs += compiledMs;
        } while (compiledMs >= warmUp.quietMs() && System.nanoTime() - fromNs < warmUp.limitNs());
    }

    private Went go(final Learner learner, final RowTable table) throws RunFailure, Interrupted {
        try (Pass pass = learner.opening().open(table)) {
            present = pass;
            // So that no learner pays for the garbage of another one.
            System.gc();
            if (stopped) {
                throw new Interrupted();
            }
            final long bytes = thread.getCurrentThreadAllocatedBytes();
            final long fromNs = System.nanoTime();
            pass.run();
            final long ns = System.nanoTime() - fromNs;
            final long allocated = thread.getCurrentThreadAllocatedBytes() - bytes;
            if (stopped) {
                throw new Interrupted();
            }
            final RowScores scores = pass.scores();
            return new Went(pass.settings(), ns / NS_PER_US / table.rows(), (double) allocated / table.rows(), scores.accuracy(Models.NETWORK),
                scores.kappa(Models.NETWORK));
        } finally {
            present = null;
        }
    }

    private TableResult result(final RowTable table, final List<List<Went>> complete) throws RunFailure {
        final List<LearnerResult> results = new ArrayList<>();
        for (int i = 0; i < learners.size(); i++) {
            final int number = i;
            final Learner learner = learners.get(i);
            final List<Went> all = complete.stream().map(round -> round.get(number)).toList();
            final Went last = all.getLast();
            for (final Went each : all) {
                if (Double.compare(each.accuracy, last.accuracy) != 0 || Double.compare(each.kappa, last.kappa) != 0) {
                    throw RunFailure.failed(table.name() + ": " + learner.name() + ": accuracy " + each.accuracy + " in one round, "
                        + last.accuracy + " in another: expected the same answers in all rounds");
                }
            }
            results.add(new LearnerResult(learner.name(), learner.source(), learner.role(), last.settings,
                Timing.of(all.stream().map(Went::usPerRow).toList()), last.accuracy, Double.isNaN(last.kappa) ? null : (Double) last.kappa,
                last.bytesPerRow, false));
        }
        return TableResult.of(table, complete.size(), results);
    }
}
