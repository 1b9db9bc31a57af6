package org.tickwave.bench.run;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.tickwave.bench.answer.AnswerFile;
import org.tickwave.bench.audit.AuditPage;
import org.tickwave.bench.report.Report;
import org.tickwave.bench.setup.RunFailure;
import org.tickwave.bench.setup.RunOptions;
import org.tickwave.bench.stream.FileNames;
import org.tickwave.bench.stream.Printable;
import org.tickwave.safetensors.file.AtomicFile;
import org.tickwave.safetensors.file.FileException;

/** The page that a run with {@code --audit-out} writes at its end. */
final class AuditFile {
    private AuditFile() {
    }

    private static String name(final RunOptions options) {
        return "--audit-out " + Printable.text(options.auditOut());
    }

    private static Path path(final RunOptions options) throws IOException {
        return FileNames.path(name(options), options.auditOut());
    }

    /** Refuses a file that cannot be written, or that the run uses otherwise. Does nothing if no page is asked for. */
    static void check(final RunOptions options) throws RunFailure, IOException {
        if (options.auditOut() == null) {
            return;
        }
        final String stopped = options.save() == null ? null : ModelSaver.stopped(options.save());
        final String answers = options.answers() == null || options.answers().toStandardOutput() ? null : options.answers().file();
        for (final String[] other : new String[][] {{options.input(), "the input"}, {options.save(), "the file of --save"},
            {stopped, "a file of --save"}, {options.load(), "the file of --load"}, {answers, "the file of --answers"}}) {
            if (AnswerFile.same(name(options), options.auditOut(), other[0])) {
                throw RunFailure.usage(name(options) + ": is " + other[1] + ": expected another file");
            }
        }
        try {
            AtomicFile.check(path(options));
        } catch (final FileException e) {
            throw RunFailure.failed("--audit-out " + e.getMessage());
        }
    }

    /**
     * Writes the page of a run that has had a frame. Throws nothing. Says why an audit failed, or why the page could not be written.
     *
     * @return false if there was such a failure
     */
    static boolean write(final RunOptions options, final Report report, final Consumer<String> say, final PrintWriter err) {
        if (report.audit() == null) {
            return true;
        }
        final boolean failed = report.audit().failure() != null;
        if (failed) {
            report.audit().failure().printStackTrace(err);
            say.accept("tickwave run: an audit failed with an internal error; the run went on without audits");
        }
        if (options.auditOut() == null || report.counts().frames() == 0) {
            return !failed;
        }
        try {
            AuditPage.of(report.audit(), report.description().input()).write(path(options));
            return !failed;
        } catch (final FileException e) {
            say.accept("tickwave run: --audit-out " + e.getMessage());
        } catch (final IOException e) {
            say.accept("tickwave run: " + e.getMessage());
        } catch (final RuntimeException | Error e) {
            // The result of the run is printed after this, and must not be lost.
            e.printStackTrace(err);
            say.accept("tickwave run: " + name(options) + ": the page was not written, because of an internal error");
        }
        return false;
    }
}
