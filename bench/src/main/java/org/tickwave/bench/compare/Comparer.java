package org.tickwave.bench.compare;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.tickwave.bench.forks.Busy;
import org.tickwave.bench.forks.Children;
import org.tickwave.bench.forks.Combination;
import org.tickwave.bench.forks.End;
import org.tickwave.bench.forks.Interrupted;
import org.tickwave.bench.forks.Jmh;
import org.tickwave.bench.forks.JmhResult;
import org.tickwave.bench.forks.Machine;
import org.tickwave.bench.forks.Trees;
import org.tickwave.bench.report.Units;
import org.tickwave.bench.run.ShutdownHook;
import org.tickwave.bench.setup.RunFailure;

/**
 * Compares two builds. Each fork is a process of JMH of its own, for one benchmark with one value for each parameter. So the forks of
 * the two sides stand beside each other in time, whatever the number of combinations. The first round runs the base and then the
 * new side of each combination, the next round the new side and then the base: a slow drift of the machine meets both sides alike.
 * The rounds enclose the combinations: a disturbance of a minute spoils a fork or two of each combination, and not all of one.
 */
public final class Comparer {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int INTERRUPTED = 130;
    /** Names of one length, because the length of the arguments moves a process's stack. */
    private static final List<String> JARS = List.of("base", "work");
    private static final List<String> NAMES = List.of("base", "new");

    private final PrintWriter out;
    private final PrintWriter err;
    private final String version;
    private final boolean json;
    private final boolean quiet;
    private final Setting setting;
    private final Children children = new Children();

    private final Machine machine = Machine.ofThisJvm();
    private final Map<Combination, Scores> scores = new LinkedHashMap<>();
    private final List<Matching.Assumed> assumed = new ArrayList<>();
    private final List<NotCompared> notCompared = new ArrayList<>();
    private Double busy;

    /**
     * What is around a comparison.
     *
     * @param root     the checkout of this program
     * @param java     what runs JMH
     * @param profiles names of modules that only Maven profiles build
     * @param gauge    tells how busy the machine is
     */
    record Setting(Path root, Path java, List<String> profiles, Busy.Gauge gauge) {
    }

    /**
     * @param out   gets the result, and nothing else
     * @param err   gets progress and errors
     * @param json  whether to print one JSON object instead of text
     * @param quiet whether to print no progress
     */
    public Comparer(final PrintWriter out, final PrintWriter err, final String version, final boolean json, final boolean quiet) {
        this(out, err, version, json, quiet,
            new Setting(Trees.ownCheckout(), Path.of(System.getProperty("java.home"), "bin", "java"), Build.profiles(), Busy::processors));
    }

    Comparer(final PrintWriter out, final PrintWriter err, final String version, final boolean json, final boolean quiet,
        final Setting setting) {
        this.out = out;
        this.err = err;
        this.version = version;
        this.json = json;
        this.quiet = quiet;
        this.setting = setting;
    }

    /**
     * @param base      a revision or a directory
     * @param arguments arguments that JMH accepts
     * @return an exit code
     */
    public int execute(final String base, final List<String> arguments) throws IOException, RunFailure {
        final JmhArguments jmh = JmhArguments.of(arguments);
        final ShutdownHook hook = new ShutdownHook(children::stop);
        try {
            return execute(base, arguments, jmh);
        } finally {
            hook.close();
        }
    }

    /** Any thread may call this: ends the comparison and all processes. What was measured is printed. */
    void stop() {
        children.stop();
    }

    private int execute(final String base, final List<String> arguments, final JmhArguments jmh) throws IOException, RunFailure {
        final Path own = Files.createDirectories(setting.root.resolve("bench/target/compare"));
        Trees.deleteAbandoned(own);
        final Path jars = own.resolve("jars-" + ProcessHandle.current().pid());
        final List<Side> sides = new ArrayList<>();
        End end = End.FAILED;
        try {
            final SideFinder finder = new SideFinder(setting.root, own, children);
            sides.add(finder.base(base));
            sides.add(finder.present());
            run(jmh, builds(sides, jars), jars);
            end = End.DONE;
            return DONE;
        } catch (final Interrupted e) {
            end = End.INTERRUPTED;
            return INTERRUPTED;
        } finally {
            Trees.delete(jars);
            if (!scores.isEmpty() || !notCompared.isEmpty()) {
                print(sides, arguments, jmh.forks(), end);
            }
        }
    }

    /** The class paths of both sides. The new side first: while the base is built, somebody may change a source. */
    private List<String> builds(final List<Side> sides, final Path jars) throws IOException, Interrupted, RunFailure {
        final Build build = new Build(children, machine.javaHome(), setting.profiles, err);
        progress("building, where that is not done yet: " + sides.get(1));
        final String ofOther = build.classPath(sides.get(1), jars.resolve(JARS.get(1)));
        progress("building, where that is not done yet: " + sides.get(0));
        return List.of(build.classPath(sides.get(0), jars.resolve(JARS.get(0))), ofOther);
    }

    private void run(final JmhArguments jmh, final List<String> classPaths, final Path jars) throws IOException, Interrupted, RunFailure {
        final List<Combination> common = common(jmh, classPaths);
        if (common.isEmpty()) {
            throw RunFailure.failed("'" + String.join(" ", jmh.choice()) + "': expected benchmarks with the same parameters on both sides");
        }
        common.forEach(combination -> scores.put(combination, new Scores(combination)));
        warnIfBusy();
        final int all = common.size() * jmh.forks() * 2;
        final long startNs = System.nanoTime();
        int done = 0;
        for (int round = 0; round < jmh.forks(); round++) {
            for (final Combination combination : common) {
                for (int turn = 0; turn < 2; turn++) {
                    final int side = (round + turn) % 2;
                    progress(String.format(Locale.ROOT, "fork %d of %d%s: %s: %s", done + 1, all,
                        done == 0 ? "" : ", " + left(System.nanoTime() - startNs, done, all), NAMES.get(side), combination));
                    scores.get(combination).add(side, fork(side, classPaths.get(side), jmh, combination, jars.resolve("result.json")));
                    done++;
                }
            }
        }
    }

    private static String left(final long sinceNs, final int done, final int all) {
        return "about " + Units.count(Math.round(sinceNs / 1e9 / done * (all - done))) + " s left";
    }

    /** What both sides have. Notes the others. */
    private List<Combination> common(final JmhArguments jmh, final List<String> classPaths) throws IOException, Interrupted, RunFailure {
        final List<Combination> base = list(0, classPaths.get(0), jmh.ofList());
        final List<Combination> other = list(1, classPaths.get(1), jmh.ofList());
        final boolean needed = Matching.needsDefaults(base, other);
        final Matching matching = Matching.of(base, other, needed ? list(0, classPaths.get(0), jmh.ofDefaults()) : List.of(),
            needed ? list(1, classPaths.get(1), jmh.ofDefaults()) : List.of());
        assumed.addAll(matching.assumed());
        notCompared.addAll(matching.notCompared());
        return matching.common();
    }

    private List<Combination> list(final int side, final String classPath, final List<String> arguments)
        throws IOException, Interrupted, RunFailure {
        return Combination.listed(jmh(NAMES.get(side), classPath, arguments));
    }

    private List<JmhResult> fork(final int side, final String classPath, final JmhArguments jmh, final Combination combination, final Path file)
        throws IOException, Interrupted, RunFailure {
        Files.deleteIfExists(file);
        jmh(NAMES.get(side) + ": " + combination, classPath, jmh.ofFork(combination, file.toString()));
        return Files.exists(file) ? JmhResult.parse(Files.readString(file)) : List.of();
    }

    private String jmh(final String what, final String classPath, final List<String> arguments) throws IOException, Interrupted, RunFailure {
        final Children.Ended ended = new Jmh(children, setting.java, machine.flags()).run(classPath, arguments);
        if (!ended.good()) {
            err.println(Jmh.cause(ended.out()));
            throw RunFailure.failed(what + ": JMH ended with exit code " + ended.code() + ": see above");
        }
        return ended.out();
    }

    private void warnIfBusy() throws Interrupted {
        busy = setting.gauge.processors();
        if (busy > Busy.LIMIT) {
            err.println(Busy.warning(busy));
            err.flush();
        }
    }

    private void print(final List<Side> sides, final List<String> arguments, final int forks, final End end) {
        final List<Row> rows = new ArrayList<>();
        final List<NotCompared> others = new ArrayList<>(notCompared);
        scores.values().forEach(each -> {
            rows.addAll(each.rows());
            others.addAll(each.notCompared());
        });
        final Comparison comparison = new Comparison(
            version, machine, busy, sides.get(0), sides.get(1), arguments, forks, end, rows, assumed, others);
        out.print(json ? comparison.json() + "\n" : new ComparisonText(comparison).text());
        out.flush();
    }

    private void progress(final String what) {
        if (!quiet) {
            err.println(what);
            err.flush();
        }
    }
}
