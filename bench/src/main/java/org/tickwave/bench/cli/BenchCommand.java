package org.tickwave.bench.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.openjdk.jmh.Main;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.tickwave.bench.compare.Comparer;
import org.tickwave.bench.rows.RowsComparison;
import org.tickwave.bench.setup.RunFailure;
import org.tickwave.bench.stream.FileNames;
import org.tickwave.bench.stream.Printable;
import org.tickwave.bench.suite.Suite;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Runs JMH with the given arguments. Adds {@code -foe true}, so that a wrong answer ends the run, unless {@code -foe} is given. With
 * {@code --compare} runs JMH for two builds in turn. {@code --tables} runs no JMH.
 */
@Command(name = "bench", sortOptions = false,
    customSynopsis = {"tickwave bench [JMH...]", "       tickwave bench --compare BASE [--json] [--quiet] [JMH...]",
        "       tickwave bench --suite NAME --out DIR [--json] [--quiet]",
        "       tickwave bench --tables [--rows N] [--rounds N] [--json] [--quiet]",
        "       tickwave bench --tables FILE.csv --label NAME [--drop NAME,...]", "                               [--no-header] [...]"},
    description = "Runs the JMH benchmarks with JMH's arguments: -h lists the arguments, -l the benchmarks."
        + " --compare tells whether this build is faster than another one."
        + " --suite measures it beside its peers and the limits of this machine."
        + " --tables compares what this engine and others learn from tables, and how fast.",
    footer = {
        "",
        "Examples of --compare:",
        "  ./tickwave bench --compare HEAD~1 'TickBenchmark.tick$' -p width=64,256 \\",
        "      -p rule=aligned -p threads=1 -wi 3 -w 300ms -i 6 -r 200ms",
        "  ./tickwave bench --compare ../other 'FusedPassBenchmark.fused$' -prof gc",
        "",
        "The forks of both sides take turns (base, new, new, base, ...) for each",
        "benchmark and each value of its parameters. -f is the number of forks of each",
        "side (8). All other arguments of JMH go to both sides, except -rf, -rff, -o,",
        "-l, -lp, -lrf and -lprof, which are refused. Both sides run on the same JDK",
        "with the same flags, and with the modules that TICKWAVE_PROFILES names. A",
        "parameter that only one side has is compared at its default.",
        "",
        "The columns of the table:",
        "  best      the best iteration of all forks; of a secondary metric the lowest",
        "  median    of the forks; a fork's score is the mean of its iterations",
        "  interval  a confidence interval of the median by order statistics: at each",
        "            end as many forks are left out as leave 90 %% or more. Of 8 forks",
        "            one is left out at each end (93 %%); up to 7 it is minimum to",
        "            maximum (94 %% of 5 forks)",
        "  %%         new divided by base: of the best, and of the median",
        "  verdict   faster or slower if the intervals do not overlap. No verdict with",
        "            fewer than 4 forks. Equal builds get a wrong one in about 1 row",
        "            of 100 with 8 forks, and in 1 of 35 with 4",
        "",
        "Exit codes of --compare:",
        "  0         done, whatever the verdict",
        "  1         a build or a fork failed, or there is nothing to compare",
        "  2         the command line is wrong",
        "  130       interrupted by Ctrl-C",
        "What was measured until then is printed.",
        "",
        "Examples of --suite:",
        "  ./tickwave bench --suite quick --out suite",
        "  ./tickwave bench --suite full --out suite-full --quiet",
        "",
        "quick takes at most 7 minutes, full about an hour. In each round every",
        "benchmark has one fork. DIR gets suite.html with charts and tables, suite.json,",
        "suite.csv, and .hgrm files of the benchmarks that are timed operation by",
        "operation. The same command goes on where an interrupted one stopped: forks",
        "that are finished are in DIR/forks. Forks of another build, JDK or machine",
        "are refused. The page also shows what --tables --json printed, if DIR holds",
        "the output as tables*.json.",
        "",
        "Exit codes of --suite:",
        "  0         done",
        "  1         a benchmark was refused, such as for a wrong answer, or DIR cannot",
        "            be used",
        "  2         the command line is wrong",
        "  130       interrupted by Ctrl-C; what was measured until then is written",
        "",
        "Examples of --tables:",
        "  ./tickwave bench --tables elec.csv --label class",
        "  TICKWAVE_PROFILES=moa ./tickwave bench --tables elec.csv --label class",
        "  TICKWAVE_PROFILES=moa ./tickwave bench --tables --rows 5000",
        "",
        "The learners are this engine as run sets it up, the references of",
        "run --compare, two baselines and, in a build with MOA, a Hoeffding tree, an",
        "adaptive random forest and a perceptron of MOA, with MOA's defaults. MOA has",
        "another licence, the GPL, so only TICKWAVE_PROFILES=moa builds with it.",
        "The rows are read into memory first. Each learner answers a row, and then",
        "learns its label. In each round each learner starts anew.",
        "",
        "The columns of the table:",
        "  us/row    microseconds for a row: best round, and median of the rounds",
        "  accuracy  share of the rows whose label was expected before it was learnt",
        "  kappa     the same on a scale where 0 is chance and 1 is faultless",
        "  B/row     bytes that the learning thread allocates for a row",
        "",
        "Exit codes of --tables:",
        "  0         done",
        "  1         the file is no suitable table, or a learner failed",
        "  2         the command line is wrong",
        "  130       interrupted by Ctrl-C; complete rounds are printed",
        "",
        "The help of JMH:",
        ""})
final class BenchCommand implements Callable<Integer> {
    /** Wherever they stand: picocli takes such a word after --compare for its value. */
    private static final List<String> HELP = List.of("-h", "--help");

    @Parameters(arity = "0..*", paramLabel = "JMH", description = "Arguments for JMH.")
    private List<String> arguments = new ArrayList<>();

    @Option(names = "--compare", paramLabel = "BASE",
        description = "Compare this checkout, as it is, with BASE: a git revision, or a directory with another checkout.")
    private String base;

    @Option(names = "--suite", paramLabel = "NAME",
        description = "Measure this build beside its peers and the limits of this machine: quick or full.")
    private String suite;

    @Option(names = "--out", paramLabel = "DIR", description = "With --suite: write the results to DIR, which is made if it is missing.")
    private String directory;

    @Mixin
    private TablesOptions tables;

    @Option(names = "--json", description = "With --compare, --suite or --tables: print one JSON object with all scores.")
    private boolean json;

    @Option(names = "--quiet", description = "With --compare, --suite or --tables: print no progress on standard error.")
    private boolean quiet;

    private CommandSpec spec;

    @Spec
    void spec(final CommandSpec newSpec) {
        spec = newSpec;
        spec.parser().unmatchedOptionsArePositionalParams(true);
    }

    @Override
    public Integer call() throws IOException, RunFailure {
        if (arguments.equals(List.of("--version"))) {
            spec.commandLine().getOut().println(Version.line());
            return ExitCode.OK;
        }
        if (spec.commandLine().getParseResult().originalArgs().stream().anyMatch(HELP::contains)) {
            spec.commandLine().usage(spec.commandLine().getOut());
            Main.main(new String[] {"-h"});
            return ExitCode.OK;
        }
        final String wrong = wrongTogether();
        if (wrong != null) {
            return refuse(wrong);
        }
        if (tables.asked()) {
            final var out = spec.commandLine().getOut();
            return new RowsComparison(out, spec.commandLine().getErr(), Version.number(), json, quiet).execute(tables.request(arguments));
        }
        if (suite != null) {
            final var out = spec.commandLine().getOut();
            return new Suite(out, spec.commandLine().getErr(), Version.number(), json, quiet)
                .execute(suite, FileNames.path("--out " + Printable.text(directory), directory));
        }
        try {
            final CommandLineOptions options = new CommandLineOptions(arguments.toArray(String[]::new));
            options.getIncludes().forEach(Pattern::compile);
            options.getExcludes().forEach(Pattern::compile);
            if (base != null) {
                final var out = spec.commandLine().getOut();
                return new Comparer(out, spec.commandLine().getErr(), Version.number(), json, quiet).execute(base, arguments);
            }
            if (!options.shouldFailOnError().hasValue()) {
                arguments.addAll(List.of("-foe", "true"));
            }
        } catch (final CommandLineOptionException e) {
            return refuse(e.getMessage());
        } catch (final PatternSyntaxException e) {
            return refuse("'" + e.getPattern() + "': expected a regular expression: " + e.getDescription());
        }
        Main.main(arguments.toArray(String[]::new));
        return ExitCode.OK;
    }

    /** What is wrong with options that need, or exclude, each other; null if nothing is wrong. */
    private String wrongTogether() {
        if (tables.asked() && (suite != null || base != null)) {
            return "--tables: expected without --compare and --suite";
        }
        final String wrong = tables.wrong(arguments);
        if (wrong != null) {
            return wrong;
        }
        if (suite == null) {
            return directory != null ? "--out: expected together with --suite" : base == null && !tables.asked() && (json || quiet)
                ? (json ? "--json" : "--quiet") + ": expected together with --compare, --suite or --tables" : null;
        }
        if (base != null) {
            return "--suite: expected without --compare";
        }
        if (directory == null || directory.isEmpty()) {
            return "--suite " + Printable.text(suite) + ": expected together with --out DIR";
        }
        return arguments.isEmpty() ? null : "'" + Printable.text(arguments.getFirst()) + "': expected no arguments of JMH with --suite";
    }

    private int refuse(final String why) {
        spec.commandLine().getErr().println("tickwave bench: " + why + " (-h lists the options of JMH)");
        return ExitCode.USAGE;
    }
}
