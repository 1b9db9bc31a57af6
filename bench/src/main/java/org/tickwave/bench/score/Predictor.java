package org.tickwave.bench.score;

/** Who says what a frame or a recording is of. */
public enum Predictor {
    NETWORK,
    BACKPROP,
    /** The label that most recordings had which were taught until then; the first of them in order. */
    COMMONEST,
    /** The label of the frame, or of the recording, that was heard before. */
    LAST
}
