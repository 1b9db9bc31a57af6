package org.tickwave.bench.task;

import java.util.Arrays;
import org.tickwave.Loss;
import org.tickwave.bench.stream.FrameStream;
import org.tickwave.bench.stream.Recording;
import org.tickwave.kernel.Good;

/**
 * The task of predicting the stream itself: from a frame and the changes that led to it, the change that follows.
 *
 * <pre>
 * input of frame t     u[t]   g(u[t]-u[t-1])   g(u[t-1]-u[t-2])   ...   up to N-1 changes
 * its target           g(u[t+1]-u[t])
 * </pre>
 *
 * <p>A change is zero where it is unknown or crosses a gap: a seam between two plays of a stream, a dropped frame, or a
 * leap so large that its change is no good number. A
 * frame before a gap has no target. Since a target is known when the next frame is, the task is one frame behind its source.
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
     * A task for frames of one width.
     *
     * @param width   numbers in a frame
     * @param context N: the frame and N - 1 changes make an input; at least 1
     * @param gain    what changes are multiplied by
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

    /** The change from the frame that waits; false where it is too large to be a good number, which makes it a gap. */
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

    /** The frame and its changes. */
    @Override
    public float[] input() {
        return input;
    }

    /** The change that followed the frame. */
    @Override
    public float[] target() {
        return target;
    }

    /** Whether the change that followed is known. */
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
