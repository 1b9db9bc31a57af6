package org.tickwave.bench.answer;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.tickwave.Engine;
import org.tickwave.bench.report.RunDescription;
import org.tickwave.bench.score.Logits;
import org.tickwave.bench.task.Task;

/** One answer for each row of a labelled table: the most probable label. */
final class RowAnswers extends Answers {
    private final int layers;
    /** By tick modulo L: the frame that was fed in the tick, and its label. */
    private final long[] frames;
    private final int[] trueLabels;

    RowAnswers(final AnswerOptions options, final RunDescription description, final Engine engine, final Task task) {
        super(options, engine, task);
        layers = description.network().layers();
        frames = new long[layers];
        trueLabels = new int[layers];
    }

    @Override
    int width() {
        return task.targetWidth();
    }

    @Override
    public void taken(final long frame, final boolean follows) {
        if (now()) {
            put(frame, answer(task.input()), trueLabel());
        }
    }

    private int trueLabel() {
        return task.hasTarget() ? Logits.largest(task.target()) : Answer.NONE;
    }

    @Override
    public void fed(final long frame) {
        final int at = (int) (engine.ticks() % layers);
        frames[at] = frame;
        trueLabels[at] = trueLabel();
    }

    @Override
    public void ticked(final long tick, final MemorySegment x, final boolean good) {
        final int at = (int) (tick % layers);
        if (!now() && frames[at] > 0) {
            put(frames[at], good ? copy(x) : null, trueLabels[at]);
        }
        frames[at] = 0;
    }

    private void put(final long frame, final float[] logits, final int trueLabel) {
        final Answer answer = claim();
        if (answer == null) {
            return;
        }
        answer.frame = frame;
        answer.refused = logits == null;
        answer.trueLabel = trueLabel;
        if (logits == null) {
            Arrays.fill(answer.numbers, 1.0 / answer.numbers.length);
        } else {
            answer.label = Logits.largest(logits);
            Logits.probabilities(logits, answer.numbers);
        }
        publish(logits == null);
    }

    @Override
    void last() {
        // Each row is answered by itself.
    }

    @Override
    double mse() {
        return Double.NaN;
    }
}
