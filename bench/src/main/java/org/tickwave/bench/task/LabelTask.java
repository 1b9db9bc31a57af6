package org.tickwave.bench.task;

import org.tickwave.Loss;
import org.tickwave.bench.keep.Archive;
import org.tickwave.bench.scale.Normaliser;

/** Common part of the tasks of classifying: the input is the newest frames, newest first, and the target is a label. */
abstract sealed class LabelTask implements Task permits ClassifyTask, RowTask {
    private final int width;
    private final Normaliser normaliser;
    private final float[] input;
    private final float[] target;

    LabelTask(final int width, final int context, final int labels, final Normaliser normaliser) {
        Frames.expect(width, context);
        if (labels < 2) {
            throw new IllegalArgumentException("labels " + labels + ": expected at least 2");
        }
        this.width = width;
        this.normaliser = normaliser;
        input = new float[context * width];
        target = new float[labels];
    }

    @Override
    public final String name() {
        return "classify";
    }

    @Override
    public final Loss loss() {
        return Loss.SOFTMAX_CROSS_ENTROPY;
    }

    @Override
    public final int inputWidth() {
        return input.length;
    }

    @Override
    public final int targetWidth() {
        return target.length;
    }

    @Override
    public final boolean accepts(final double[] frame) {
        return Frames.accepts(frame, normaliser);
    }

    /** Moves all frames of the input one place towards the end. The first place keeps its frame. */
    final void shift() {
        System.arraycopy(input, 0, input, width, input.length - width);
    }

    /** Moves all frames, and puts a new one into the first place. */
    final void add(final double[] frame) {
        shift();
        Frames.put(frame, normaliser, input);
    }

    /** The width of a frame. */
    final int width() {
        return width;
    }

    /** The newest frames. */
    @Override
    public final float[] input() {
        return input;
    }

    /** 1 at the label, 0 elsewhere. */
    @Override
    public final float[] target() {
        return target;
    }

    @Override
    public void keep(final Archive archive) {
        archive.section("labels");
        archive.all(input);
        archive.all(target);
        if (normaliser != null) {
            normaliser.keep(archive);
        }
    }
}
