package org.tickwave.bench.sound;

import org.tickwave.bench.stream.FrameStream;

/**
 * Normalises frames: subtracts from each number the mean of that number over all frames so far, and divides by the standard
 * deviation. The frame itself counts, too. Any thread may call {@link #state}.
 */
public final class Normaliser {
    private static final double LEAST_VARIANCE = 1e-12;

    private final double[] mean;
    /** Sums of squared distances from the mean. */
    private final double[] squares;
    private final boolean frozen;
    private long count;

    /**
     * The state of a normaliser.
     *
     * @param count   number of frames
     * @param mean    mean of each number of a frame
     * @param squares sum of squared distances from the mean, for each number of a frame
     */
    public record State(long count, double[] mean, double[] squares) {
        /** The state before the first frame. */
        public static State none(final int width) {
            return new State(0, new double[width], new double[width]);
        }
    }

    /**
     * Continues from a state.
     *
     * @param state  copied
     * @param frozen whether mean and variance stay as they are
     */
    public Normaliser(final State state, final boolean frozen) {
        count = state.count;
        mean = state.mean.clone();
        squares = state.squares.clone();
        this.frozen = frozen;
    }

    /** Normalises a frame in place. A frame with a bad number stays unchanged and does not change mean and variance. */
    public synchronized void apply(final float[] frame) {
        if (!FrameStream.good(frame)) {
            return;
        }
        if (!frozen) {
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

    /** A copy of the current state. */
    public synchronized State state() {
        return new State(count, mean.clone(), squares.clone());
    }
}
