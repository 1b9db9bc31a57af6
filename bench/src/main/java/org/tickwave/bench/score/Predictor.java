package org.tickwave.bench.score;

/** A predictor of the label of a frame or a recording. First the models, in the order of {@link Models}. */
public enum Predictor {
    NETWORK,
    BACKPROP,
    /** The models without a hidden layer, by their rate. */
    LINEAR_TENTH,
    LINEAR,
    LINEAR_TEN,
    /** Baseline: the commonest label that was taught so far; the first in order if several are. */
    COMMONEST,
    /** Baseline: the label of the previous frame or recording. */
    LAST
}
