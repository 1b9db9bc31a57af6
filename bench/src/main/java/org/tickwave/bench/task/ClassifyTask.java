package org.tickwave.bench.task;

import java.util.Arrays;
import org.tickwave.Loss;
import org.tickwave.bench.stream.Recording;

/**
 * The task of saying what a recording is of: from its last frames, newest first, its label. Before its start there are zeros,
 * and where frames are missing in it there is one frame of zeros. A frame completes itself. What is held out is scored, but
 * not taught.
 */
public final class ClassifyTask implements Task {
    private final int width;
    private final float[] input;
    private final float[] target;
    private Recording recording;

    /**
     * A task for frames of one width.
     *
     * @param width   numbers in a frame
     * @param context frames that an input is made of; at least 1
     * @param labels  how many there are; at least 2
     */
    public ClassifyTask(final int width, final int context, final int labels) {
        if (width < 1) {
            throw new IllegalArgumentException("width " + width + ": expected at least 1");
        }
        final int most = Integer.MAX_VALUE / 8 / width;
        if (context < 1 || context > most) {
            throw new IllegalArgumentException(
                "context " + context + ": expected 1 to " + most + " with frames of " + width + " numbers");
        }
        if (labels < 2) {
            throw new IllegalArgumentException("labels " + labels + ": expected at least 2");
        }
        this.width = width;
        input = new float[context * width];
        target = new float[labels];
    }

    @Override
    public String name() {
        return "classify";
    }

    @Override
    public Loss loss() {
        return Loss.SOFTMAX_CROSS_ENTROPY;
    }

    @Override
    public int inputWidth() {
        return input.length;
    }

    @Override
    public int targetWidth() {
        return target.length;
    }

    @Override
    public boolean push(final float[] frame, final boolean follows, final Recording of) {
        if (of != recording) {
            Arrays.fill(input, 0);
            Arrays.fill(target, 0);
            target[of.index()] = 1;
            recording = of;
        } else if (!follows) {
            age();
            Arrays.fill(input, 0, width, 0);
        }
        age();
        System.arraycopy(frame, 0, input, 0, width);
        return true;
    }

    /** Every frame becomes one older; the newest stands there twice. */
    private void age() {
        System.arraycopy(input, 0, input, width, input.length - width);
    }

    /** None waits. */
    @Override
    public boolean finish() {
        recording = null;
        return false;
    }

    /** The newest frames of the recording. */
    @Override
    public float[] input() {
        return input;
    }

    /** One at the label. */
    @Override
    public float[] target() {
        return target;
    }

    /** Always; a recording has a label. */
    @Override
    public boolean hasTarget() {
        return true;
    }

    @Override
    public boolean taught() {
        return !recording.heldOut();
    }

    @Override
    public Recording recording() {
        return recording;
    }
}
