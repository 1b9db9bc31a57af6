package org.tickwave.bench.score;

import org.tickwave.bench.keep.Kept;
import org.tickwave.bench.stream.Recording;

/** Scores answers one by one, without allocation. For one thread. */
public sealed interface Measure extends Kept permits ChangeScores, ClassScores, RowScores, SeveralScores {

    /**
     * Scores the answers to a frame. The arguments are not kept.
     *
     * @param target    the target of the frame
     * @param answers   the answer of each model, by its number in {@link Models}
     * @param recording the recording of the frame, or null
     */
    void add(float[] target, float[][] answers, Recording recording);

    /** Counts a frame whose answer the guard refused. */
    void refused(float[] target, Recording recording);

    /** Ends the scores after the last frame. Not called if the stream breaks off. */
    void finish();

    /** The loss of each answer. The channels are the models. */
    Series losses();

    /** Whether enough frames were scored for a result. */
    boolean enough();

    /** The number of the model without a hidden layer that did best, in a comparison. */
    int bestLinear();

    /** Whether the network is better than the baseline. */
    boolean gained();

    /** The current result; NaN if there are not enough frames yet. */
    double present();

    /** Formats a value of {@link #present}. Any thread may call this. */
    String words(double present);
}
