package org.tickwave.bench.run;

import java.io.IOException;
import java.util.function.Supplier;
import org.tickwave.Engine;
import org.tickwave.Network;
import org.tickwave.Rule;
import org.tickwave.bench.report.JsonReport;
import org.tickwave.bench.report.Report;
import org.tickwave.bench.report.Setup;
import org.tickwave.bench.report.Summary;
import org.tickwave.bench.report.Threads;
import org.tickwave.bench.report.Units;
import org.tickwave.bench.stream.ChangeTask;
import org.tickwave.bench.stream.Input;
import org.tickwave.bench.stream.MadeSource;
import org.tickwave.bench.stream.PipeReader;
import org.tickwave.bench.stream.Source;
import org.tickwave.kernel.Lanes;

/** The main job: opens the stream, describes a network that fits it, runs a session, reports. */
public final class Run {
    private static final long MADE_FRAMES = 4_800;
    private static final int INTERRUPTED = 130;
    /** Up to so many numbers a frame it is a sensor's, and its history says more than its neighbours. */
    private static final int NARROW = 16;
    private static final int WIDEST_INPUT = 1 << 20;
    /** Bands take the time of every so many ticks. */
    private static final int SAMPLE_TICKS = 16;
    /** From here on it is said that starting the weights takes a while. */
    private static final long LARGE_BYTES = 1L << 30;

    private final Settings settings;
    private final Terminal terminal;
    private final String version;
    private final boolean json;
    private final boolean quiet;

    public Run(final Settings settings, final Terminal terminal, final String version, final boolean json, final boolean quiet) {
        this.settings = settings;
        this.terminal = terminal;
        this.version = version;
        this.json = json;
        this.quiet = quiet;
    }

    /**
     * Runs to the end of the stream, or until Ctrl-C.
     *
     * @return the exit code
     */
    public int execute() throws RunFailure {
        final int laneBits = Lanes.LANES * Float.SIZE;
        if (settings.lanes() != null && settings.lanes() != laneBits) {
            throw RunFailure.failed("--lanes " + settings.lanes() + ": this machine, with its JVM's flags, has vectors of "
                + laneBits + " bits");
        }
        try {
            final Input input = settings.input() == null ? null : Input.of(settings.input(), settings.format());
            if (input != null && settings.loop() > 1 && !input.regularFile()) {
                throw RunFailure.usage("--loop " + settings.loop() + ": " + settings.input()
                    + " is a pipe, which cannot be played again; expected a regular file");
            }
            try (Source source = input == null ? new MadeSource(settings.seed()) : input.open()) {
                return execute(input, source);
            }
        } catch (final IOException e) {
            throw RunFailure.failed(message(e));
        }
    }

    private static String message(final Exception e) {
        return e.getMessage() != null ? e.getMessage() : e.toString();
    }

    private int execute(final Input input, final Source source) throws RunFailure, IOException {
        final boolean narrow = source.width() <= NARROW;
        final int context = settings.context() != null ? settings.context() : narrow ? 16 : 2;
        if ((long) context * source.width() > WIDEST_INPUT) {
            throw RunFailure.failed("--context " + context + ": with frames of " + source.width() + " numbers an input would have "
                + (long) context * source.width() + "; expected at most " + WIDEST_INPUT);
        }
        final ChangeTask task = new ChangeTask(source.width(), context, settings.gain());
        final Network network = network(task, narrow);
        final Engine.Context engineContext = new Engine.Context().rule(settings.rule()).hold(hold(network))
            .rate(settings.rate()).seed(settings.seed()).learning(settings.learn()).warmUp(true);
        final Setup setup = setup(source, context, network, engineContext);
        expectMemory(setup);
        final EngineThreads threads = new EngineThreads();
        engineContext.threads(setup.threads().count()).threadFactory(threads).sampleEvery(SAMPLE_TICKS);
        if (settings.idle().strategy() != null) {
            engineContext.idleStrategy(settings.idle().strategy());
        }
        if (settings.threads() > setup.threads().count() && !quiet) {
            say("--threads " + settings.threads() + ": " + setup.threads().count() + ", since " + setup.threads().why());
        }
        final Jitter jitter = settings.jitterNs() == 0
            ? null : new Jitter(setup.budgetNs(), settings.idle(), settings.jitterNs());
        if (jitter != null) {
            try (Farewell _ = new Farewell(jitter::stop)) {
                measure(jitter, "before the run");
            }
            if (jitter.stopped()) {
                return INTERRUPTED;
            }
        }
        try (Engine engine = allocated(setup, () -> Engine.open(network, engineContext));
            Backprop backprop = settings.compare() ? allocated(setup, () -> new Backprop(network, settings.seed())) : null;
            Feed feed = feed(input, source, task)) {
            return execute(setup, feed, task, engine, threads, backprop, jitter);
        }
    }

    private static <T> T allocated(final Setup setup, final Supplier<T> allocation) throws RunFailure {
        try {
            return allocation.get();
        } catch (final OutOfMemoryError e) {
            throw RunFailure.failed("network " + setup.network() + ": its image of " + setup.imageBytes()
                + " bytes cannot be allocated: " + e.getMessage());
        }
    }

    private Network network(final ChangeTask task, final boolean narrow) throws RunFailure {
        final int[] hidden = settings.layers() != null
            ? settings.layers().stream().mapToInt(Integer::intValue).toArray()
            : narrow ? new int[] {64, 64} : new int[] {128};
        final int[] widths = new int[hidden.length + 2];
        widths[0] = task.inputWidth();
        System.arraycopy(hidden, 0, widths, 1, hidden.length);
        widths[widths.length - 1] = task.targetWidth();
        try {
            return Network.chain(widths).activation(settings.activation()).build();
        } catch (final IllegalArgumentException e) {
            throw RunFailure.usage("--layers: " + e.getMessage());
        }
    }

    private int hold(final Network network) {
        if (settings.hold() != null) {
            return settings.hold();
        }
        return settings.rule().equals(Rule.diffusion()) ? Math.max(1, network.layers() - 1) : 1;
    }

    private Setup setup(
        final Source source, final int context, final Network network, final Engine.Context engineContext) throws RunFailure {
        final double fps = settings.fps() != null ? settings.fps() : source.framesPerSecond();
        final int hold = hold(network);
        final double budgetNs = 1e9 / (fps * hold);
        final long imageBytes;
        final Threads threads;
        try {
            threads = ThreadChoice.of(settings, budgetNs, network, engineContext);
            imageBytes = Engine.imageBytes(network, engineContext);
        } catch (final IllegalArgumentException e) {
            // The network has been checked; with it the rule is.
            throw RunFailure.usage("--rule " + e.getMessage());
        }
        return new Setup(source.name(), source.width(), fps, budgetNs, network, settings.rule(), hold,
            settings.rate(), context, settings.gain(), settings.seed(), Lanes.LANES * Float.SIZE, imageBytes,
            settings.live(), settings.compare(), settings.learn(), threads);
    }

    private void expectMemory(final Setup setup) throws RunFailure {
        final long available = Memory.availableBytes();
        final int images = setup.compare() ? 2 : 1;
        if (setup.imageBytes() > available / images) {
            throw RunFailure.failed("network " + setup.network() + ": its image takes " + setup.imageBytes() + " bytes"
                + (images == 2 ? ", and backprop's as many" : "") + "; this machine has " + available + " available");
        }
        if (setup.imageBytes() > LARGE_BYTES && !quiet) {
            say("starting the weights of " + setup.network() + ": " + Units.bytes(setup.imageBytes()));
        }
    }

    private void say(final String line) {
        terminal.err().println(line);
        terminal.err().flush();
    }

    private Feed feed(final Input input, final Source source, final ChangeTask task) {
        final long frames = settings.frames() != null ? settings.frames()
            : input == null && settings.seconds() == null ? MADE_FRAMES : Long.MAX_VALUE;
        if (input != null && settings.live() && !input.regularFile()) {
            return new LiveFeed(PipeReader.start(source, frames), source.width(), task, frames);
        }
        return new PlayedFeed(source, input == null ? null : input::open, task, input == null ? 1 : settings.loop(), frames);
    }

    private int execute(
        final Setup setup, final Feed feed, final ChangeTask task, final Engine engine, final EngineThreads threads,
        final Backprop backprop, final Jitter jitter) throws RunFailure {
        final double seconds = settings.seconds() != null ? settings.seconds() : Double.POSITIVE_INFINITY;
        final Progress progress = quiet ? null : new Progress(terminal);
        final Session session = new Session(setup, feed, task, engine, threads, backprop, progress == null ? Watch.NOTHING : progress,
            new FrameClock(setup.budgetNs(), settings.idle()), seconds);
        final Runnable stop = () -> {
            session.stop();
            if (jitter != null) {
                jitter.stop();
            }
        };
        try (Farewell _ = new Farewell(stop)) {
            final Report report = session.run();
            if (progress != null) {
                progress.end();
            }
            if (jitter == null) {
                return tell(report);
            }
            if (report.end().asPlanned() && report.frames() > 0) {
                // Its threads would wait beside the empty loop.
                engine.close();
                measure(jitter, "after it");
            }
            final int exitCode = tell(report.withJitter(jitter.delayNs()));
            return jitter.stopped() ? INTERRUPTED : exitCode;
        }
    }

    private void measure(final Jitter jitter, final String when) {
        if (!quiet) {
            say("jitter: an empty loop, paced as the run is, for " + Units.time(settings.jitterNs()) + ' ' + when);
        }
        jitter.measure();
    }

    /** Says what there is to say, and how the run ended. */
    int tell(final Report report) throws RunFailure {
        if (report.frames() > 0) {
            terminal.out().println(json ? JsonReport.of(report, version) : Summary.of(report));
            terminal.out().flush();
        }
        switch (report.end()) {
            case INTERRUPT:
                return INTERRUPTED;
            case GUARD:
                throw RunFailure.failed("numbers went bad in layer " + report.guardTrip().layer() + ", tick "
                    + report.guardTrip().tick() + ", at a rate of " + Units.number(report.setup().rate()) + ": "
                    + report.advice());
            case FAILED, BROKEN:
                throw RunFailure.failed(message(report.failure()));
            default:
                if (report.frames() == 0) {
                    throw RunFailure.failed(report.setup().input() + ": holds no frame that can be used (" + report.read()
                        + " read, " + report.badFrames() + " of them with numbers that are not good)");
                }
                return 0;
        }
    }
}
