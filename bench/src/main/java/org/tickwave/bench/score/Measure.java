package org.tickwave.bench.score;

import org.tickwave.bench.stream.Recording;

/** Scores answers one by one, without allocation. For one thread. */
public sealed interface Measure permits ChangeScores, ClassScores {
    /** Channels of {@link #losses}. */
    int NETWORK = 0;
    int BACKPROP = 1;

    /**
     * Scores the answers to a frame. The arguments are not kept.
     *
     * @param target    the target of the frame
     * @param network   the network's answer
     * @param backprop  backprop's answer; ignored without comparison
     * @param recording the recording of the frame, or null
     */
    void add(float[] target, float[] network, float[] backprop, Recording recording);

    /** Counts a frame whose answer the guard refused. */
    void refused(Recording recording);

    /** Ends the scores after the last frame. Not called if the stream breaks off. */
    void finish();

    /** The loss of each answer. */
    Series losses();

    /** Whether enough frames were scored for a result. */
    boolean enough();

    /** Whether the network is better than the baseline. */
    boolean gained();

    /** The current result; NaN if there are not enough frames yet. */
    double present();

    /** Formats a value of {@link #present}. Any thread may call this. */
    String words(double present);
}
