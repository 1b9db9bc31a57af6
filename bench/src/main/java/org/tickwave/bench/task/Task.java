package org.tickwave.bench.task;

import org.tickwave.Loss;
import org.tickwave.bench.stream.Recording;

/** What a network is to learn from a stream: makes inputs and targets of its frames. For one thread. */
public interface Task {
    /** As it is called in a report. */
    String name();

    /** What the output is held to. */
    Loss loss();

    int inputWidth();

    int targetWidth();

    /**
     * The next frame, which is good, arrives. It may complete the one before it, or itself; the frame that is complete is
     * described by {@link #input}, {@link #target}, {@link #hasTarget}, {@link #taught} and {@link #recording}.
     *
     * @param frame     copied
     * @param follows   whether it follows the frame before without a gap; of no account for the first
     * @param recording that it is of; null where the stream is not made of labelled recordings
     * @return whether a frame is complete
     */
    boolean push(float[] frame, boolean follows, Recording recording);

    /**
     * The stream has ended: completes the last frame, if it waits. What is pushed after that is a first frame again.
     *
     * @return whether there was one
     */
    boolean finish();

    /** What the network is given for the frame: the task's own, until the next push or finish. */
    float[] input();

    /** What the answer should be, or zeros: the task's own, until the next push or finish. */
    float[] target();

    /** Whether it is known what the answer should be: then it is scored. */
    boolean hasTarget();

    /** Whether the target is taught, and not only what the answer is scored against. */
    boolean taught();

    /** The recording that the frame is of, or null. */
    Recording recording();
}
