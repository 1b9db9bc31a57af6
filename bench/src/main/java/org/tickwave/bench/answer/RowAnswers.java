package org.tickwave.bench.answer;

import java.util.Arrays;
import org.tickwave.Engine;
import org.tickwave.bench.keep.Archive;
import org.tickwave.bench.report.RunDescription;
import org.tickwave.bench.score.Logits;
import org.tickwave.bench.task.Task;

/** One answer for each row of a labelled table: the most probable label. */
final class RowAnswers extends Answers {
    /** By place: the frame, and its label. */
    private final long[] frames;
    private final int[] trueLabels;
    private final LabelOutputs outputs;
    private final int labels;

    RowAnswers(final AnswerOptions options, final RunDescription description, final Engine engine, final Task task) {
        super(options, description, engine, task);
        frames = new long[latency];
        trueLabels = new int[latency];
        labels = description.labels().size();
        outputs = new LabelOutputs(description.network(), labels);
    }

    @Override
    void answerNow(final long frame, final boolean follows) {
        put(frame, answer(task.input()), trueLabel());
    }

    private int trueLabel() {
        return task.hasTarget() ? Logits.largest(Arrays.copyOf(task.target(), labels)) : Answer.NONE;
    }

    @Override
    void remember(final int at, final long frame) {
        frames[at] = frame;
        trueLabels[at] = trueLabel();
    }

    @Override
    void answerWave(final int at, final float[] output) {
        put(frames[at], output, trueLabels[at]);
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
            Arrays.fill(answer.numbers, 1.0 / labels);
        } else {
            outputs.probabilities(logits, answer.numbers);
            answer.label = outputs.label(answer.numbers);
        }
        publish(logits == null);
    }

    @Override
    public void keep(final Archive archive) {
        super.keep(archive);
        archive.all(frames);
        archive.all(trueLabels);
    }
}
