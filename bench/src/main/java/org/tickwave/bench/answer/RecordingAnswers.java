package org.tickwave.bench.answer;

import java.util.Arrays;
import org.tickwave.Engine;
import org.tickwave.bench.keep.Archive;
import org.tickwave.bench.report.RunDescription;
import org.tickwave.bench.stream.Recording;
import org.tickwave.bench.task.Task;

/** One answer for each recording, at its end: the label of the largest mean log-probability over its frames. */
final class RecordingAnswers extends Answers {
    /** By place: the recording of the frame. */
    private final Recording[] recordings;
    private final LabelOutputs outputs;
    private final double[] sums;
    private final double[] probabilities;
    private Recording recording;
    private long frames;
    private long ended;

    RecordingAnswers(final AnswerOptions options, final RunDescription description, final Engine engine, final Task task) {
        super(options, description, engine, task);
        recordings = new Recording[latency];
        outputs = new LabelOutputs(description.network(), description.labels().size());
        sums = new double[task.targetWidth()];
        probabilities = new double[task.targetWidth()];
    }

    @Override
    void answerNow(final long frame, final boolean follows) {
        add(task.recording(), answer(task.input()));
    }

    @Override
    void remember(final int at, final long frame) {
        recordings[at] = task.recording();
    }

    @Override
    void answerWave(final int at, final float[] output) {
        add(recordings[at], output);
    }

    private void add(final Recording of, final float[] logits) {
        if (of != recording) {
            last();
            recording = of;
        }
        if (logits != null) {
            frames++;
            outputs.probabilities(logits, probabilities);
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
            for (int i = 0; i < sums.length; i++) {
                sums[i] /= count;
            }
            answer.label = outputs.label(sums);
            outputs.softmax(sums, answer.numbers);
            publish(frames == 0);
        }
        Arrays.fill(sums, 0);
        frames = 0;
        recording = null;
    }

    @Override
    public void keep(final Archive archive) {
        super.keep(archive);
        for (int i = 0; i < recordings.length; i++) {
            recordings[i] = archive.one(Recording.class, recordings[i]);
        }
        archive.all(sums);
        recording = archive.one(Recording.class, recording);
        frames = archive.of(frames);
        ended = archive.of(ended);
    }
}
