package org.tickwave.bench.run;

import java.io.PrintWriter;
import org.tickwave.bench.report.JsonReport;
import org.tickwave.bench.report.Report;
import org.tickwave.bench.report.Summary;
import org.tickwave.bench.report.Units;
import org.tickwave.bench.setup.RunFailure;
import org.tickwave.bench.setup.RunOptions;
import org.tickwave.bench.stdio.ResultWriter;
import org.tickwave.bench.stream.Printable;
import org.tickwave.bench.terminal.Terminal;

/** Tells the user how a run has ended: prints the report, and finds the exit code or the failure. */
final class RunResult {
    static final int INTERRUPTED = 130;
    static final String NO_FRAME = "no whole frame has come";

    private final RunOptions options;
    private final Terminal terminal;
    private final String version;
    private final boolean json;

    RunResult(final RunOptions options, final Terminal terminal, final String version, final boolean json) {
        this.options = options;
        this.terminal = terminal;
        this.version = version;
        this.json = json;
    }

    static String message(final Exception e) {
        return e.getMessage() != null ? e.getMessage() : e.toString();
    }

    private void say(final String line) {
        terminal.err().println(line);
        terminal.err().flush();
    }

    /** Prints the result, and an error unless the run ended as planned. */
    int tell(final Report report) throws RunFailure {
        final boolean pipe = options.answers() != null && options.answers().toStandardOutput();
        if (!pipe || !json) {
            print(report, pipe);
            return outcome(report);
        }
        try {
            return outcome(report);
        } catch (final RunFailure e) {
            // The object is the last line of standard error, so the message comes first.
            say("tickwave run: " + e.getMessage());
            return e.exitCode();
        } finally {
            print(report, true);
        }
    }

    private void print(final Report report, final boolean pipe) {
        if (report.counts().frames() > 0) {
            final PrintWriter to = pipe ? terminal.err() : terminal.out();
            to.println(!json ? Summary.of(report) : pipe ? JsonReport.line(report, version) : JsonReport.of(report, version));
            to.flush();
            // After Ctrl-C the JVM ends when this method ends, so the failure must be printed here.
            ResultWriter.tellFailure(terminal.out(), terminal.err(), "tickwave run");
        }
    }

    /** The exit code, or the failure of a run that has not ended as planned. */
    private int outcome(final Report report) throws RunFailure {
        final Report.Files files = report.files();
        final String unsaved = files.notSaved() == null ? "" : "; " + files.notSaved();
        switch (report.end()) {
            case INTERRUPT:
                if (files.notSaved() != null) {
                    // The JVM ends when this method ends, so the message must be printed here.
                    say("tickwave run: " + files.notSaved());
                }
                return INTERRUPTED;
            case GUARD:
                throw RunFailure.failed("numbers went bad in layer "
                    + report.description().network().name(report.guardTrip().layer()) + ", tick "
                    + report.guardTrip().tick() + ", at rate " + Units.number(report.description().rate()) + ": "
                    + report.advice()
                    + (files.saved() == null ? unsaved : "; the weights at that moment are in " + Printable.text(files.saved())));
            case FAILED:
                report.failure().printStackTrace(terminal.err());
                throw RunFailure.failed(message(report.failure()) + (files.saved() == null ? unsaved
                    : "; the weights, with those of an unfinished tick, are in " + Printable.text(files.saved())));
            case BROKEN:
                throw RunFailure.failed(message(report.failure()) + unsaved);
            default:
                if (report.end() == Report.End.SECONDS && report.counts().read() == 0) {
                    throw InputOpener.noFrame(report.description().input(), options.seconds(), NO_FRAME + unsaved);
                }
                if (report.counts().frames() == 0 && report.end() != Report.End.READER) {
                    throw RunFailure.failed(report.description().input() + ": no good frame: "
                        + report.counts().read() + " frames read, " + report.counts().badFrames()
                        + " of them with NaN or a number above 2^30" + unsaved);
                }
                if (files.notSaved() != null) {
                    throw RunFailure.failed(files.notSaved());
                }
                if (files.kept() != null && files.kept().failure() != null) {
                    throw RunFailure.failed("--checkpoint " + files.kept().failure());
                }
                return 0;
        }
    }
}
