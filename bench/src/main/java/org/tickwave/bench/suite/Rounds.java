package org.tickwave.bench.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tickwave.bench.forks.Children;
import org.tickwave.bench.forks.Interrupted;
import org.tickwave.bench.forks.Jmh;
import org.tickwave.bench.peer.Skipped;
import org.tickwave.bench.report.Units;

/**
 * Runs the forks of a suite. A round has one fork of each benchmark. What is compared runs one after the other; every second round runs
 * in the reverse order, so that a slow drift of the machine meets all alike.
 */
final class Rounds {
    private static final Pattern SKIPPED = Pattern.compile("^.*\\b" + Pattern.quote(Skipped.class.getName()) + ": (.+)$", Pattern.MULTILINE);
    private static final Pattern THROWN = Pattern.compile("^(?:Caused by: )?[\\w.$]+(?:Exception|Error): (.+)$", Pattern.MULTILINE);
    private static final double MS_PER_S = 1e3;

    private final Plan plan;
    private final Store store;
    private final Jmh jmh;
    private final String classPath;
    private final Consumer<String> progress;
    private final LongSupplier clockMs;
    private final List<Entry.Measurement> all;
    private final Map<Entry.Measurement, List<Fork>> forks = new LinkedHashMap<>();
    private final Map<Entry.Measurement, NotMeasured> skipped = new LinkedHashMap<>();
    private final Map<Entry.Measurement, NotMeasured> refused = new LinkedHashMap<>();
    private long startMs;
    private long measuredMs;
    private int measured;
    private int rounds;

    /**
     * @param progress gets a line before each fork
     * @param clockMs  the time in milliseconds
     */
    Rounds(final Plan plan, final Store store, final Jmh jmh, final String classPath, final Consumer<String> progress, final LongSupplier clockMs) {
        this.plan = plan;
        this.store = store;
        this.jmh = jmh;
        this.classPath = classPath;
        this.progress = progress;
        this.clockMs = clockMs;
        all = plan.measurements();
        all.forEach(what -> forks.put(what, new ArrayList<>()));
    }

    /** Runs all rounds, or as many as the limit of the time allows. */
    void run() throws IOException, Interrupted {
        startMs = clockMs.getAsLong();
        for (int round = 0; round < plan.pace().rounds(); round++) {
            if (round > 0 && late(all.size() - skipped.size() - refused.size())) {
                progress.accept("no time for another round: " + round + " of " + plan.pace().rounds() + " rounds were measured");
                return;
            }
            for (final Entry.Measurement what : round % 2 == 0 ? all : all.reversed()) {
                if (measured > 0 && late(1)) {
                    progress.accept("no time for another fork: round " + (round + 1) + " of " + plan.pace().rounds() + " is not complete");
                    return;
                }
                if (!skipped.containsKey(what) && !refused.containsKey(what)) {
                    fork(round, what);
                }
            }
            rounds++;
        }
    }

    /** Whether so many forks, each as long as the mean of the finished ones, would end after the limit. */
    private boolean late(final int forks) {
        final long limitMs = plan.pace().limitMs();
        return limitMs > 0 && clockMs.getAsLong() - startMs + (measured == 0 ? 0 : measuredMs / measured * forks) > limitMs;
    }

    private void fork(final int round, final Entry.Measurement what) throws IOException, Interrupted {
        final Fork kept = store.find(round, what);
        if (kept != null) {
            forks.get(what).add(kept);
            return;
        }
        final int forksLeft = (plan.pace().rounds() - round) * all.size() - (round % 2 == 0 ? all : all.reversed()).indexOf(what);
        progress.accept("round " + (round + 1) + " of " + plan.pace().rounds() + (measured == 0 ? ""
            : ", at most " + Units.count(Math.round(leftMs(forksLeft) / MS_PER_S)) + " s left") + ": " + what);
        Files.deleteIfExists(store.scratch());
        final List<String> arguments = arguments(plan, what);
        arguments.addAll(List.of("-rf", "json", "-rff", store.scratch().toString()));
        final long beganMs = clockMs.getAsLong();
        final Children.Ended ended = jmh.run(classPath, arguments);
        measuredMs += clockMs.getAsLong() - beganMs;
        measured++;
        take(round, what, ended);
    }

    /** The time for so many forks, or until the limit. */
    private double leftMs(final int forksLeft) {
        final double allMs = (double) measuredMs / measured * forksLeft;
        return plan.pace().limitMs() == 0 ? allMs : Math.min(allMs, plan.pace().limitMs() - (clockMs.getAsLong() - startMs));
    }

    private void take(final int round, final Entry.Measurement what, final Children.Ended ended) throws IOException {
        final Matcher missing = SKIPPED.matcher(ended.out());
        if (missing.find()) {
            skipped.put(what, NotMeasured.of(what, missing.group(1).strip()));
            progress.accept(what + ": skipped: " + missing.group(1).strip());
            return;
        }
        final String json = ended.good() && Files.exists(store.scratch()) ? Files.readString(store.scratch()) : "";
        final Fork fork = Fork.parse(round, json);
        if (fork == null) {
            final NotMeasured failed = NotMeasured.of(what, why(ended));
            refused.put(what, failed);
            progress.accept(failed.toString());
            return;
        }
        store.keep(round, what, json);
        forks.get(what).add(fork);
    }

    private static String why(final Children.Ended ended) {
        final Matcher thrown = THROWN.matcher(ended.out());
        final List<String> cause = Jmh.cause(ended.out()).lines().toList();
        return thrown.find() ? thrown.group(1).strip()
            : "JMH ended with exit code " + ended.code() + " and no result" + (cause.isEmpty() ? "" : ": " + cause.getLast().strip());
    }

    /** The arguments of JMH for a fork, without the file for its results. */
    static List<String> arguments(final Plan plan, final Entry.Measurement what) {
        final List<String> arguments = new ArrayList<>(what.combination().arguments());
        arguments.addAll(plan.pace().arguments(what.mode()));
        arguments.addAll(List.of("-t", Integer.toString(what.threads())));
        return arguments;
    }

    /** The figures of what was measured and has never failed, in the order of the plan. */
    List<Figure> figures() {
        return plan.entries().stream().filter(entry -> !forks.get(entry.what()).isEmpty() && !refused.containsKey(entry.what()))
            .map(entry -> Figure.of(entry, forks.get(entry.what()))).toList();
    }

    List<NotMeasured> skipped() {
        return List.copyOf(skipped.values());
    }

    /** Benchmarks that failed: a wrong answer, or a fork without a result. */
    List<NotMeasured> refused() {
        return List.copyOf(refused.values());
    }

    /** Rounds that are complete. */
    int complete() {
        return rounds;
    }

    /** Forks that this run has measured. */
    int measured() {
        return measured;
    }
}
