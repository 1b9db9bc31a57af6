package org.tickwave.bench.run;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.tickwave.Checkpoint;
import org.tickwave.bench.answer.AnswerFile;
import org.tickwave.bench.answer.AnswerMark;
import org.tickwave.bench.audit.AuditResults;
import org.tickwave.bench.input.Input;
import org.tickwave.bench.keep.Archive;
import org.tickwave.bench.report.Checkpoints;
import org.tickwave.bench.session.FrameBorder;
import org.tickwave.bench.session.PipePlace;
import org.tickwave.bench.session.References;
import org.tickwave.bench.session.Session;
import org.tickwave.bench.setup.KeepOptions;
import org.tickwave.bench.setup.RunFailure;
import org.tickwave.bench.setup.RunIdentity;
import org.tickwave.bench.setup.RunPlan;
import org.tickwave.bench.stream.FrameStream;

/**
 * Makes the checkpoints of a run. The session's thread copies the state, between two frames, into memory that was touched before. Of the
 * engine and the references this is a plain copy of their images; the rest is small and goes into archives. After the first checkpoint
 * the copy allocates nothing, except a few objects for answers, audits, and rows that are not ASCII. The thread of a {@link KeepWriter}
 * does all else. If the copy is still being written when the next checkpoint is due, that checkpoint is left out: a slow disk stops no
 * stream.
 */
final class Keeper implements FrameBorder, AutoCloseable {
    /** Copies before the first frame: classes are loaded and memory is touched before a frame has to wait for that. */
    private static final int FEWEST_COPIES = 2;
    private static final int MOST_COPIES = 20;
    /** After this time no further copy begins: a copy of a large network takes long. */
    private static final long COPIES_NS = 200_000_000;
    /** Archives of the rest of the state before the first frame, so that the JVM compiles the code. Each takes microseconds. */
    private static final int MOST_ARCHIVES = 5_000;
    private static final long ARCHIVES_NS = 100_000_000;
    /** How long a checkpoint waits for the next frame before it is written, at most. */
    private static final long LOOK_MS = 500;
    private static final byte[] NOTHING = {};

    private final KeptRun kept;
    private final KeepOptions options;
    private final Input input;
    private final FrameStream stream;
    private final PipePlace pipe;
    private final KeepFailures failures;
    private final Checkpoint copy;
    /** Null without a comparison. */
    private final References references;
    private final References copyOfReferences;
    private final KeepWriter writer;
    // Like the copies, these belong to the session's thread, or to the writer until it has written them.
    private final Archive archiveOfSession = Archive.writing();
    private final Archive archiveOfPipe = Archive.writing();
    // For the writer.
    private final Archive archiveOfInput = Archive.writing();
    private final Archive archiveOfReferences = Archive.writing();
    // For the session's thread.
    private long newestFrame;
    private long newestNs;
    private boolean begun;
    private long skipped;
    private long pauseNs;
    private long newestCopyNs;
    /** Of the checkpoint with the longest pause. */
    private long copyNs;

    /**
     * @param input      null for the made stream
     * @param references null without a comparison
     * @param pipe       null unless the input is a pipe
     * @param say        prints a line
     */
    Keeper(
        final KeptRun kept, final RunPlan plan, final KeepOptions options, final RunIdentity identity, final Input input,
        final FrameStream stream, final References references, final PipePlace pipe, final Consumer<String> say) {
        this.kept = kept;
        this.options = options;
        this.input = input;
        this.stream = stream;
        this.references = references;
        this.pipe = pipe;
        failures = new KeepFailures(kept.name(), say);
        copy = new Checkpoint(plan.description().network(), plan.context());
        copyOfReferences = spare(references, copy);
        final Archive run = Archive.writing();
        identity.keep(run);
        copy.put(KeptRun.RUN, run.written());
        writer = new KeepWriter(this::write, failures, LOOK_MS);
    }

    /** Frees the copy of the engine if there is no memory for a copy of the references. */
    private static References spare(final References references, final Checkpoint copy) {
        try {
            return references == null ? null : references.spare();
        } catch (final RuntimeException | Error e) {
            copy.close();
            throw e;
        }
    }

    /** Restores the session if the run goes on, and keeps it from now on. */
    void begin(final Session session) throws RunFailure, IOException {
        if (kept.resumes()) {
            kept.session(session, stream);
            kept.references(references);
        }
        session.border(this);
        newestFrame = session.frames();
        practise(() -> copy(session), MOST_COPIES, COPIES_NS, System::nanoTime);
        practise(() -> archive(session), MOST_ARCHIVES, ARCHIVES_NS, System::nanoTime);
        writer.start();
    }

    /** Makes a copy of a part of the state. */
    @FunctionalInterface
    interface Copying {
        void copy() throws IOException;
    }

    /** Makes some copies, but begins no further one when a time is over. */
    static void practise(final Copying copying, final int most, final long limitNs, final LongSupplier nowNs) throws IOException {
        final long fromNs = nowNs.getAsLong();
        for (int i = 0; i < FEWEST_COPIES || i < most && nowNs.getAsLong() - fromNs < limitNs; i++) {
            copying.copy();
        }
    }

    /** Whether the run goes on. */
    boolean resumes() {
        return kept.resumes();
    }

    /** The answers so far, cut back to the checkpoint. */
    AnswerFile.Reopened answers() throws RunFailure, IOException {
        return kept.answers();
    }

    @Override
    public void waiting() {
        writer.wake();
    }

    @Override
    public void reached(final Session session, final boolean last) {
        writer.wake();
        final long now = System.nanoTime();
        if (!begun) {
            begun = true;
            newestNs = now;
        }
        if (!last && (session.frames() == newestFrame || !due(session.frames(), now))) {
            return;
        }
        newestFrame = session.frames();
        newestNs = now;
        if (!writer.free(last)) {
            skipped++;
            return;
        }
        // After the last frame no frame waits for the checkpoint before.
        final long fromNs = last ? System.nanoTime() : now;
        take(session);
        final long ns = System.nanoTime() - fromNs;
        if (ns > pauseNs) {
            pauseNs = ns;
            copyNs = newestCopyNs;
        }
    }

    private boolean due(final long frames, final long nowNs) {
        return options.frames() > 0 ? frames % options.frames() == 0 : nowNs - newestNs >= options.ns();
    }

    private void take(final Session session) {
        try {
            // In this order: the copy of a large image drives the rest of the state out of the caches.
            archive(session);
            copy(session);
        } catch (final IOException e) {
            failures.failed(e);
            return;
        }
        writer.hand(session.markAnswers(), session.auditResults());
    }

    private void copy(final Session session) {
        final long fromNs = System.nanoTime();
        session.engine().checkpoint(copy);
        if (references != null) {
            copyOfReferences.copyFrom(references);
        }
        newestCopyNs = System.nanoTime() - fromNs;
    }

    private void archive(final Session session) throws IOException {
        archiveOfSession.clear();
        session.keep(archiveOfSession, stream.recordings());
        if (input != null) {
            input.mark();
        }
        if (pipe != null) {
            archiveOfPipe.clear();
            pipe.keep(archiveOfPipe);
        }
    }

    /** On the writer's thread. */
    private void write(final Future<AnswerMark> mark, final AuditResults results)
        throws IOException, ExecutionException, InterruptedException {
        copy.put(KeptRun.SESSION, archiveOfSession.written());
        archiveOfInput.clear();
        if (input != null) {
            input.keep(archiveOfInput, true);
        }
        if (pipe != null) {
            archiveOfInput.add(archiveOfPipe);
        }
        copy.put(KeptRun.INPUT, archiveOfInput.written());
        if (references != null) {
            // The heap need not hold the old weights beside the new ones.
            copy.put(KeptRun.REFERENCES, NOTHING);
            archiveOfReferences.clear();
            copyOfReferences.keep(archiveOfReferences);
            copy.put(KeptRun.REFERENCES, archiveOfReferences.written());
        }
        if (mark != null) {
            final Archive place = Archive.writing();
            mark.get().keep(place);
            copy.put(KeptRun.ANSWERS, place.written());
        }
        if (results != null) {
            final Archive found = Archive.writing();
            results.keep(found);
            copy.put(KeptRun.AUDIT, found.written());
        }
        kept.file().write(copy);
    }

    /** Whether a checkpoint is being written. Any thread may call this. */
    boolean pending() {
        return writer.pending();
    }

    /** Waits until the newest checkpoint is on the disk. */
    Checkpoints finish() {
        final long written = writer.finish();
        return new Checkpoints(kept.name(), kept.framesBefore(), kept.ticksBefore(), written, skipped, pauseNs, copyNs, failures.newest());
    }

    @Override
    public void close() {
        writer.close();
        copy.close();
        if (references != null) {
            copyOfReferences.close();
        }
    }
}
