package org.tickwave.bench.task;

import java.util.List;
import org.tickwave.Loss;
import org.tickwave.Rule;
import org.tickwave.bench.keep.Kept;
import org.tickwave.bench.score.Measure;
import org.tickwave.bench.stream.Recording;

/** What a network learns from a stream: turns frames into inputs and targets. For one thread. */
public interface Task extends Kept {
    /** The name of the task in reports. */
    String name();

    /** The loss that the network is trained with. */
    Loss loss();

    /**
     * A new measure of the answers of an output.
     *
     * @param labels the labels by output
     * @param models number of models whose answers are scored
     * @param loss   of the output
     */
    Measure measure(List<String> labels, int models, Loss loss);

    /** A new measure of the answers of all outputs. Has the parameters of {@link #measure(List, int, Loss)}. */
    default Measure measure(final List<String> labels, final int models) {
        return measure(labels, models, loss());
    }

    int inputWidth();

    int targetWidth();

    /** Whether a frame can be taken. Other frames are left out as bad. */
    boolean accepts(double[] frame);

    /**
     * Takes the next frame. This may complete the previous frame, or the given one. {@link #input}, {@link #target},
     * {@link #hasTarget}, {@link #taught} and {@link #recording} describe the completed frame.
     *
     * @param frame     the next frame, in the stream's unit; accepted; copied
     * @param follows   whether the frame follows the previous one without a gap; ignored for the first frame
     * @param recording the recording of the frame; null if the stream has no labelled recordings
     * @return whether a frame was completed
     */
    boolean push(double[] frame, boolean follows, Recording recording);

    /**
     * Ends the stream and completes the last frame if it waits. The next frame that is pushed counts as a first frame.
     *
     * @return whether a frame was completed
     */
    boolean finish();

    /** Whether a frame waits for the next one before it is complete. */
    default boolean waits() {
        return false;
    }

    /**
     * Whether the score is that of the answer at the present weights when the frame comes. Otherwise the wave's answer is scored, which
     * the rule must not have taught before.
     */
    default boolean scoresNow(final Rule rule) {
        return false;
    }

    /** The network's input for the frame. The task owns the array; it is valid until the next push or finish. */
    float[] input();

    /** The target of the frame, or zeros. The task owns the array; it is valid until the next push or finish. */
    float[] target();

    /** Whether the frame has a target; then the answer is scored. */
    boolean hasTarget();

    /** Whether the target is taught, and not only used for the score. */
    boolean taught();

    /** The recording of the frame, or null. */
    Recording recording();
}
