package org.tickwave.bench.score;

import org.tickwave.bench.stream.Recording;

/** What answers are worth, one after another; nothing is allocated while they come. For one thread. */
public sealed interface Measure permits ChangeScores, ClassScores {
    /** Channels of {@link #losses}. */
    int NETWORK = 0;
    int BACKPROP = 1;

    /**
     * A frame has its answers. What is given is not kept.
     *
     * @param backprop its answer; of no account where nothing is compared
     * @param recording that the frame is of, or null
     */
    void add(float[] target, float[] network, float[] backprop, Recording recording);

    /** A frame has an answer that the guard refused. */
    void refused(Recording recording);

    /** The stream has ended, and did not break off. */
    void finish();

    /** What the answers cost. */
    Series losses();

    /** Whether there is anything to say. */
    boolean enough();

    /** Whether it is better than what knows nothing. */
    boolean gained();

    /** How it does at present; NaN where there is nothing to say yet. */
    double present();

    /** That in words; from any thread. */
    String words(double present);
}
