package org.tickwave.bench.cli;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.tickwave.Activation;
import org.tickwave.Feedback;
import org.tickwave.Rule;
import org.tickwave.bench.net.NetworkFile;
import org.tickwave.bench.report.Clock;
import org.tickwave.bench.report.Units;
import org.tickwave.bench.run.Run;
import org.tickwave.bench.session.Idle;
import org.tickwave.bench.setup.OptionsDraft;
import org.tickwave.bench.stream.Format;
import org.tickwave.bench.table.TableOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tickwave run}: parses and checks the options, and runs. */
@Command(name = "run", mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false,
    description = {"Trains a network on a stream, live, within the frame budget.",
        "From the newest frames the network learns to predict the next change. From labelled recordings it learns to predict the label;"
            + " every fifth recording is held out for the score. From the rows of a table it learns to predict the column that --label names.",
        "Without --input, run makes a stream of moving shapes. Ctrl-C ends the run with a summary."},
    exitCodeListHeading = "%nExit codes:%n", exitCodeList = {"0:done",
        "1:the run failed: the stream is missing or broken, numbers went bad, a band failed, or the result could not be written",
        "2:the command line is wrong", "130:interrupted by Ctrl-C"})
final class RunCommand implements Callable<Integer> {
    private static final long JITTER_NS = 10_000_000_000L;

    @Spec
    private CommandSpec spec;

    @Option(names = "--input", paramLabel = "FILE",
        description = {"a file, a directory of labelled WAV recordings, a FIFO, or - for standard input.",
            "Reads Y4M video (8 bits), and WAV, RF64 and BW64 sound (integers of 8, 16, 24 or 32 bits, floats of 32 or 64 bits),"
                + " and tables (CSV in UTF-8)"})
    private String input;

    @Option(names = "--skip-bad", description = "leave out and count the bad recordings of a directory, instead of refusing the directory")
    private boolean skipBad;

    @Option(names = "--format", paramLabel = "(f32|u8):WIDTH@FPS|csv",
        description = "raw frames: little-endian float32, or bytes v that become v/255 - .5; WIDTH numbers a frame, FPS frames a second;"
            + " @FPS may be left out with --fps; csv: a table (default: csv for FILE.csv and FILE.tsv; else the first bytes tell Y4M or WAV)")
    private String format;

    @Mixin
    private TableColumns columns;

    @Option(names = "--context", paramLabel = "N",
        description = "the input is the newest frame and N-1 changes; for labelled recordings and tables with --label, the N newest frames"
            + " (default: 16; 2 if a frame has more than 16 numbers; 10 for sound; 1 for tables)")
    private Integer context;

    @Option(names = "--gain", paramLabel = "G", description = "multiply changes by G (default: 10; 3 if the numbers are normalised)")
    private Float gain;

    @Option(names = "--normalise", paramLabel = "N|all|none", arity = "0..1", fallbackValue = "all", converter = NormaliseOption.class,
        description = "scale the numbers of a frame by their running mean and variance: over all frames so far, or as if at most the last"
            + " N had come; changes are then in units of the deviation (default: all for sound and tables, none otherwise)")
    private Long normalise;

    @Option(names = "--fps", paramLabel = "F", converter = FpsOption.class, description = "frames a second (default: the frame rate of the stream)")
    private Double fps;

    @Option(names = "--rule", paramLabel = "RULE", converter = RuleOption.class,
        description = "learning rule: diffusion, window:R or aligned (default: aligned; diffusion for a network that is not balanced)")
    private Rule rule;

    @Option(names = "--hold", paramLabel = "K|auto", defaultValue = "auto", converter = HoldOption.class,
        description = "hold each frame for K ticks, which share the rate; auto: as many of 1, 2, 4, 8 and 16 as should fit into a quarter"
            + " of the time between two frames, by a model that is the same on every machine (default: ${DEFAULT-VALUE})")
    private int hold;

    @Option(names = "--layers", paramLabel = "N", split = ",",
        description = "widths of the hidden layers (default: 64,64; 128 if a frame has more than 16 numbers and is no row of a table; 128,128,128 for labelled recordings)")
    private List<Integer> layers;

    @Option(names = "--network", paramLabel = "FILE",
        description = "description of the network in JSON: layers, inputs, outputs and projections (default: a chain of the hidden layers)")
    private String network;

    @Option(names = "--feedback", paramLabel = "KIND", converter = FeedbackOption.class,
        description = "how errors come down every projection: transpose, random, sign_symmetric or direct (default: transpose, or what the"
            + " description of the network says)")
    private Feedback feedback;

    @Option(names = "--activation", paramLabel = "NAME", converter = ActivationOption.class,
        description = "activation of the hidden layers: identity, tanh, logistic, relu, leaky_relu (default: tanh)")
    private Activation activation;

    @Option(names = "--rate", paramLabel = "R",
        description = "learning rate of a frame, over all its ticks (default: 2e-2; 1e-2 if the numbers are"
            + " normalised or a frame is held for less than 8 ticks; 3e-4 for labelled recordings; 1e-1 for a labelled table)")
    private Float rate;

    @Option(names = "--seed", paramLabel = "N",
        description = "seed of the start weights, the made stream and the order of recordings (default: 1)")
    private Long seed;

    @Option(names = "--lanes", paramLabel = "128|256|512", description = "lane width in bits (default: the widest of this machine)")
    private Integer lanes;

    @Option(names = "--frames", paramLabel = "N", description = "stop after reading N frames (default: the end of the stream; 4800 for the made stream)")
    private Long frames;

    @Option(names = "--seconds", paramLabel = "S", description = "stop after S seconds of wall time, including the wait for the first frame (default: the end of the stream)")
    private Double seconds;

    @Option(names = "--loop", paramLabel = "N", defaultValue = "1", description = "play a file or a directory N times (default: ${DEFAULT-VALUE})")
    private long loop;

    @Option(names = "--pace", paramLabel = "live|none",
        description = "live: on a frame clock; none: as fast as possible (default: live; none for a table without --fps)")
    private String pace;

    @Option(names = "--clock", paramLabel = "burst|spread",
        description = "burst: do all ticks of a frame when its time has come; of a pipe, when the frame arrives; spread: space the ticks"
            + " evenly, and take the newest frame of a pipe (default: burst)")
    private String clock;

    @Option(names = "--threads", paramLabel = "N|auto", defaultValue = "auto", converter = ThreadsOption.class,
        description = "number of threads; each runs its own layers; auto: as many as make a tick faster, or one if one thread uses less"
            + " than a tenth of the budget (default: ${DEFAULT-VALUE})")
    private int threads;

    @Option(names = "--idle", paramLabel = "spin|yield|park", converter = IdleOption.class,
        description = "how threads wait for each other and for the frame clock: spin and yield keep one core busy for each thread, but"
            + " yield lets other threads use the core; park frees the core, and a tick after a pause then takes 50 to 150 us longer"
            + " (default: yield; park with --pace none)")
    private Idle idle;

    @Option(names = "--jitter",
        description = "measure the delays of an empty loop at the same pace, for 10 s before and 10 s after the run")
    private boolean jitter;

    @Option(names = "--compare", description = "also train sequential backprop on the same pairs, for comparison")
    private boolean compare;

    @Option(names = "--audit", paramLabel = "N", description = "after every N frames compare the gradient that is learnt with sequential backprop in double"
        + " precision, on another thread; an audit that is not ready in time is skipped (default: no audit)")
    private Long audit;

    @Option(names = "--audit-out", paramLabel = "FILE", description = "write a page in HTML with the audits over time to FILE")
    private String auditOut;

    @Option(names = "--no-learn", description = "answer without learning")
    private boolean noLearn;

    @Option(names = "--save", paramLabel = "FILE",
        description = "save the network as safetensors when the run ends; after bad numbers or an error in FILE.stopped")
    private String save;

    @Option(names = "--load", paramLabel = "FILE",
        description = "begin with a saved network; its file also sets context, gain, features, labels, and for labelled recordings the seed")
    private String load;

    @Mixin
    private CheckpointOptions checkpoints;

    @Option(names = "--image", paramLabel = "FILE",
        description = "keep the memory of the network in FILE, so that other programs can watch it while it runs, without effect on the run")
    private String image;

    @Mixin
    private AnswersFlags answers;

    @Option(names = "--watch", paramLabel = "PORT", arity = "0..1", fallbackValue = "0", converter = PortOption.class,
        description = "show the waves, the times and the loss on a page of this machine while the run goes on; the address is printed on standard error"
            + " (default: no page; without PORT any free port)")
    private Integer watch;

    @Option(names = "--json", description = "print one JSON object instead of the summary")
    private boolean json;

    @Option(names = "--quiet", description = "print no progress on standard error")
    private boolean quiet;

    @Override
    public Integer call() throws Exception {
        final TableOptions table = columns.options(spec.commandLine(), input, format, normalise);
        pace = pace != null ? pace : table != null && fps == null ? "none" : "live";
        check();
        final boolean live = pace.equals("live");
        return new Run(draft(table, live).make(), Terminals.of(spec), Version.number(), json, quiet).execute();
    }

    private OptionsDraft draft(final TableOptions table, final boolean live) throws IOException {
        final OptionsDraft draft = new OptionsDraft();
        draft.input = input;
        draft.skipBad = skipBad;
        draft.format = raw();
        draft.table = table;
        draft.context = context;
        draft.gain = gain;
        draft.normalise = normalise;
        draft.fps = fps;
        draft.rule = rule;
        draft.hold = hold == HoldOption.AUTO ? null : hold;
        draft.layers = layers;
        draft.network = network == null ? null : NetworkFile.read(network);
        draft.feedback = feedback;
        draft.activation = activation;
        draft.rate = rate;
        draft.seed = seed;
        draft.lanes = lanes;
        draft.frames = frames;
        draft.seconds = seconds;
        draft.loop = loop;
        draft.clock = live ? clock() : null;
        draft.threads = threads;
        draft.idle = idle != null ? idle : live ? Idle.YIELD : Idle.PARK;
        draft.jitterNs = jitter ? JITTER_NS : 0;
        draft.compare = compare;
        draft.audit = audit;
        draft.auditOut = auditOut;
        draft.learn = !noLearn;
        draft.save = save;
        draft.load = load;
        draft.keep = checkpoints.options();
        draft.image = image;
        draft.answers = answers.options();
        draft.watch = watch;
        return draft;
    }

    private void check() {
        checkpoints.check(this::expect);
        expect(image == null || !image.isEmpty(), "--image", "\"\"", "a file");
        expect(save == null || !save.isEmpty(), "--save", "\"\"", "a file");
        expect(load == null || !load.isEmpty(), "--load", "\"\"", "a file");
        expect(save == null || load != null || !noLearn, "--no-learn with --save", save,
            "--load too, since there is nothing new to save");
        final Format raw = raw();
        expect(input != null || format == null, "--format", format, "--input too, the stream in this format");
        expect(raw == null || fps != null || !Double.isNaN(raw.framesPerSecond()), "--format", raw, "@FPS after it, or --fps");
        expect(input != null || loop == 1, "--loop", loop, "--input too, since the made stream does not end");
        expect(context == null || context >= 1 && context <= 1024, "--context", context, "1 to 1024 frames");
        if (gain != null) {
            expect(gain > 0 && gain <= 1 << 20, "--gain", Units.number(gain), "above 0, at most 1048576");
        }
        expect(network == null || !network.isEmpty(), "--network", "\"\"", "a file");
        expect(network == null || layers == null, "--network with --layers", layers, "no --layers, since the file describes the layers");
        expect(network == null || activation == null, "--network with --activation", activation,
            "no --activation, since the file describes the layers");
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
        expect(clock == null || clock.equals("burst") || clock.equals("spread"), "--clock", clock, "burst or spread");
        expect(clock == null || pace.equals("live"), "--clock " + clock + " with --pace", pace, "live, since without a pace no frame waits");
        answers.check(this::expect);
        expect(audit == null || audit >= 1, "--audit", audit, "at least 1 frame");
        expect(audit == null || !noLearn, "--no-learn with --audit", audit, "no --no-learn, since without learning there is no gradient");
        expect(auditOut == null || !auditOut.isEmpty(), "--audit-out", "\"\"", "a file");
        expect(auditOut == null || audit != null, "--audit-out", auditOut, "--audit too");
        expect(!jitter || pace.equals("live"), "--jitter with --pace", pace, "live, since without a pace no tick can be late");
    }

    /** The format of raw frames; null if none was given. */
    private Format raw() {
        try {
            return format == null || format.equals(TableColumns.CSV) ? null : Format.parse(format);
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage() + ", or " + TableColumns.CSV + " for a table");
        }
    }

    private static String upper(final String option) {
        return option.toUpperCase(Locale.ROOT);
    }

    private Clock clock() {
        return clock == null ? Clock.BURST : Clock.valueOf(upper(clock));
    }

    private void expect(final boolean holds, final String option, final Object value, final String expected) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), option + " " + value + ": expected " + expected);
        }
    }
}
