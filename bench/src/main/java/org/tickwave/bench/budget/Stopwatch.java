package org.tickwave.bench.budget;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.tickwave.Rule;

/**
 * Times the ticks of several networks. The networks take turns in short rounds, so that a disturbance of the machine does not hit one of
 * them alone. One engine is open at a time: threads of another engine would disturb it.
 */
final class Stopwatch {
    /** The weights that a network may have for each second of the measurement. Drawing them takes some 40 ns for each, every round. */
    static final long WEIGHTS_PER_SECOND = 150_000;

    private static final int ROUNDS = 4;
    private static final int DIGITS = 3;
    private static final long LONGEST_NS = 60_000_000_000L;
    private static final int LEAST_TICKS = 16;
    private static final int FIRST_TICKS = 4;
    private static final long FIRST_NS = 2_000_000;

    /** One network under one rule. */
    private record Runner(Subject subject, Rule rule, int threads, Histogram ns) {
    }

    private final BudgetOptions options;
    private final Consumer<String> progress;

    Stopwatch(final BudgetOptions options, final Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
    }

    /** Times every network under every rule. Each tick takes a new frame with its target. */
    List<Measured> time(final List<Subject> subjects) {
        final List<Runner> runners = new ArrayList<>();
        for (final Rule rule : options.rules()) {
            for (final Subject subject : subjects) {
                final Histogram ns = new Histogram(LONGEST_NS, DIGITS);
                ns.setAutoResize(true);
                runners.add(new Runner(subject, rule, Driven.threads(subject, options.threads()), ns));
            }
        }
        progress.accept("compiling the kernels");
        try (Driven first = driven(runners.getFirst())) {
            if (!first.warm()) {
                progress.accept("not all kernels are compiled: the first times are too long");
            }
        }
        final long startNs = System.nanoTime();
        final long lengthNs = (long) (options.seconds() * 1e9);
        for (int round = 0; round < ROUNDS; round++) {
            progress.accept("measuring " + subjects.size() + (subjects.size() == 1 ? " network" : " networks") + ", round " + (round + 1)
                + " of " + ROUNDS);
            for (int r = 0; r < runners.size(); r++) {
                // Every second round goes backwards.
                final Runner runner = runners.get(round % 2 == 0 ? r : runners.size() - 1 - r);
                final int left = ROUNDS * runners.size() - round * runners.size() - r;
                visit(runner, (startNs + lengthNs - System.nanoTime()) / left);
            }
        }
        return runners.stream()
            .map(r -> new Measured(r.subject, r.rule, r.threads, r.ns.getTotalCount(), Times.of(r.ns))).toList();
    }

    private Driven driven(final Runner runner) {
        return new Driven(runner.subject, runner.rule, runner.threads, options.idle());
    }

    /** @param lengthNs with the opening of the engine */
    private void visit(final Runner runner, final long lengthNs) {
        final long endNs = System.nanoTime() + lengthNs;
        try (Driven driven = driven(runner)) {
            final long firstNs = System.nanoTime();
            for (int t = 0; t < FIRST_TICKS || System.nanoTime() - firstNs < Math.min(FIRST_NS, lengthNs); t++) {
                driven.give();
                driven.tick();
            }
            long ticks = 0;
            long fromNs;
            do {
                fromNs = System.nanoTime();
                driven.give();
                driven.tick();
                runner.ns.recordValue(System.nanoTime() - fromNs);
            } while (++ticks < LEAST_TICKS || fromNs < endNs);
        }
    }
}
