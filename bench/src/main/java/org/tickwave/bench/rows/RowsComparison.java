package org.tickwave.bench.rows;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.tickwave.bench.forks.Busy;
import org.tickwave.bench.forks.End;
import org.tickwave.bench.forks.Interrupted;
import org.tickwave.bench.forks.Machine;
import org.tickwave.bench.forks.Spread;
import org.tickwave.bench.run.ShutdownHook;
import org.tickwave.bench.setup.RunFailure;
import org.tickwave.bench.table.TableOptions;

/** The command {@code bench --tables}. */
public final class RowsComparison {
    private static final int DONE = 0;
    private static final int INTERRUPTED = 130;
    private static final int MADE_ROWS = 10_000;
    private static final String HOW = "TICKWAVE_PROFILES=moa ./tickwave bench --tables";
    private static final String LEFT_OUT = "MOA is left out, because this build is without it: " + HOW + " ... builds with it";

    private final PrintWriter out;
    private final PrintWriter err;
    private final String version;
    private final boolean json;
    private final boolean quiet;
    private final Setting setting;

    /**
     * What is around a comparison.
     *
     * @param own       this project's learners
     * @param providers bring those of others
     * @param warmUp    how long learners warm up
     * @param gauge     tells how busy the machine is
     */
    record Setting(List<Learner> own, List<Provider> providers, WarmUp warmUp, Busy.Gauge gauge) {
    }

    /**
     * What is asked for.
     *
     * @param file   a labelled table; null for the tables that providers make
     * @param table  how the file is read; null without a file
     * @param rows   number of rows, at most; null for all rows of the file, or 10,000 rows of each made table
     * @param rounds number of rounds
     */
    public record Request(String file, TableOptions table, Integer rows, int rounds) {
    }

    /**
     * @param out   gets the result, and nothing else
     * @param err   gets progress and errors
     * @param json  whether to print JSON instead of text
     * @param quiet whether to print no progress
     */
    public RowsComparison(final PrintWriter out, final PrintWriter err, final String version, final boolean json, final boolean quiet) {
        this(out, err, version, json, quiet, new Setting(OwnLearners.all(), providers(), WarmUp.ofThisJvm(), Busy::processors));
    }

    RowsComparison(
        final PrintWriter out, final PrintWriter err, final String version, final boolean json, final boolean quiet, final Setting setting) {
        this.out = out;
        this.err = err;
        this.version = version;
        this.json = json;
        this.quiet = quiet;
        this.setting = setting;
    }

    private static List<Provider> providers() {
        return ServiceLoader.load(Provider.class).stream().map(ServiceLoader.Provider::get).toList();
    }

    /**
     * @return an exit code
     * @throws IOException if the file is no table, or does not have what the options ask for
     * @throws RunFailure  if there is nothing to learn from, or a learner failed
     */
    public int execute(final Request request) throws IOException, RunFailure {
        final List<RowTable> tables = tables(request);
        final List<Learner> learners = new ArrayList<>(setting.own);
        setting.providers.forEach(provider -> learners.addAll(provider.learners()));
        final Rounds rounds = new Rounds(learners, request.rounds, setting.warmUp, quiet ? line -> { } : this::say);
        try (ShutdownHook _ = new ShutdownHook(rounds::stop)) {
            final double busy = busy();
            final List<TableResult> results = new ArrayList<>();
            for (final RowTable table : tables) {
                final TableResult result = rounds.stopped() ? null : rounds.run(table);
                if (result != null) {
                    results.add(result);
                }
            }
            final RowsResult result = new RowsResult(version, rounds.stopped() ? End.INTERRUPTED : End.DONE, Machine.ofThisJvm(), busy,
                request.rounds, Spread.MARK, results, setting.providers.isEmpty() ? List.of(LEFT_OUT) : List.of());
            out.print(json ? result.json() + "\n" : RowsText.of(result));
            out.flush();
            return rounds.stopped() ? INTERRUPTED : DONE;
        } catch (final Interrupted e) {
            return INTERRUPTED;
        }
    }

    private List<RowTable> tables(final Request request) throws IOException, RunFailure {
        if (request.file != null) {
            return List.of(TableReader.read(request.file, request.table, request.rows == null ? Integer.MAX_VALUE : request.rows));
        }
        final List<RowTable> made = new ArrayList<>();
        setting.providers.forEach(provider -> made.addAll(provider.tables(request.rows == null ? MADE_ROWS : request.rows)));
        if (made.isEmpty()) {
            throw RunFailure.usage("--tables: expected a FILE.csv, or a build with MOA, which makes tables: " + HOW);
        }
        return made;
    }

    private double busy() throws Interrupted {
        final double busy = setting.gauge.processors();
        if (busy > Busy.LIMIT) {
            say(Busy.warning(busy));
        }
        return busy;
    }

    private void say(final String line) {
        err.println(line);
        err.flush();
    }
}
