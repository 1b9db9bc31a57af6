package org.tickwave.bench.answer;

/** One answer on its way from the session to the writer. Reused, so that an answer allocates nothing. */
final class Answer {
    static final int NONE = -1;

    /** Number of the frame that is answered. */
    long frame;
    /** The prediction, or the probability of each label. */
    final double[] numbers;
    /** Whether the guard refused the answer. */
    boolean refused;
    /** Number of the newest frame whose answer was scored; 0 if there is none. */
    long scoredFrame;
    /** Squared error of that answer, and of the prediction that nothing changes; a mean over the numbers of a frame. */
    double squaredError;
    double noChangeError;
    /** Index of the label, and of the true label or {@link #NONE}. */
    int label;
    int trueLabel;
    /** Name of the recording, or null. */
    String recording;

    Answer(final int width) {
        numbers = new double[width];
    }
}
