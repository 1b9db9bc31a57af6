package org.tickwave.bench.task;

import java.util.Arrays;
import java.util.List;
import org.tickwave.Loss;
import org.tickwave.bench.keep.Archive;
import org.tickwave.bench.scale.Normaliser;
import org.tickwave.bench.score.ChangeScores;
import org.tickwave.bench.score.Measure;
import org.tickwave.bench.stream.FrameStream;
import org.tickwave.bench.stream.Recording;
import org.tickwave.kernel.Good;

/**
 * The task of predicting the stream: the input is a frame and the changes that led to it, the target is the next change.
 *
 * <pre>
 * input of frame t     u[t]   g(u[t]-u[t-1])   g(u[t-1]-u[t-2])   ...   up to N-1 changes
 * target of frame t    g(u[t+1]-u[t])
 * </pre>
 *
 * <p>With a normaliser the frame is scaled to z[t], and the change that follows frame t is g(u[t+1]-u[t])/s[t], where s[t] is the
 * standard deviation of the number over the frames up to t. The change of a number that has not changed so far is 0.
 *
 * <p>A change in the input is zero if it is unknown or crosses a gap. A gap is the seam between two plays of a stream, a dropped
 * frame, or a change that is too large to be a good number. A frame before a gap has no target. The target of a frame is known
 * only with the next frame, so the task is one frame behind the stream.
 */
public final class ChangeTask implements Task {
    private final int width;
    private final float gain;
    private final Normaliser normaliser;
    private final float[] target;
    private Frame completed;
    private Frame waiting;
    private boolean waits;
    private boolean hasTarget;

    /**
     * @param width      width of a frame
     * @param context    N, at least 1: an input consists of the frame and N - 1 changes
     * @param gain       factor of the changes
     * @param normaliser scales the frames and the changes; null to feed both as they are
     */
    public ChangeTask(final int width, final int context, final float gain, final Normaliser normaliser) {
        Frames.expect(width, context);
        if (!Good.number(gain)) {
            throw new IllegalArgumentException("gain " + gain + ": expected at most 2^30 in magnitude");
        }
        this.width = width;
        this.gain = gain;
        this.normaliser = normaliser;
        target = new float[width];
        completed = new Frame(width, context);
        waiting = new Frame(width, context);
    }

    @Override
    public String name() {
        return "change";
    }

    @Override
    public Loss loss() {
        return Loss.SQUARED_ERROR;
    }

    @Override
    public Measure measure(final List<String> labels, final int models, final Loss loss) {
        return new ChangeScores(models);
    }

    @Override
    public int inputWidth() {
        return completed.input().length;
    }

    @Override
    public int targetWidth() {
        return width;
    }

    @Override
    public boolean accepts(final double[] frame) {
        return Frames.accepts(frame, normaliser);
    }

    @Override
    public boolean push(final double[] frame, final boolean follows, final Recording recording) {
        final boolean completes = waits;
        hasTarget = completes && follows && change(frame);
        if (!hasTarget) {
            Arrays.fill(target, 0);
        }
        swap();
        take(frame);
        final float[] input = waiting.input();
        if (input.length > width) {
            System.arraycopy(target, 0, input, width, width);
            System.arraycopy(completed.input(), width, input, 2 * width, input.length - 2 * width);
        }
        waits = true;
        return completes;
    }

    /** Computes the change from the waiting frame to the given one. False if the change is no good number, which makes a gap. */
    private boolean change(final double[] frame) {
        for (int i = 0; i < width; i++) {
            target[i] = normaliser == null ? gain * ((float) frame[i] - waiting.input()[i])
                : scaled(frame[i] - waiting.numbers()[i], waiting.unit()[i]);
        }
        return FrameStream.good(target);
    }

    private static float scaled(final double change, final double unit) {
        return unit == 0 || Double.isNaN(change) ? 0 : (float) (change / unit);
    }

    private void swap() {
        final Frame before = waiting;
        waiting = completed;
        completed = before;
    }

    private void take(final double[] frame) {
        Frames.put(frame, normaliser, waiting.input());
        System.arraycopy(frame, 0, waiting.numbers(), 0, width);
        for (int i = 0; i < width; i++) {
            waiting.unit()[i] = (normaliser == null ? 1 : normaliser.deviation(i)) / gain;
        }
    }

    @Override
    public boolean finish() {
        final boolean completes = waits;
        swap();
        Arrays.fill(waiting.input(), 0);
        Arrays.fill(target, 0);
        hasTarget = false;
        waits = false;
        return completes;
    }

    /** The frame that came last; it waits for the next one. Shared: another frame after the next push or finish. */
    public Frame newest() {
        return waiting;
    }

    /** The frame that the last push or finish completed. Shared: another frame after the next push or finish. */
    public Frame completed() {
        return completed;
    }

    @Override
    public boolean waits() {
        return true;
    }

    /** The frame and the changes that led to it. */
    @Override
    public float[] input() {
        return completed.input();
    }

    /** The change that follows the frame. */
    @Override
    public float[] target() {
        return target;
    }

    /** Whether the change that follows is known. */
    @Override
    public boolean hasTarget() {
        return hasTarget;
    }

    @Override
    public boolean taught() {
        return hasTarget;
    }

    @Override
    public Recording recording() {
        return null;
    }

    @Override
    public void keep(final Archive archive) {
        archive.section("changes");
        completed.keep(archive);
        waiting.keep(archive);
        archive.all(target);
        waits = archive.of(waits);
        hasTarget = archive.of(hasTarget);
        if (normaliser != null) {
            normaliser.keep(archive);
        }
    }
}
