package org.tickwave.bench.run;

import java.io.IOException;
import org.tickwave.Engine;
import org.tickwave.bench.answer.Answers;
import org.tickwave.bench.input.Input;
import org.tickwave.bench.report.Report;
import org.tickwave.bench.report.RunDescription;
import org.tickwave.bench.report.Units;
import org.tickwave.bench.session.PipePlace;
import org.tickwave.bench.session.References;
import org.tickwave.bench.session.Feed;
import org.tickwave.bench.session.Jitter;
import org.tickwave.bench.session.Session;
import org.tickwave.bench.session.SessionObserver;
import org.tickwave.bench.setup.LoadedModel;
import org.tickwave.bench.setup.RunFailure;
import org.tickwave.bench.setup.RunIdentity;
import org.tickwave.bench.setup.RunOptions;
import org.tickwave.bench.setup.RunPlan;
import org.tickwave.bench.stream.FrameStream;
import org.tickwave.bench.stream.MadeStream;
import org.tickwave.bench.stream.StreamException;
import org.tickwave.bench.terminal.StatusLine;
import org.tickwave.bench.terminal.Terminal;
import org.tickwave.bench.watch.RunNumbers;
import org.tickwave.bench.watch.RunWatch;
import org.tickwave.bench.watch.WatchServer;
import org.tickwave.kernel.Lanes;

/** The command {@code run}: opens the stream, builds a network that fits it, runs a session, and reports. */
public final class Run {
    private static final int FAILED = 1;
    /** With a larger image, a line says that the weights are initialised, since this takes long. */
    private static final long LARGE_BYTES = 1L << 30;

    /** First the options of the command line; from the start of execute() with defaults and the loaded model. */
    private RunOptions options;
    private final Terminal terminal;
    private final String version;
    private final boolean json;
    private final boolean quiet;
    /** Null without --watch. */
    private WatchServer page;
    /** Time of waiting for the stream's header. It counts towards --seconds. */
    private long waitedNs;

    public Run(final RunOptions options, final Terminal terminal, final String version, final boolean json, final boolean quiet) {
        this.options = options;
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
        if (options.lanes() != null && options.lanes() != laneBits) {
            throw RunFailure.failed("--lanes " + options.lanes() + ": expected " + laneBits
                + " bits, the width of this JVM's vectors");
        }
        try {
            AuditFile.check(options);
            AnswersOutput.check(options);
            MappedImage.check(options);
            if (options.watch() == null) {
                return execute(ModelSaver.of(options, version));
            }
            try (WatchServer opened = WatchServer.open("--watch", options.watch())) {
                say("watch: " + opened.url());
                page = opened;
                return execute(ModelSaver.of(options, version));
            }
        } catch (final IOException e) {
            if (e instanceof final StreamException broken) {
                broken.details().forEach(this::say);
            }
            throw RunFailure.failed(RunResult.message(e));
        }
    }

    private int execute(final ModelSaver saver) throws RunFailure, IOException {
        try (LoadedModel loaded = LoadedModel.of(options)) {
            if (loaded != null && loaded.warning() != null) {
                say("tickwave run: " + loaded.warning());
            }
            options = loaded == null ? options.settled() : loaded.settle(options);
            final Input input = input(loaded);
            if (input != null && !quiet) {
                input.notes().forEach(this::say);
            }
            if (input != null && options.loop() > 1 && !input.regularFile()) {
                throw RunFailure.usage("--loop " + options.loop() + ": " + options.input()
                    + " is a pipe, which can be read only once: expected a file or a directory");
            }
            if (input != null && options.keep() != null) {
                input.note();
            }
            try (KeptRun kept = KeptRun.open(options, this::say);
                 FrameStream stream = input == null ? new MadeStream(options.seed()) : open(input)) {
                return execute(input, stream, loaded, saver, kept);
            }
        }
    }

    /** Null for the made stream. */
    private Input input(final LoadedModel loaded) throws IOException {
        if (options.input() == null) {
            return null;
        }
        return options.table() != null ? Input.of(options.input(), options.table())
            : Input.of(options.input(), options.format(), options.seed(), loaded == null ? null : loaded.labels(), options.skipBad());
    }

    private FrameStream open(final Input input) throws RunFailure, IOException {
        final long fromNs = System.nanoTime();
        final FrameStream stream = InputOpener.open(input, options.seconds(), quiet ? null : this::say);
        waitedNs = System.nanoTime() - fromNs;
        return stream;
    }

    private int execute(
        final Input input, final FrameStream stream, final LoadedModel loaded, final ModelSaver saver, final KeptRun kept)
        throws RunFailure, IOException {
        final RunPlan plan = RunPlan.of(options, stream, loaded);
        final RunDescription description = plan.description();
        final PipePlace pipe = kept == null || input == null || input.regularFile() ? null : new PipePlace(stream.width());
        final RunIdentity identity = kept == null ? null : new RunIdentity(kept.name(), plan, options, input);
        final boolean resumes = kept != null && kept.resumes();
        if (resumes) {
            kept.expect(identity);
        }
        final RunMemory memory = new RunMemory(options);
        memory.expect(description);
        if (description.imageBytes() > LARGE_BYTES && !quiet) {
            say("initialising the weights of " + description.networkText() + ": " + Units.bytes(description.imageBytes()));
        }
        if (saver != null) {
            saver.prepare(plan);
        }
        if (options.threads() > description.threads().count() && !quiet) {
            say("--threads " + options.threads() + ": using " + description.threads().count() + ": " + description.threads().why());
        }
        if (options.live()) {
            if (!quiet) {
                say("rehearsing until the JVM has compiled the code");
            }
            Rehearsal.of(options, description, input, quiet ? null : terminal);
        }
        try (MappedImage image = MappedImage.create(options, plan);
             Engine engine = engine(plan, kept, memory);
            References references = options.compare()
                ? memory.allocated(description, RunMemory.image(description), () -> new References(description.network(), description.rate(), options.seed())) : null) {
            if (!engine.warm() && !quiet) {
                say("the JVM has not compiled all kernels: the first ticks will be slow");
            }
            if (loaded != null && !resumes) {
                loaded.start(engine, references == null ? null : references.backprop());
            }
            final Jitter jitter = options.jitterNs() == 0
                ? null : new Jitter(description.scheduledNs(), options.idle(), options.jitterNs());
            if (jitter != null) {
                try (ShutdownHook _ = new ShutdownHook(jitter::stop)) {
                    measure(jitter, "before the run");
                }
                if (jitter.stopped()) {
                    return RunResult.INTERRUPTED;
                }
            }
            if (resumes) {
                kept.expect(input, stream, pipe, this::say);
            }
            try (Feed feed = plan.feed(options, input, stream, pipe);
                 Keeper keeper = kept == null ? null : memory.allocated(description, "a copy for --checkpoint, its image of " + description.imageBytes()
                     + " bytes", () -> new Keeper(kept, plan, options.keep(), identity, input, stream, references, pipe, this::say))) {
                return execute(plan, feed, engine, references, jitter, saver, keeper, image);
            }
        }
    }

    private static Engine engine(final RunPlan plan, final KeptRun kept, final RunMemory memory) throws RunFailure {
        final RunDescription description = plan.description();
        return memory.allocated(description, RunMemory.image(description), () -> kept == null || !kept.resumes()
            ? Engine.open(description.network(), plan.context()) : kept.engine(plan));
    }

    private void say(final String line) {
        terminal.err().println(line);
        terminal.err().flush();
    }

    private int execute(
        final RunPlan plan, final Feed feed, final Engine engine, final References references, final Jitter jitter,
        final ModelSaver saver, final Keeper keeper, final MappedImage image) throws RunFailure, IOException {
        final double seconds = options.seconds() != null ? Math.max(0, options.seconds() - waitedNs / 1e9) : Double.POSITIVE_INFINITY;
        final Answers answers = options.answers() == null ? null : Answers.of(options.answers(), plan.description(), engine, plan.task());
        final StatusLine statusLine = quiet ? null : new StatusLine(terminal);
        final SessionObserver progress = statusLine == null ? SessionObserver.NOTHING : statusLine;
        final RunNumbers numbers = image == null && page == null ? null : new RunNumbers(progress);
        final RunWatch watch = page == null ? null : new RunWatch(plan.description(), engine, numbers);
        final Session session = new RunMemory(options).allocated(plan.description(), "the copies of --audit " + options.audit(),
            () -> plan.session(options, feed, engine, references, answers, numbers == null ? progress : numbers, seconds));
        if (image != null) {
            image.begin(numbers);
        }
        if (keeper != null) {
            keeper.begin(session);
        }
        if (answers != null) {
            if (keeper != null && keeper.resumes()) {
                answers.goOn(keeper.answers(), options.answers().format(), plan.description(), session::answersFailed);
            } else {
                answers.start(AnswersOutput.open(options), options.answers().format(), plan.description(), session::answersFailed);
            }
        }
        final Runnable stop = () -> {
            session.stop();
            if (jitter != null) {
                jitter.stop();
            }
        };
        try (WatchServer shown = shown(watch);
             ShutdownHook hook = new ShutdownHook(stop,
            () -> (saver != null && saver.pending() || keeper != null && keeper.pending()) && !session.reading());
            WaitNotice _ = new WaitNotice(quiet ? null : this::say,
                () -> session.awaitsFirstFrame() ? session.description().input() + ": " + RunResult.NO_FRAME : null)) {
            if (image != null) {
                image.closesAfter(hook);
            }
            final Report ran = saver == null ? session.run().withFiles(new Report.Files(options.load(), null, null))
                : saved(plan, session, engine, saver);
            final Report.Files files = keeper == null ? ran.files() : ran.files().with(keeper.finish());
            final Report report = ran.withFiles(files.withImage(options.image()));
            if (numbers != null) {
                numbers.copy(session);
            }
            if (image != null) {
                image.publishLast();
            }
            if (shown != null) {
                watch.end(report.end() == Report.End.FAILED || report.end() == Report.End.GUARD);
                shown.finish();
            }
            if (statusLine != null) {
                statusLine.end();
            }
            final RunResult result = new RunResult(options, terminal, version, json);
            final boolean audited = AuditFile.write(options, report, this::say, terminal.err());
            if (jitter == null) {
                return exitCode(result.tell(report), audited);
            }
            if (report.end().asPlanned() && report.counts().frames() > 0) {
                measure(jitter, "after the run");
            }
            final int exitCode = result.tell(report.withJitter(jitter.delayNs()));
            return jitter.stopped() ? RunResult.INTERRUPTED : exitCode(exitCode, audited);
        }
    }

    /** The page, which now shows the run; null without one. It must be closed before the engine is. */
    private WatchServer shown(final RunWatch watch) {
        if (watch != null) {
            page.show(watch);
        }
        return page;
    }

    private static int exitCode(final int ofRun, final boolean audited) {
        return ofRun == 0 && !audited ? FAILED : ofRun;
    }

    /** Runs the session and saves what was learnt, also after an internal error. */
    Report saved(final RunPlan plan, final Session session, final Engine engine, final ModelSaver saver) {
        try {
            final Report report = session.run();
            return report.withFiles(saver.save(report, plan, engine, options.load()));
        } catch (final RuntimeException | Error e) {
            final String rescued = saver.rescue(session.frames(), plan, engine);
            say("tickwave run: " + rescued);
            throw e;
        }
    }

    private void measure(final Jitter jitter, final String when) {
        if (!quiet) {
            say("jitter: running an empty loop at the same pace for " + Units.time(options.jitterNs()) + ' ' + when);
        }
        jitter.measure();
    }
}
