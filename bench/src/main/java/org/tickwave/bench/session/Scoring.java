package org.tickwave.bench.session;

import java.util.List;
import java.util.stream.IntStream;
import org.tickwave.Engine;
import org.tickwave.Network;
import org.tickwave.Output;
import org.tickwave.bench.keep.Archive;
import org.tickwave.bench.keep.Kept;
import org.tickwave.bench.report.Report;
import org.tickwave.bench.report.RunDescription;
import org.tickwave.bench.score.Measure;
import org.tickwave.bench.score.Models;
import org.tickwave.bench.score.Score;
import org.tickwave.bench.task.Task;

/** Scores the network's answers, and those of the references to the same frames. For the session's thread. */
final class Scoring implements Kept {
    private final Task task;
    private final Engine engine;
    private final Output[] outputs;
    private final References references;
    private final boolean learns;
    private final Score score;
    /** Scores the answers that the ticks bring, if {@link #score} gets the answers of {@link Engine#answer}; otherwise null. */
    private final Score waves;
    private final float[] output;
    private boolean answered;

    /** @param references the references that learn from the same frames and targets; null for no comparison */
    Scoring(final RunDescription description, final Task task, final Engine engine, final References references) {
        this.task = task;
        this.engine = engine;
        outputs = engine.outputs().toArray(Output[]::new);
        this.references = references;
        learns = description.learn();
        score = score(description, Models.count(references != null));
        waves = task.scoresNow(description.rule()) ? score(description, 1) : null;
        output = new float[task.targetWidth()];
    }

    private Score score(final RunDescription description, final int models) {
        final Network network = description.network();
        return new Score(task.measure(description.labels(), models), IntStream.of(network.outputs()).map(description::latency).toArray(),
            IntStream.of(network.outputs()).map(network::width).toArray(), models);
    }

    /** A frame has come, and is not fed yet. */
    void coming() {
        answered = waves != null && engine.answer(task.input(), output);
    }

    /** The frame is fed in the tick that is next. */
    void fed() {
        if (task.hasTarget()) {
            score.fed(engine.ticks(), task.target(), task.recording());
            if (waves != null) {
                score.answeredNow(answered ? output : null);
                waves.fed(engine.ticks(), task.target(), task.recording());
            }
        }
    }

    /** A tick has ended. An answer is good if it answers a frame, and the guard did not refuse it. */
    void ticked() {
        for (int o = 0; o < outputs.length; o++) {
            final boolean good = outputs[o].answeredFrame() > 0;
            score.answered(engine.ticks(), o, outputs[o].answer(), good);
            if (waves != null) {
                waves.answered(engine.ticks(), o, outputs[o].answer(), good);
            }
        }
        if (waves != null) {
            waves.settle();
        }
    }

    /** Whether {@link #compare} has something to do for the frame. */
    boolean compares() {
        return references != null && task.hasTarget();
    }

    /** Lets the references answer the frame that was fed, and learn its target. */
    void compare() {
        references.compare(task.input(), learns && task.taught() ? task.target() : null, score);
    }

    void settle() {
        score.settle();
    }

    Measure measure() {
        return score.measure();
    }

    /** The scores of the waves' answers; null if these are the scores. */
    Measure ofWaves() {
        return waves == null ? null : waves.measure();
    }

    String answersCrc() {
        return score.answersCrc();
    }

    List<Report.Reference> references() {
        return references == null ? List.of() : references.reports();
    }

    /** Without the references, which are kept for themselves. */
    @Override
    public void keep(final Archive archive) {
        score.keep(archive);
        if (waves != null) {
            waves.keep(archive);
        }
    }
}
