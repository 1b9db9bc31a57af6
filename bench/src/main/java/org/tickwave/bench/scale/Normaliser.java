package org.tickwave.bench.scale;

import java.util.Arrays;
import org.tickwave.bench.keep.Archive;
import org.tickwave.bench.keep.Kept;

/**
 * Scales the numbers of frames: subtracts from each number the mean of that number over the frames so far, and divides by the
 * standard deviation. The frame itself counts, too. A number may be missing: then it counts nowhere and is scaled to 0. Any thread
 * may call {@link #state}.
 */
public final class Normaliser implements Kept {
    /** The limit under which all frames so far count alike. */
    public static final long ALL_FRAMES = Long.MAX_VALUE;

    /** A number beyond this magnitude is refused, since sums of squares could overflow. */
    private static final double LARGEST = 1e100;
    /** A variance below this share of the squared mean is rounding. */
    private static final double ROUNDING = 1e-24;
    /** 2^30, the largest magnitude of a good number. */
    private static final float MOST = 1 << 30;

    private final long limit;
    private final long[] counts;
    private final double[] mean;
    /** Sums of squared distances from the mean. */
    private final double[] squares;
    private final boolean frozen;

    /**
     * The state of a normaliser.
     *
     * @param limit   N: mean and variance are those of the newest frames, as if at most N had come; {@link #ALL_FRAMES} for all
     * @param counts  how often each number of a frame was there; at most the limit
     * @param mean    mean of each number of a frame
     * @param squares sum of squared distances from the mean, for each number of a frame
     */
    public record State(long limit, long[] counts, double[] mean, double[] squares) {
        /** The state before the first frame. */
        public static State none(final int width, final long limit) {
            return new State(limit, new long[width], new double[width], new double[width]);
        }
    }

    /**
     * Continues from a state.
     *
     * @param state  copied
     * @param frozen whether mean and variance stay as they are
     */
    public Normaliser(final State state, final boolean frozen) {
        limit = state.limit;
        counts = state.counts.clone();
        mean = state.mean.clone();
        squares = state.squares.clone();
        this.frozen = frozen;
    }

    /** The number of frames over which mean and variance are taken, at most. */
    public long limit() {
        return limit;
    }

    /** Whether a frame can be scaled: each number is of a sensible size, or missing. */
    public static boolean accepts(final double[] frame) {
        boolean accepts = true;
        for (final double v : frame) {
            accepts &= Math.abs(v) <= LARGEST || Double.isNaN(v);
        }
        return accepts;
    }

    /** Counts a frame. A missing number is NaN. */
    public synchronized void add(final double[] frame) {
        if (frozen) {
            return;
        }
        for (int i = 0; i < frame.length; i++) {
            if (!Double.isNaN(frame[i])) {
                add(i, frame[i]);
            }
        }
    }

    private void add(final int i, final double v) {
        if (counts[i] < limit) {
            counts[i]++;
        } else {
            squares[i] *= (limit - 1.0) / limit;
        }
        final double before = v - mean[i];
        mean[i] += before / counts[i];
        squares[i] += before * (v - mean[i]);
    }

    /** The standard deviation of number i; 0 if the number has not changed so far. */
    public double deviation(final int i) {
        final double variance = counts[i] == 0 ? 0 : squares[i] / counts[i];
        return variance <= ROUNDING * mean[i] * mean[i] ? 0 : Math.sqrt(variance);
    }

    public double mean(final int i) {
        return mean[i];
    }

    /** Number i of a frame in units of its deviation from its mean; 0 if the number is missing or has not changed so far. */
    public float scaled(final int i, final double v) {
        final double deviation = deviation(i);
        return deviation == 0 || Double.isNaN(v) ? 0 : Math.clamp((float) ((v - mean[i]) / deviation), -MOST, MOST);
    }

    /** A copy of the current state. */
    public synchronized State state() {
        return new State(limit, counts.clone(), mean.clone(), squares.clone());
    }

    @Override
    public String toString() {
        return "normaliser of " + mean.length + " numbers over " + (limit == ALL_FRAMES ? "all frames" : limit + " frames")
            + ", counts " + Arrays.toString(counts);
    }

    @Override
    public void keep(final Archive archive) {
        archive.section("normaliser");
        archive.all(counts);
        archive.all(mean);
        archive.all(squares);
    }
}
