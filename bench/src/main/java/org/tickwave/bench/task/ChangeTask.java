package org.tickwave.bench.task;

import java.util.Arrays;
import org.tickwave.Loss;
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
 * <p>A change in the input is zero if it is unknown or crosses a gap. A gap is the seam between two plays of a stream, a dropped
 * frame, or a change that is too large to be a good number. A frame before a gap has no target. The target of a frame is known
 * only with the next frame, so the task is one frame behind the stream.
 */
public final class ChangeTask implements Task {
    private final int width;
    private final float gain;
    private final float[] target;
    private float[] input;
    private float[] waiting;
    private boolean waits;
    private boolean hasTarget;

    /**
     * @param width   width of a frame
     * @param context N, at least 1: an input consists of the frame and N - 1 changes
     * @param gain    factor of the changes
     */
    public ChangeTask(final int width, final int context, final float gain) {
        if (width < 1) {
            throw new IllegalArgumentException("width " + width + ": expected at least 1");
        }
        final int most = Integer.MAX_VALUE / 8 / width;
        if (context < 1 || context > most) {
            throw new IllegalArgumentException(
                "context " + context + ": expected 1 to " + most + " with frames of " + width + " numbers");
        }
        if (!Good.number(gain)) {
            throw new IllegalArgumentException("gain " + gain + ": expected at most 2^30 in magnitude");
        }
        this.width = width;
        this.gain = gain;
        target = new float[width];
        input = new float[context * width];
        waiting = new float[context * width];
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
    public int inputWidth() {
        return input.length;
    }

    @Override
    public int targetWidth() {
        return width;
    }

    @Override
    public boolean push(final float[] frame, final boolean follows, final Recording recording) {
        final boolean completes = waits;
        hasTarget = completes && follows && change(frame);
        if (!hasTarget) {
            Arrays.fill(target, 0);
        }
        final float[] before = waiting;
        waiting = input;
        input = before;
        System.arraycopy(frame, 0, waiting, 0, width);
        if (waiting.length > width) {
            System.arraycopy(target, 0, waiting, width, width);
            System.arraycopy(input, width, waiting, 2 * width, waiting.length - 2 * width);
        }
        waits = true;
        return completes;
    }

    /** Computes the change from the waiting frame to the given one. False if the change is no good number, which makes a gap. */
    private boolean change(final float[] frame) {
        for (int i = 0; i < width; i++) {
            target[i] = gain * (frame[i] - waiting[i]);
        }
        return FrameStream.good(target);
    }

    @Override
    public boolean finish() {
        final boolean completes = waits;
        final float[] last = waiting;
        waiting = input;
        input = last;
        Arrays.fill(waiting, 0);
        Arrays.fill(target, 0);
        hasTarget = false;
        waits = false;
        return completes;
    }

    /** The frame and the changes that led to it. */
    @Override
    public float[] input() {
        return input;
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
}
