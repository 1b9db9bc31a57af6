package org.tickwave.bench.run;

import java.io.IOException;
import java.util.function.Supplier;
import org.tickwave.Engine;
import org.tickwave.bench.report.JsonReport;
import org.tickwave.bench.report.Report;
import org.tickwave.bench.report.Setup;
import org.tickwave.bench.report.Summary;
import org.tickwave.bench.report.Units;
import org.tickwave.bench.stream.Input;
import org.tickwave.bench.stream.MadeSource;
import org.tickwave.bench.stream.Shown;
import org.tickwave.bench.stream.Source;
import org.tickwave.kernel.Lanes;

/** The main job: opens the stream, describes a network that fits it, runs a session, reports. */
public final class Run {
    private static final int INTERRUPTED = 130;
    /** From here on it is said that starting the weights takes a while. */
    private static final long LARGE_BYTES = 1L << 30;

    /** Settled once it runs. */
    private Settings settings;
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
            final Saving saving = Saving.of(settings, version);
            final Loading loading = Loading.of(settings);
            settings = loading == null ? settings.settled() : loading.settle(settings);
            final Input input = settings.input() == null ? null : Input.of(settings.input(), settings.format(), settings.seed(),
                loading == null ? null : loading.labels());
            if (input != null && settings.loop() > 1 && !input.regularFile()) {
                throw RunFailure.usage("--loop " + settings.loop() + ": " + settings.input()
                    + " is a pipe, which cannot be played again; expected a regular file");
            }
            try (Source source = input == null ? new MadeSource(settings.seed()) : input.open()) {
                return execute(input, source, loading, saving);
            }
        } catch (final IOException e) {
            throw RunFailure.failed(message(e));
        }
    }

    private static String message(final Exception e) {
        return e.getMessage() != null ? e.getMessage() : e.toString();
    }

    private int execute(final Input input, final Source source, final Loading loading, final Saving saving)
        throws RunFailure, IOException {
        final Plan plan = Plan.of(settings, source, loading);
        final Setup setup = plan.setup();
        expectMemory(setup);
        if (saving != null) {
            saving.expectRoom(setup.network());
        }
        if (settings.threads() > setup.threads().count() && !quiet) {
            say("--threads " + settings.threads() + ": " + setup.threads().count() + ", since " + setup.threads().why());
        }
        if (settings.live()) {
            if (!quiet) {
                say("rehearsing, until the JVM has compiled what runs");
            }
            Rehearsal.of(settings, setup, input, quiet ? null : terminal);
        }
        try (Engine engine = allocated(setup, () -> Engine.open(setup.network(), plan.context()));
            Backprop backprop = settings.compare()
                ? allocated(setup, () -> new Backprop(setup.network(), settings.seed())) : null) {
            if (loading != null) {
                loading.start(engine, backprop);
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
            try (Feed feed = plan.feed(settings, input, source)) {
                return execute(plan, feed, engine, backprop, jitter, saving);
            }
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

    private int execute(
        final Plan plan, final Feed feed, final Engine engine, final Backprop backprop, final Jitter jitter,
        final Saving saving) throws RunFailure {
        final double seconds = settings.seconds() != null ? settings.seconds() : Double.POSITIVE_INFINITY;
        final Progress progress = quiet ? null : new Progress(terminal);
        final Session session = plan.session(settings, feed, engine, backprop, progress, seconds);
        final Runnable stop = () -> {
            session.stop();
            if (jitter != null) {
                jitter.stop();
            }
        };
        try (Farewell _ = new Farewell(stop, () -> saving != null && saving.pending() && !session.reading())) {
            final Report heard = session.run();
            final Report report = heard.withFiles(saving == null ? new Report.Files(settings.load(), null, null)
                : saving.save(heard, plan, engine, settings.load()));
            if (progress != null) {
                progress.end();
            }
            if (jitter == null) {
                return tell(report);
            }
            if (report.end().asPlanned() && report.counts().frames() > 0) {
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
        if (report.counts().frames() > 0) {
            terminal.out().println(json ? JsonReport.of(report, version) : Summary.of(report));
            terminal.out().flush();
        }
        final Report.Files files = report.files();
        final String unsaved = files.notSaved() == null ? "" : "; " + files.notSaved();
        switch (report.end()) {
            case INTERRUPT:
                if (files.notSaved() != null) {
                    // Here, since the JVM ends when this has ended.
                    say("tickwave run: " + files.notSaved());
                }
                return INTERRUPTED;
            case GUARD:
                throw RunFailure.failed("numbers went bad in layer " + report.guardTrip().layer() + ", tick "
                    + report.guardTrip().tick() + ", at a rate of " + Units.number(report.setup().rate()) + ": "
                    + report.advice()
                    + (files.saved() == null ? unsaved : "; what it was like then is in " + Shown.text(files.saved())));
            case FAILED, BROKEN:
                throw RunFailure.failed(message(report.failure()) + unsaved);
            default:
                if (report.counts().frames() == 0) {
                    throw RunFailure.failed(report.setup().input() + ": holds no frame that can be used ("
                        + report.counts().read() + " read, " + report.counts().badFrames()
                        + " of them with numbers that are not good)" + unsaved);
                }
                if (files.notSaved() != null) {
                    throw RunFailure.failed(files.notSaved());
                }
                return 0;
        }
    }
}
