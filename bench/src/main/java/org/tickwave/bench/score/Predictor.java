package org.tickwave.bench.score;

/** A predictor of the label of a frame or a recording. */
public enum Predictor {
    NETWORK,
    BACKPROP,
    /** Baseline: the commonest label of the recordings that were taught so far; the first in order if several are. */
    COMMONEST,
    /** Baseline: the label of the previous frame or recording. */
    LAST
}
