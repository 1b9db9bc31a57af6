package org.tickwave.bench.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.tickwave.Activation;
import org.tickwave.Rule;
import org.tickwave.bench.report.Units;
import org.tickwave.bench.run.Run;
import org.tickwave.bench.session.Idle;
import org.tickwave.bench.setup.RunOptions;
import org.tickwave.bench.stream.Format;
import org.tickwave.bench.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tickwave run}: options to options, and what is wrong with them. */
@Command(name = "run", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false,
    description = {"Learns from a stream, live, inside its frame budget: from the newest frames, the next change;",
        "from labelled recordings, of which every fifth is held out, their label.",
        "Without --input it makes a stream: shapes that move. Ctrl-C ends it with the summary."},
    exitCodeListHeading = "%nExit codes:%n", exitCodeList = {"0:done", "1:a missing or broken stream, numbers went bad, or a band failed",
        "2:the command line is wrong", "130:interrupted"})
final class RunCommand implements Callable<Integer> {
    private static final int DEFAULT_COLUMNS = 80;
    private static final long JITTER_NS = 10_000_000_000L;

    @Spec
    private CommandSpec spec;

    @Option(names = "--input", paramLabel = "FILE",
        description = {"a file, a directory of labelled WAV recordings, a FIFO, or - for standard input.",
            "Reads Y4M of 8 bits; WAV, RF64 and BW64 of integers of 8, 16, 24 or 32 bits or floats of 32 or 64"})
    private String input;

    @Option(names = "--skip-bad", description = "leave out recordings of a directory that cannot be used, and count them")
    private boolean skipBad;

    @Option(names = "--format", paramLabel = "(f32|u8):WIDTH@FPS", converter = FormatOption.class,
        description = "raw frames: little-endian float32, or bytes (v/255 - .5); without it the first bytes tell (Y4M, WAV); with --fps there need be no @FPS")
    private Format format;

    @Option(names = "--context", paramLabel = "N",
        description = "the newest frame and N-1 changes are the input; of labelled speech, the N newest frames"
            + " (16; 2 beyond 16 numbers a frame; 10 for sound)")
    private Integer context;

    @Option(names = "--gain", paramLabel = "G", description = "changes are multiplied by it (10; 1 for sound)")
    private Float gain;

    @Option(names = "--fps", paramLabel = "F", converter = FpsOption.class, description = "frames a second, instead of what the stream says")
    private Double fps;

    @Option(names = "--rule", paramLabel = "RULE", defaultValue = "aligned", converter = RuleOption.class,
        description = "diffusion, window:R or aligned (${DEFAULT-VALUE})")
    private Rule rule;

    @Option(names = "--hold", paramLabel = "K", description = "ticks a frame (1; with diffusion L-1)")
    private Integer hold;

    @Option(names = "--layers", paramLabel = "N", split = ",",
        description = "hidden widths (64,64; 128 beyond 16 numbers a frame; 128,128,128 for labelled speech)")
    private List<Integer> layers;

    @Option(names = "--activation", paramLabel = "NAME", converter = ActivationOption.class,
        description = "of the hidden layers: identity, tanh, logistic, relu, leaky_relu (tanh)")
    private Activation activation;

    @Option(names = "--rate", paramLabel = "R",
        description = "learning rate: what a frame teaches, in all its ticks (1e-2; 3e-4 for labelled speech)")
    private Float rate;

    @Option(names = "--seed", paramLabel = "N",
        description = "of the start weights, the made stream, the order of recordings (1)")
    private Long seed;

    @Option(names = "--lanes", paramLabel = "128|256|512", description = "bits of a vector (the machine's)")
    private Integer lanes;

    @Option(names = "--frames", paramLabel = "N", description = "stop after N frames read (the stream's end; 4800 of a made one)")
    private Long frames;

    @Option(names = "--seconds", paramLabel = "S", description = "stop after S seconds of wall time")
    private Double seconds;

    @Option(names = "--loop", paramLabel = "N", defaultValue = "1", description = "play a file or a directory N times (${DEFAULT-VALUE})")
    private long loop;

    @Option(names = "--pace", paramLabel = "live|none", defaultValue = "live",
        description = "on a frame clock, or as fast as it can (${DEFAULT-VALUE})")
    private String pace;

    @Option(names = "--threads", paramLabel = "N|auto", defaultValue = "auto", converter = ThreadsOption.class,
        description = "threads that tick, each with layers of its own; auto: as many as pay, one where it has ten times the time"
            + " it needs (${DEFAULT-VALUE})")
    private int threads;

    @Option(names = "--idle", paramLabel = "spin|yield|park", converter = IdleOption.class,
        description = "how threads wait, for each other and for the frame clock: spin and yield keep the core of every"
            + " thread busy all the time, yield lets others have it; park frees it, and adds some 50 to 150 us to a tick"
            + " after a pause (yield; park at --pace none)")
    private Idle idle;

    @Option(names = "--jitter",
        description = "for 10 s before and 10 s after, see what an empty loop meets that is paced the same way")
    private boolean jitter;

    @Option(names = "--compare", description = "let sequential backprop learn from the same pairs, beside it")
    private boolean compare;

    @Option(names = "--no-learn", description = "only answer")
    private boolean noLearn;

    @Option(names = "--save", paramLabel = "FILE",
        description = "when it ends, whatever ended it, keep what was learnt, as safetensors; after bad numbers in FILE.stopped")
    private String save;

    @Option(names = "--load", paramLabel = "FILE",
        description = "begin with what --save kept: network, context, gain, features, labels, and for recordings the seed")
    private String load;

    @Option(names = "--json", description = "one JSON object on standard output, instead of the summary")
    private boolean json;

    @Option(names = "--quiet", description = "no progress on standard error")
    private boolean quiet;

    @Override
    public Integer call() throws Exception {
        check();
        final boolean live = pace.equals("live");
        final RunOptions options = new RunOptions(input, format, context, gain, fps, rule, hold, layers, activation, rate, seed,
            lanes, frames, seconds, loop, live, compare, !noLearn, threads,
            idle != null ? idle : live ? Idle.YIELD : Idle.PARK, jitter ? JITTER_NS : 0, load, save, skipBad);
        return new Run(options, terminal(), Version.number(), json, quiet).execute();
    }

    private void check() {
        expect(save == null || !save.isEmpty(), "--save", "\"\"", "a file");
        expect(load == null || !load.isEmpty(), "--load", "\"\"", "a file");
        expect(save == null || load != null || !noLearn, "--no-learn with --save", save,
            "--load too, since there is nothing new to save");
        expect(input != null || format == null, "--format", format, "an --input that it describes");
        expect(format == null || fps != null || !Double.isNaN(format.framesPerSecond()), "--format", format,
            "@FPS after it, or --fps");
        expect(input != null || loop == 1, "--loop", loop, "an --input to play again; the made stream does not end");
        expect(context == null || context >= 1 && context <= 1024, "--context", context, "1 to 1024 frames");
        if (gain != null) {
            expect(gain > 0 && gain <= 1 << 20, "--gain", Units.number(gain), "above 0, at most 1048576");
        }
        expect(hold == null || hold >= 1, "--hold", hold, "at least 1 tick");
        expect(layers == null || !layers.isEmpty(), "--layers", ",", "widths, such as 64,64");
        for (final int width : layers == null ? List.<Integer>of() : layers) {
            expect(width >= 1, "--layers", width, "widths of at least 1");
        }
        expect(rate == null || rate >= 0 && rate <= 1024, "--rate", rate, "0 to 1024");
        expect(lanes == null || lanes == 128 || lanes == 256 || lanes == 512, "--lanes", lanes, "128, 256 or 512");
        expect(frames == null || frames >= 1, "--frames", frames, "at least 1");
        expect(seconds == null || seconds > 0 && seconds < Double.POSITIVE_INFINITY, "--seconds", seconds, "above 0");
        expect(loop >= 1, "--loop", loop, "at least 1");
        expect(pace.equals("live") || pace.equals("none"), "--pace", pace, "live or none");
        expect(!jitter || pace.equals("live"), "--jitter with --pace", pace, "live; without a pace there is no schedule");
    }

    private void expect(final boolean holds, final String option, final Object value, final String expected) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), option + " " + value + ": expected " + expected);
        }
    }

    private static int columns() {
        final int columns = Integer.getInteger("tickwave.stderr.columns", DEFAULT_COLUMNS);
        return columns > 0 ? columns : DEFAULT_COLUMNS;
    }

    /** The launcher says what the JVM cannot find out. */
    private Terminal terminal() {
        final boolean tty = Boolean.getBoolean("tickwave.stderr.tty");
        final String noColor = System.getenv("NO_COLOR");
        return new Terminal(spec.commandLine().getOut(), spec.commandLine().getErr(), tty, noColor == null || noColor.isEmpty(),
            System.err.charset().newEncoder().canEncode('\u2588'), columns());
    }
}
