package org.tickwave.bench.suite;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.tickwave.bench.doctor.Doctor;
import org.tickwave.bench.forks.Busy;
import org.tickwave.bench.forks.Children;
import org.tickwave.bench.forks.End;
import org.tickwave.bench.forks.Git;
import org.tickwave.bench.forks.Interrupted;
import org.tickwave.bench.forks.Jmh;
import org.tickwave.bench.forks.Machine;
import org.tickwave.bench.forks.Spread;
import org.tickwave.bench.forks.Trees;
import org.tickwave.bench.rows.SavedTables;
import org.tickwave.bench.run.ShutdownHook;
import org.tickwave.bench.setup.RunFailure;

/** Runs a suite, and writes its results to a directory. Forks that a run has finished are not run again by a later run. */
public final class Suite {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int INTERRUPTED = 130;
    private static final long NS_PER_MS = 1_000_000;
    private static final long MS_PER_S = 1_000;

    private final PrintWriter out;
    private final PrintWriter err;
    private final String version;
    private final boolean json;
    private final boolean quiet;
    private final Setting setting;
    private final Children children = new Children();
    private final Machine machine = Machine.ofThisJvm();

    /**
     * What is around a suite.
     *
     * @param root      the checkout of this program
     * @param java      what runs JMH
     * @param classPath of the forks
     * @param gauge     tells how busy the machine is
     */
    record Setting(Path root, Path java, String classPath, Busy.Gauge gauge) {
    }

    /**
     * @param out   gets the result, and nothing else
     * @param err   gets progress and errors
     * @param json  whether to print {@code suite.json} instead of text
     * @param quiet whether to print no progress
     */
    public Suite(final PrintWriter out, final PrintWriter err, final String version, final boolean json, final boolean quiet) {
        this(out, err, version, json, quiet, new Setting(Trees.ownCheckout(), Path.of(System.getProperty("java.home"), "bin", "java"),
            System.getProperty("java.class.path"), Busy::processors));
    }

    Suite(final PrintWriter out, final PrintWriter err, final String version, final boolean json, final boolean quiet, final Setting setting) {
        this.out = out;
        this.err = err;
        this.version = version;
        this.json = json;
        this.quiet = quiet;
        this.setting = setting;
    }

    /**
     * @param name      {@code quick} or {@code full}
     * @param directory for the results; created if it is missing
     * @return an exit code
     * @throws RunFailure  if there is no such suite, or the directory has forks of another build
     * @throws IOException with a message of one line if the directory cannot be written
     */
    public int execute(final String name, final Path directory) throws IOException, RunFailure {
        return execute(Plan.named(name, machine.processors()), directory);
    }

    int execute(final Plan plan, final Path directory) throws IOException, RunFailure {
        SuiteFiles.check(directory);
        final ShutdownHook hook = new ShutdownHook(children::stop);
        try {
            return execute(plan, directory, Build.of(plan, setting.classPath, machine));
        } catch (final Interrupted e) {
            return INTERRUPTED;
        } finally {
            hook.close();
        }
    }

    /** Any thread may call this: ends the suite and all its processes. What was measured is written. */
    void stop() {
        children.stop();
    }

    private int execute(final Plan plan, final Path directory, final Build build) throws IOException, RunFailure, Interrupted {
        final Store store = Store.open(directory, build);
        final Path jars = directory.resolve("jars");
        final Git.Head head = new Git(setting.root, children).head();
        final double busy = busy();
        estimate(plan, store.kept(plan));
        final Rounds rounds = new Rounds(plan, store, new Jmh(children, setting.java, machine.flags()), copied(jars), this::progress,
            () -> System.nanoTime() / NS_PER_MS);
        End end = End.FAILED;
        try {
            rounds.run();
            end = rounds.refused().isEmpty() ? End.DONE : End.FAILED;
        } catch (final Interrupted e) {
            end = End.INTERRUPTED;
        } finally {
            Trees.delete(jars);
            Files.deleteIfExists(store.scratch());
            final List<Figure> figures = rounds.figures();
            write(directory, plan, figures, new SuiteResult(version, plan.name(), end, head.commit(), head.changed(),
                "./tickwave bench --suite " + plan.name() + " --out DIR", build.classes(), machine, busy, Doctor.l2Bytes(), rounds.complete(),
                plan.pace().rounds(), Spread.MARK, figures.stream().map(figure -> SuiteResult.FigureJson.of(plan, figure)).toList(),
                Ratio.of(figures).stream().map(SuiteResult.RatioJson::of).toList(), Fit.of(figures, Doctor.l2Bytes()), rounds.refused(),
                rounds.skipped()));
        }
        rounds.refused().forEach(each -> say("tickwave bench: " + each));
        return end == End.INTERRUPTED ? INTERRUPTED : end == End.DONE ? DONE : FAILED;
    }

    private double busy() throws Interrupted {
        final double busy = setting.gauge.processors();
        if (busy > Busy.LIMIT) {
            say(Busy.warning(busy));
        }
        return busy;
    }

    private void estimate(final Plan plan, final int kept) {
        final Pace pace = plan.pace();
        final int benchmarks = plan.measurements().size();
        final int forks = benchmarks * pace.rounds();
        progress("suite " + plan.name() + ": " + benchmarks + " benchmarks in " + pace.rounds() + " rounds, " + forks + " forks"
            + (kept == 0 ? "" : ", " + kept + " of them from an earlier run") + ": about " + minutes(pace.estimateMs(forks - kept))
            + (pace.limitMs() == 0 ? "" : ", at most " + minutes(pace.limitMs())));
    }

    private static String minutes(final long ms) {
        return ms / MS_PER_S / 60 + " min " + ms / MS_PER_S % 60 + " s";
    }

    /** The class path with copies of all jars, so that a build in the checkout during the suite changes nothing. */
    private String copied(final Path jars) throws IOException {
        Trees.delete(jars);
        Files.createDirectories(jars);
        final List<String> copies = new ArrayList<>();
        for (final String part : setting.classPath.split(File.pathSeparator)) {
            final Path file = Path.of(part);
            copies.add(Files.isRegularFile(file)
                ? Files.copy(file, jars.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING).toAbsolutePath().toString() : part);
        }
        return String.join(File.pathSeparator, copies);
    }

    private void write(final Path directory, final Plan plan, final List<Figure> figures, final SuiteResult result) throws IOException {
        final SavedTables tables = SavedTables.read(directory);
        tables.unreadable().forEach(line -> say("tickwave bench: " + line));
        final Path page = SuiteFiles.write(directory, figures, result, tables);
        out.print(json ? new String(Files.readAllBytes(directory.resolve(SuiteFiles.JSON)), StandardCharsets.UTF_8) : SuiteText.of(result));
        out.flush();
        progress("suite " + plan.name() + ": wrote " + page);
    }

    private void progress(final String what) {
        if (!quiet) {
            say(what);
        }
    }

    private void say(final String line) {
        err.println(line);
        err.flush();
    }
}
