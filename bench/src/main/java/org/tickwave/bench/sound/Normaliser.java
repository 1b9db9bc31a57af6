package org.tickwave.bench.sound;

import org.tickwave.bench.stream.FrameStream;

/**
 * Takes from every number of a frame the mean of all frames so far, this one too, and divides by their standard deviation.
 * Its state may be asked for on another thread than that which reads.
 */
public final class Normaliser {
    private static final double LEAST_VARIANCE = 1e-12;

    private final double[] mean;
    /** Sums of squared distances from the mean. */
    private final double[] squares;
    private final boolean stands;
    private long count;

    /**
     * What a normaliser knows.
     *
     * @param count of frames
     */
    public record State(long count, double[] mean, double[] squares) {
        /** Of no frame yet. */
        public static State none(final int width) {
            return new State(0, new double[width], new double[width]);
        }
    }

    /**
     * Goes on from a state, which is copied.
     *
     * @param stands whether mean and variance stay as they are
     */
    public Normaliser(final State state, final boolean stands) {
        count = state.count;
        mean = state.mean.clone();
        squares = state.squares.clone();
        this.stands = stands;
    }

    /** In place; a frame with numbers that are not good is left as it is, and teaches nothing. */
    public synchronized void apply(final float[] frame) {
        if (!FrameStream.good(frame)) {
            return;
        }
        if (!stands) {
            add(frame);
        }
        for (int i = 0; i < frame.length; i++) {
            final double variance = count == 0 ? 0 : squares[i] / count;
            frame[i] = variance < LEAST_VARIANCE ? 0 : (float) ((frame[i] - mean[i]) / Math.sqrt(variance));
        }
    }

    private void add(final float[] frame) {
        count++;
        for (int i = 0; i < frame.length; i++) {
            final double before = frame[i] - mean[i];
            mean[i] += before / count;
            squares[i] += before * (frame[i] - mean[i]);
        }
    }

    /** As it is now. */
    public synchronized State state() {
        return new State(count, mean.clone(), squares.clone());
    }
}
