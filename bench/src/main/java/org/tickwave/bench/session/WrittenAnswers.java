package org.tickwave.bench.session;

import java.io.IOException;
import java.util.concurrent.Future;
import org.tickwave.Engine;
import org.tickwave.Output;
import org.tickwave.bench.answer.AnswerMark;
import org.tickwave.bench.answer.Answers;
import org.tickwave.bench.keep.Archive;
import org.tickwave.bench.keep.Kept;
import org.tickwave.bench.report.AnswerCounts;
import org.tickwave.bench.report.Report;
import org.tickwave.bench.stdio.ResultWriter;

/** The answers that a session writes, if it writes any, and how writing has ended. For the session's thread. */
final class WrittenAnswers implements Kept {
    /** Null if no answers are written. */
    private final Answers answers;
    private final StopRequest stop;
    private volatile IOException failure;
    private AnswerCounts counts;

    WrittenAnswers(final Answers answers, final StopRequest stop) {
        this.answers = answers;
        this.stop = stop;
    }

    /** Whether answers are written. */
    boolean any() {
        return answers != null;
    }

    /** A frame is fed in the tick that is next. */
    void fed(final long frame) {
        if (answers != null) {
            answers.fed(frame);
        }
    }

    /** A tick has ended. */
    void ticked(final Engine engine, final Output[] outputs) {
        for (int o = 0; o < outputs.length && answers != null; o++) {
            answers.ticked(engine.ticks(), o, outputs[o].answer(), outputs[o].answeredFrame() > 0);
        }
    }

    /** Waits until all answers are written. Only then is known whether they could be written. */
    void finish() {
        if (answers != null && counts == null) {
            counts = answers.finish();
        }
    }

    void finishAfter(final Throwable thrown) {
        try {
            finish();
        } catch (final RuntimeException | Error e) {
            thrown.addSuppressed(e);
        }
    }

    /** Ends the session, because its answers cannot be written. For the thread that writes them. */
    void failed(final IOException e) {
        final boolean gone = ResultWriter.readerGone(e);
        failure = gone ? null : new IOException("the answers could not be written: " + e.getMessage(), e);
        stop.stop(gone ? Report.End.READER : Report.End.BROKEN);
    }

    /** Null if the answers could be written so far. */
    IOException failure() {
        return failure;
    }

    /** Null if no answers are written. */
    AnswerCounts counts() {
        return counts;
    }

    /** Marks the place after the answers so far, in their file; null if no answers are written. */
    Future<AnswerMark> mark() {
        return answers == null ? null : answers.mark();
    }

    @Override
    public void keep(final Archive archive) {
        if (answers != null) {
            answers.keep(archive);
        }
    }
}
