package org.tickwave.bench.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.tickwave.Checkpoint;
import org.tickwave.CheckpointFile;
import org.tickwave.Engine;
import org.tickwave.bench.answer.AnswerFile;
import org.tickwave.bench.answer.AnswerMark;
import org.tickwave.bench.audit.AuditResults;
import org.tickwave.bench.input.Input;
import org.tickwave.bench.keep.Archive;
import org.tickwave.bench.keep.ArchiveException;
import org.tickwave.bench.session.PipePlace;
import org.tickwave.bench.session.References;
import org.tickwave.bench.session.Session;
import org.tickwave.bench.setup.KeepOptions;
import org.tickwave.bench.setup.RunFailure;
import org.tickwave.bench.setup.RunIdentity;
import org.tickwave.bench.setup.RunOptions;
import org.tickwave.bench.setup.RunPlan;
import org.tickwave.bench.stream.FileNames;
import org.tickwave.bench.stream.FrameStream;
import org.tickwave.bench.stream.Printable;

/** The file of a run's checkpoints, and the checkpoint that the run goes on from. Nothing is changed until {@link #answers}. */
final class KeptRun implements AutoCloseable {
    /** Sections of a checkpoint. */
    static final String RUN = "run";
    static final String INPUT = "input";
    static final String SESSION = "session";
    static final String REFERENCES = "references";
    static final String ANSWERS = "answers";
    static final String AUDIT = "audit";

    private final RunOptions options;
    private final String name;
    private final CheckpointFile file;
    /** Null for a run from the start. */
    private final Checkpoint before;
    private long framesBefore;
    private long ticksBefore;

    private KeptRun(final RunOptions options, final CheckpointFile file, final Checkpoint before) {
        this.options = options;
        this.file = file;
        this.before = before;
        name = name(options.keep());
    }

    private static String name(final KeepOptions keep) {
        return Printable.text(keep.file());
    }

    /**
     * Reserves the file, and reads the checkpoint that the run goes on from.
     *
     * @param say prints a line
     * @return null without checkpoints
     */
    static KeptRun open(final RunOptions options, final Consumer<String> say) throws RunFailure, IOException {
        final KeepOptions keep = options.keep();
        if (keep == null) {
            return null;
        }
        expectOtherFiles(options);
        final Path path = FileNames.path("--checkpoint " + name(keep), keep.file());
        final CheckpointFile file = opened(path);
        try {
            if (file.exists() && !keep.resume()) {
                throw RunFailure.usage("--checkpoint " + name(keep) + ": there is a checkpoint: expected --resume to go on from it, or another file");
            }
            if (!file.exists() && keep.resume()) {
                say.accept("--resume: no checkpoint in " + name(keep) + " yet: beginning at the start");
            }
            final Checkpoint before = file.exists() ? read(name(keep), file::read) : null;
            if (file.refused() != null) {
                say.accept("--resume: " + Printable.text(file.refused()) + ": going on from the checkpoint before it");
            }
            return new KeptRun(options, file, before);
        } catch (final RunFailure | RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    private static CheckpointFile opened(final Path path) throws RunFailure {
        try {
            return CheckpointFile.open(path);
        } catch (final IOException e) {
            throw RunFailure.failed("--checkpoint " + Printable.text(e.getMessage()));
        }
    }

    /** Reads a checkpoint. */
    @FunctionalInterface
    interface Reading {
        Checkpoint read() throws IOException;
    }

    static Checkpoint read(final String name, final Reading reading) throws RunFailure {
        try {
            return reading.read();
        } catch (final IOException e) {
            throw RunFailure.failed("--resume: " + Printable.text(e.getMessage()));
        } catch (final OutOfMemoryError e) {
            throw RunFailure.failed("--resume: " + name + ": cannot allocate the memory that the checkpoint takes: " + e.getMessage());
        }
    }

    /** The checkpoints may not take the place of what the run reads or writes otherwise. Answers are cut, so they need a file. */
    private static void expectOtherFiles(final RunOptions options) throws RunFailure, IOException {
        final String file = options.keep().file();
        final String name = "--checkpoint " + Printable.text(file);
        final String stopped = options.save() == null ? null : ModelSaver.stopped(options.save());
        final String answers = options.answers() == null || options.answers().toStandardOutput() ? null : options.answers().file();
        for (final String each : new String[] {file, file + ".1", file + ".tmp"}) {
            for (final String[] other : new String[][] {{options.input(), "the input"}, {options.save(), "the file of --save"},
                {stopped, "a file of --save"}, {options.load(), "the file of --load"}, {answers, "the file of --answers"},
                {options.auditOut(), "the file of --audit-out"}}) {
                if (AnswerFile.same(name, each, other[0])) {
                    throw RunFailure.usage(name + ": " + (each.equals(file) ? "is " : Printable.text(each) + " is ") + other[1] + ": expected another file");
                }
            }
        }
        if (options.answers() != null && !AnswerFile.regular(options.answers())) {
            throw RunFailure.usage("--answers " + Printable.text(options.answers().file()) + " with --checkpoint: "
                + (options.answers().toStandardOutput() ? "standard output cannot be cut back" : "is no regular file, and cannot be cut back")
                + " to the checkpoint when the run goes on: expected a file");
        }
    }

    String name() {
        return name;
    }

    CheckpointFile file() {
        return file;
    }

    /** Whether the run goes on from a checkpoint. */
    boolean resumes() {
        return before != null;
    }

    long framesBefore() {
        return framesBefore;
    }

    long ticksBefore() {
        return ticksBefore;
    }

    /** Gives a section to a reader, and translates what the reader refuses. */
    private void section(final String section, final Reader reader) throws RunFailure, IOException {
        try {
            final Archive archive = Archive.reading(before.get(section));
            reader.read(archive);
            archive.end();
        } catch (final ArchiveException | IllegalArgumentException e) {
            throw RunFailure.failed("--checkpoint " + name + ": no checkpoint of such a run: " + e.getMessage());
        }
    }

    private interface Reader {
        void read(Archive archive) throws RunFailure, IOException;
    }

    /** Refuses a checkpoint of another run. */
    void expect(final RunIdentity identity) throws RunFailure, IOException {
        section(RUN, archive -> {
            identity.keep(archive);
            identity.expectSame();
        });
    }

    /**
     * Refuses another input. Of a pipe, discards the frames that were learnt before.
     *
     * @param pipe null unless the input is a pipe
     * @param say  prints a line
     */
    void expect(final Input input, final FrameStream stream, final PipePlace pipe, final Consumer<String> say) throws RunFailure, IOException {
        section(INPUT, archive -> {
            if (input != null) {
                input.keep(archive, options.loop() == 1);
            }
            if (pipe != null) {
                pipe.keep(archive);
                pipe.discard(stream);
                say.accept("--resume: discarded " + pipe.frames() + " frames of " + stream.name() + " that were learnt before");
            }
        });
    }

    /** An engine that goes on. Frees the image of the checkpoint, and keeps its other sections. */
    Engine engine(final RunPlan plan) throws RunFailure {
        try (before) {
            final Engine engine = Engine.resume(plan.description().network(), plan.context(), before);
            framesBefore = engine.frames();
            ticksBefore = engine.ticks();
            return engine;
        } catch (final IllegalArgumentException e) {
            throw RunFailure.failed("--checkpoint " + name + ": " + e.getMessage());
        }
    }

    void session(final Session session, final FrameStream stream) throws RunFailure, IOException {
        section(SESSION, archive -> session.keep(archive, stream.recordings()));
        final AuditResults results = session.auditResults();
        if (results != null) {
            section(AUDIT, results::keep);
            session.auditResults(results);
        }
    }

    /** @param references null without a comparison */
    void references(final References references) throws RunFailure, IOException {
        if (references != null) {
            section(REFERENCES, references::keep);
        }
    }

    /** Cuts the answers back to those that were written before the checkpoint. */
    AnswerFile.Reopened answers() throws RunFailure, IOException {
        final AnswerMark[] mark = new AnswerMark[1];
        section(ANSWERS, archive -> mark[0] = AnswerMark.read(archive));
        return AnswerFile.reopen(options.answers(), mark[0]);
    }

    @Override
    public void close() throws IOException {
        if (before != null) {
            before.close();
        }
        file.close();
    }
}
