package org.tickwave.bench.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.tickwave.Balance;
import org.tickwave.Network;
import org.tickwave.Rule;
import org.tickwave.bench.budget.Budget;
import org.tickwave.bench.budget.BudgetJson;
import org.tickwave.bench.budget.BudgetOptions;
import org.tickwave.bench.budget.BudgetPage;
import org.tickwave.bench.budget.BudgetReport;
import org.tickwave.bench.budget.BudgetText;
import org.tickwave.bench.budget.Numbers;
import org.tickwave.bench.budget.Subject;
import org.tickwave.bench.net.NetworkDescription;
import org.tickwave.bench.net.NetworkFile;
import org.tickwave.bench.session.Idle;
import org.tickwave.bench.setup.RunFailure;
import org.tickwave.bench.stream.FileNames;
import org.tickwave.bench.stream.Printable;
import org.tickwave.bench.stream.StreamException;
import org.tickwave.safetensors.file.AtomicFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tickwave budget}. */
@Command(name = "budget", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false,
    description = {"Says which networks can learn at a frame rate on this machine. Takes less than a minute.",
        "It times ticks of some networks, and predicts the others by a model whose error it prints. For each rule and hold it compares them with"
            + " the time that a tick may take, and names the widest and the deepest network that fits."},
    exitCodeListHeading = "%nExit codes:%n", exitCodeList = {"0:done", "1:no network could be measured, or the result could not be written",
        "2:the command line is wrong", "130:interrupted"},
    footerHeading = "%nExamples:%n", footer = {"  ./tickwave budget --out budget",
        "  ./tickwave budget --fps 240 --depth 4,10 --width 64..512 --live 10",
        "  ./tickwave budget --network network.json --fps 1000 --json"})
final class BudgetCommand implements Callable<Integer> {
    private static final int DEEPEST = 1_024;
    private static final int WIDEST = 65_536;
    private static final int LONGEST_HOLD = 1_000_000;
    private static final double LONGEST_S = 86_400;
    private static final String DEPTHS = "2..64";
    private static final String WIDTHS = "32..4096";

    @Spec
    private CommandSpec spec;

    @Option(names = "--fps", paramLabel = "F", split = ",", converter = FpsOption.class, defaultValue = "30,60,240,1000",
        description = "frames a second, each a question of its own (default: ${DEFAULT-VALUE})")
    private List<Double> fps;

    @Option(names = "--depth", paramLabel = "LIST", description = "layers of the chains: numbers and ranges, such as 4,10 or 2..64"
        + " (default: " + DEPTHS + ")")
    private String depth;

    @Option(names = "--width", paramLabel = "LIST", description = "neurons in each layer, in the same form (default: " + WIDTHS + ")")
    private String width;

    @Option(names = "--network", paramLabel = "FILE", description = "description of a network in JSON, instead of chains")
    private String network;

    @Option(names = "--rule", paramLabel = "RULE", split = ",", converter = RuleOption.class,
        description = "learning rules: diffusion, window:R or aligned (default: diffusion,aligned; diffusion for a network that is not balanced)")
    private List<Rule> rules;

    @Option(names = "--hold", paramLabel = "LIST", description = "ticks for which a frame is held (default: L-1, 2L-1 and 2L for diffusion, 1 for"
        + " the other rules)")
    private String hold;

    @Option(names = "--clock", paramLabel = "burst|spread", defaultValue = "burst",
        description = "burst: the ticks of a frame run at once; spread: they are spaced evenly, and each has to be in time (default: ${DEFAULT-VALUE})")
    private String clock;

    @Option(names = "--share", paramLabel = "S", defaultValue = "0.5",
        description = "share of the budget that a slow tick may need to fit; the rest is reserve (default: ${DEFAULT-VALUE})")
    private double share;

    @Option(names = "--threads", paramLabel = "N|auto", defaultValue = "auto", converter = ThreadsOption.class,
        description = "number of threads; auto: as many as should make a tick faster (default: ${DEFAULT-VALUE})")
    private int threads;

    @Option(names = "--idle", paramLabel = "spin|yield|park", defaultValue = "yield", converter = IdleOption.class,
        description = "how threads wait, as in run (default: ${DEFAULT-VALUE})")
    private Idle idle;

    @Option(names = "--seconds", paramLabel = "S", defaultValue = "40", description = "how long to measure (default: ${DEFAULT-VALUE})")
    private double seconds;

    @Option(names = "--live", paramLabel = "S", description = "then drive the largest network that fits against a real frame clock for S seconds, in turn"
        + " with an empty loop that takes as long, and count what was late (default: no such drive)")
    private Double live;

    @Option(names = "--out", paramLabel = "DIR", description = "write a page with heat maps and curves to DIR, which is made if it is missing")
    private String out;

    @Option(names = "--json", description = "print one JSON object instead of text")
    private boolean json;

    @Option(names = "--quiet", description = "print no progress on standard error")
    private boolean quiet;

    @Override
    public Integer call() throws IOException, RunFailure {
        final BudgetOptions options = options();
        final Path page = out == null ? null : page();
        final BudgetReport report = new Budget(options, this::say).run();
        final PrintWriter text = spec.commandLine().getOut();
        text.println(json ? BudgetJson.of(report) : BudgetText.of(report));
        text.flush();
        if (page != null) {
            BudgetPage.of(report, "./tickwave " + String.join(" ", spec.commandLine().getParent().getParseResult().originalArgs())).write(page);
            say("wrote " + page);
        }
        return ExitCode.OK;
    }

    private BudgetOptions options() throws IOException {
        expect(!fps.isEmpty(), "--fps ,", "frames a second, such as 30,60");
        expect(rules == null || !rules.isEmpty(), "--rule ,", "rules, such as diffusion,aligned");
        expect(share > 0 && share <= 1, "--share " + share, "above 0, at most 1");
        expect(seconds > 0 && seconds <= LONGEST_S, "--seconds " + seconds, "above 0, at most 86400");
        expect(live == null || live > 0 && live <= LONGEST_S, "--live " + live, "above 0, at most 86400");
        expect(clock.equals("burst") || clock.equals("spread"), "--clock " + Printable.text(clock), "burst or spread");
        expect(network == null || !network.isEmpty(), "--network \"\"", "a file");
        expect(network == null || depth == null, "--network with --depth " + depth, "no --depth, since the file describes the layers");
        expect(network == null || width == null, "--network with --width " + width, "no --width, since the file describes the layers");
        final List<Integer> holds = hold == null ? null : numbers("--hold", hold, LONGEST_HOLD);
        final List<Double> rates = fps.stream().distinct().sorted().toList();
        if (network != null) {
            return of(rates, null, null, holds);
        }
        return new BudgetOptions(rates, numbers("--depth", depth == null ? DEPTHS : depth, DEEPEST),
            numbers("--width", width == null ? WIDTHS : width, WIDEST), null, rules(Balance.BALANCED), holds, clock.equals("spread"), share, threads,
            idle, seconds, live == null ? 0 : live);
    }

    private BudgetOptions of(final List<Double> rates, final List<Integer> depths, final List<Integer> widths, final List<Integer> holds)
        throws IOException {
        final NetworkFile file = NetworkFile.read(network);
        final NetworkDescription description = file.withoutStream();
        if (description.balance() != Balance.BALANCED && rules != null && !rules.equals(List.of(Rule.diffusion()))) {
            throw file.refuseBalance("a network that is " + NetworkDescription.named(description.balance()) + ", with --rule "
                + rules.stream().map(Rule::toString).collect(Collectors.joining(",")) + ": expected --rule diffusion");
        }
        final Network built;
        try {
            built = description.network();
        } catch (final IllegalArgumentException e) {
            throw file.refuse(e.getMessage());
        }
        return new BudgetOptions(rates, depths, widths, new Subject(Printable.text(network), null, null, built), rules(description.balance()), holds,
            clock.equals("spread"), share, threads, idle, seconds, live == null ? 0 : live);
    }

    private List<Rule> rules(final Balance balance) {
        return rules != null ? rules.stream().distinct().toList()
            : balance == Balance.BALANCED ? List.of(Rule.diffusion(), Rule.aligned()) : List.of(Rule.diffusion());
    }

    private List<Integer> numbers(final String option, final String text, final int most) {
        try {
            return Numbers.parse(text, most);
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), option + " " + e.getMessage(), e);
        }
    }

    private void expect(final boolean good, final String what, final String expected) {
        if (!good) {
            throw new ParameterException(spec.commandLine(), what + ": expected " + expected);
        }
    }

    /** Asks before the measurement whether the page can be written. */
    private Path page() throws IOException {
        expect(!out.isEmpty(), "--out \"\"", "a directory");
        final String name = "--out " + Printable.text(out);
        final Path directory = FileNames.path(name, out);
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new StreamException(name + ": a file: expected a directory");
        }
        try {
            Files.createDirectories(directory);
        } catch (final IOException e) {
            throw new StreamException(name + ": cannot be created: " + AtomicFile.reason(e));
        }
        final Path page = directory.resolve("budget.html");
        AtomicFile.check(page);
        return page;
    }

    private void say(final String line) {
        if (!quiet) {
            spec.commandLine().getErr().println(line);
            spec.commandLine().getErr().flush();
        }
    }
}
