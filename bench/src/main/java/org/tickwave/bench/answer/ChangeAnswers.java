package org.tickwave.bench.answer;

import java.util.stream.IntStream;
import org.tickwave.Engine;
import org.tickwave.bench.keep.Archive;
import org.tickwave.bench.keep.Kept;
import org.tickwave.bench.report.RunDescription;
import org.tickwave.bench.task.ChangeTask;
import org.tickwave.bench.task.Frame;
import org.tickwave.bench.task.GraphTask;
import org.tickwave.bench.task.Task;

/**
 * One answer for each frame: the prediction of the next frame, in the stream's unit or in bytes. Each answer is scored when the next
 * frame has come.
 */
final class ChangeAnswers extends Answers {
    private final GraphTask graph;
    private final ChangeTask change;
    private final AnswerOptions.Format format;
    /** Whether text has the digits of a double. */
    private final boolean doubles;
    /** The index in the frame of each number of an answer. */
    private final int[] numbers;
    private final int width;
    /** By place: the frame, and the one that followed. */
    private final Fed[] fed;
    private final double[] prediction;
    private final double[] present;
    /** The last answer now, which waits for the next frame. */
    private final double[] waiting;
    private final double[] before;
    private long waitingFrame;

    private long scoredFrame;
    private double squaredError;
    private double noChangeError;
    private double sum;
    private long scored;

    /** A frame whose wave is under way, and the frame that followed. */
    private static final class Fed implements Kept {
        private long frame;
        private boolean follows;
        private final Frame from;
        private final double[] next;

        Fed(final int width) {
            from = new Frame(width, 0);
            next = new double[width];
        }

        @Override
        public void keep(final Archive archive) {
            frame = archive.of(frame);
            follows = archive.of(follows);
            from.keep(archive);
            archive.all(next);
        }
    }

    ChangeAnswers(
        final AnswerOptions options, final RunDescription description, final Engine engine, final Task task, final ChangeTask change) {
        super(options, description, engine, task);
        this.change = change;
        graph = task instanceof final GraphTask parts ? parts : null;
        format = options.format();
        doubles = !description.columns().isEmpty() && format != AnswerOptions.Format.F32;
        numbers = graph != null ? graph.targetNumbers() : IntStream.range(0, description.width()).toArray();
        width = numbers.length;
        fed = new Fed[latency];
        for (int i = 0; i < latency; i++) {
            fed[i] = new Fed(description.width());
        }
        prediction = new double[width];
        present = new double[width];
        waiting = new double[width];
        before = new double[width];
    }

    @Override
    void answerNow(final long frame, final boolean follows) {
        final Frame newest = change.newest();
        toUnit(newest.numbers(), numbers, present);
        if (waitingFrame > 0 && follows) {
            score(waitingFrame, waiting, before, present);
        }
        final float[] output = answer(graph != null ? graph.parts(newest.input()) : newest.input());
        predict(newest, output);
        System.arraycopy(prediction, 0, waiting, 0, width);
        System.arraycopy(present, 0, before, 0, width);
        waitingFrame = output == null ? 0 : frame;
        put(frame, output == null);
    }

    /** Leaves the prediction, in the unit of the answers. A refused answer repeats the frame. */
    private void predict(final Frame from, final float[] output) {
        if (output == null) {
            toUnit(from.numbers(), numbers, prediction);
        } else {
            from.predict(output, numbers, prediction);
            toUnit(prediction);
        }
        for (int i = 0; i < width && !doubles; i++) {
            prediction[i] = (float) prediction[i];
        }
    }

    @Override
    void remember(final int at, final long frame) {
        final Fed one = fed[at];
        one.frame = frame;
        one.follows = change.hasTarget();
        one.from.copy(change.completed());
        System.arraycopy(change.newest().numbers(), 0, one.next, 0, one.next.length);
    }

    @Override
    void answerWave(final int at, final float[] output) {
        final Fed one = fed[at];
        predict(one.from, output);
        if (output != null && one.follows) {
            toUnit(one.from.numbers(), numbers, before);
            toUnit(one.next, numbers, present);
            score(one.frame, prediction, before, present);
        }
        put(one.frame, output == null);
    }

    private void score(final long frame, final double[] predicted, final double[] from, final double[] next) {
        final double error = meanSquare(predicted, next);
        if (Double.isNaN(error)) {
            return;
        }
        squaredError = error;
        noChangeError = meanSquare(from, next);
        scoredFrame = frame;
        sum += squaredError;
        scored++;
    }

    /** NaN if no number is there in both frames. */
    private static double meanSquare(final double[] one, final double[] other) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < one.length; i++) {
            final double error = one[i] - other[i];
            if (!Double.isNaN(error)) {
                sum += error * error;
                count++;
            }
        }
        return sum / count;
    }

    /** The answered numbers of a frame, in the unit of the answers. */
    private void toUnit(final double[] frame, final int[] of, final double[] to) {
        for (int i = 0; i < width; i++) {
            to[i] = frame[of[i]];
        }
        toUnit(to);
    }

    /** Turns numbers into the unit of the answers: bytes, or the stream's unit. */
    private void toUnit(final double[] some) {
        for (int i = 0; i < width && format == AnswerOptions.Format.U8; i++) {
            some[i] = Math.clamp(Math.round((some[i] + .5) * 255), 0, 255);
        }
    }

    private void put(final long frame, final boolean refused) {
        final Answer answer = claim();
        if (answer == null) {
            return;
        }
        answer.frame = frame;
        answer.refused = refused;
        System.arraycopy(prediction, 0, answer.numbers, 0, width);
        answer.scoredFrame = scoredFrame;
        answer.squaredError = squaredError;
        answer.noChangeError = noChangeError;
        publish(refused);
    }

    @Override
    double mse() {
        return scored == 0 ? Double.NaN : sum / scored;
    }

    @Override
    public void keep(final Archive archive) {
        super.keep(archive);
        for (final Fed one : fed) {
            one.keep(archive);
        }
        archive.all(waiting);
        archive.all(before);
        waitingFrame = archive.of(waitingFrame);
        scoredFrame = archive.of(scoredFrame);
        squaredError = archive.of(squaredError);
        noChangeError = archive.of(noChangeError);
        sum = archive.of(sum);
        scored = archive.of(scored);
    }
}
