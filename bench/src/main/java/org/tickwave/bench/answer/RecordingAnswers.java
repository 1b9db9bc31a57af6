package org.tickwave.bench.answer;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.tickwave.Engine;
import org.tickwave.bench.report.RunDescription;
import org.tickwave.bench.score.Logits;
import org.tickwave.bench.stream.Recording;
import org.tickwave.bench.task.Task;

/** One answer for each recording, at its end: the label of the largest mean log-probability over its frames. */
final class RecordingAnswers extends Answers {
    private final int layers;
    /** By tick modulo L: the recording of the frame that was fed in the tick. */
    private final Recording[] fed;
    private final double[] sums;
    private final double[] probabilities;
    private Recording recording;
    private long frames;
    private long ended;

    RecordingAnswers(final AnswerOptions options, final RunDescription description, final Engine engine, final Task task) {
        super(options, engine, task);
        layers = description.network().layers();
        fed = new Recording[layers];
        sums = new double[task.targetWidth()];
        probabilities = new double[task.targetWidth()];
    }

    @Override
    int width() {
        return task.targetWidth();
    }

    @Override
    public void taken(final long frame, final boolean follows) {
        if (now()) {
            add(task.recording(), answer(task.input()));
        }
    }

    @Override
    public void fed(final long frame) {
        fed[(int) (engine.ticks() % layers)] = task.recording();
    }

    @Override
    public void ticked(final long tick, final MemorySegment x, final boolean good) {
        final int at = (int) (tick % layers);
        if (!now() && fed[at] != null) {
            add(fed[at], good ? copy(x) : null);
        }
        fed[at] = null;
    }

    private void add(final Recording of, final float[] logits) {
        if (of != recording) {
            last();
            recording = of;
        }
        if (logits != null) {
            frames++;
            Logits.probabilities(logits, probabilities);
            for (int i = 0; i < sums.length; i++) {
                sums[i] += Math.log(Math.max(probabilities[i], Double.MIN_NORMAL));
            }
        }
    }

    @Override
    void last() {
        if (recording == null) {
            return;
        }
        ended++;
        final Answer answer = claim();
        if (answer != null) {
            answer.frame = ended;
            answer.recording = recording.path();
            answer.trueLabel = recording.index();
            answer.refused = frames == 0;
            final long count = Math.max(1, frames);
            int label = 0;
            for (int i = 0; i < sums.length; i++) {
                sums[i] /= count;
                label = sums[i] > sums[label] ? i : label;
            }
            answer.label = label;
            Logits.probabilities(sums, answer.numbers);
            publish(frames == 0);
        }
        Arrays.fill(sums, 0);
        frames = 0;
        recording = null;
    }

    @Override
    double mse() {
        return Double.NaN;
    }
}
