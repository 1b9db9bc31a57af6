package org.tickwave.bench.task;

import java.util.Arrays;
import java.util.List;
import org.tickwave.Loss;
import org.tickwave.bench.scale.Normaliser;
import org.tickwave.bench.score.ClassScores;
import org.tickwave.bench.score.Measure;
import org.tickwave.bench.stream.FrameStream;
import org.tickwave.bench.stream.Recording;

/**
 * The task of classifying recordings: the input is the recording's newest frames, newest first, and the target is its label.
 * Frames before the start of the recording are zeros. A gap inside the recording becomes one frame of zeros. Each frame is
 * complete at once. Held-out recordings are scored, but not taught.
 */
public final class ClassifyTask implements Task {
    private final int width;
    private final Normaliser normaliser;
    private final float[] input;
    private final float[] target;
    private Recording recording;

    /**
     * @param width      width of a frame
     * @param context    number of frames in an input; at least 1
     * @param labels     number of labels; at least 2
     * @param normaliser scales the frames; null to feed the frames as they are
     */
    public ClassifyTask(final int width, final int context, final int labels, final Normaliser normaliser) {
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
        this.normaliser = normaliser;
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
    public Measure measure(final List<String> labels, final int models) {
        return new ClassScores(labels, models);
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
    public boolean accepts(final double[] frame) {
        return normaliser == null ? FrameStream.good(frame) : Normaliser.accepts(frame);
    }

    @Override
    public boolean push(final double[] frame, final boolean follows, final Recording of) {
        if (of != recording) {
            Arrays.fill(input, 0);
            Arrays.fill(target, 0);
            target[of.index()] = 1;
            recording = of;
        } else if (!follows) {
            shift();
            Arrays.fill(input, 0, width, 0);
        }
        shift();
        Frames.put(frame, normaliser, input);
        return true;
    }

    /** Moves all frames of the input one place towards the end. The first place keeps its frame. */
    private void shift() {
        System.arraycopy(input, 0, input, width, input.length - width);
    }

    /** No frame ever waits in this task. */
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

    /** 1 at the label, 0 elsewhere. */
    @Override
    public float[] target() {
        return target;
    }

    /** Always true: every recording has a label. */
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
