package org.tickwave.bench.task;

import java.util.Arrays;
import java.util.List;
import org.tickwave.Loss;
import org.tickwave.bench.keep.Archive;
import org.tickwave.bench.scale.Normaliser;
import org.tickwave.bench.score.ClassScores;
import org.tickwave.bench.score.Measure;
import org.tickwave.bench.stream.Recording;

/**
 * The task of classifying recordings: the input is the recording's newest frames, newest first, and the target is its label.
 * Frames before the start of the recording are zeros. A gap inside the recording becomes one frame of zeros. Each frame is
 * complete at once. Held-out recordings are scored, but not taught.
 */
public final class ClassifyTask extends LabelTask {
    private Recording recording;

    /**
     * @param width      width of a frame
     * @param context    number of frames in an input; at least 1
     * @param labels     number of labels; at least 2
     * @param normaliser scales the frames; null to feed the frames as they are
     */
    public ClassifyTask(final int width, final int context, final int labels, final Normaliser normaliser) {
        super(width, context, labels, normaliser);
    }

    @Override
    public Measure measure(final List<String> labels, final int models, final Loss loss) {
        return new ClassScores(labels, models, loss);
    }

    @Override
    public boolean push(final double[] frame, final boolean follows, final Recording of) {
        if (of != recording) {
            Arrays.fill(input(), 0);
            Arrays.fill(target(), 0);
            target()[of.index()] = 1;
            recording = of;
        } else if (!follows) {
            shift();
            Arrays.fill(input(), 0, width(), 0);
        }
        add(frame);
        return true;
    }

    /** No frame ever waits in this task. */
    @Override
    public boolean finish() {
        recording = null;
        return false;
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

    @Override
    public void keep(final Archive archive) {
        super.keep(archive);
        recording = archive.one(Recording.class, recording);
    }
}
