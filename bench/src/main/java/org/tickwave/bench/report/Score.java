package org.tickwave.bench.report;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Prequential scores: the answer to the frame of tick s stands in x_L[s + L] and is scored there, once, against its own
 * target, beside what predicting no change would have cost, and what backprop's answer to the same frame did. All are
 * mean squared errors per output.
 */
public final class Score {
    public static final int NETWORK = 0;
    public static final int NO_CHANGE = 1;
    public static final int BACKPROP = 2;

    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Series series = new Series(3);
    private final int layers;
    private final long[] ticks;
    private final float[][] targets;
    private final double[] backprop;
    private int oldest;
    private int waiting;

    /**
     * @param layers L: the ticks from a frame to its answer
     * @param width  of the output
     */
    public Score(final int layers, final int width) {
        this.layers = layers;
        ticks = new long[layers + 1];
        targets = new float[layers + 1][width];
        backprop = new double[layers + 1];
    }

    public Series series() {
        return series;
    }

    /** A frame is taken in tick {@code tick}; its target is copied. */
    public void fed(final long tick, final float[] target, final double backpropLoss) {
        final int i = (oldest + waiting++) % ticks.length;
        ticks[i] = tick;
        System.arraycopy(target, 0, targets[i], 0, target.length);
        backprop[i] = backpropLoss;
    }

    /**
     * After a tick: scores what it answers, if it answers anything.
     *
     * @param tick   the tick of the output: one more than that which made it
     * @param output x_L
     * @param good   false if the guard refused it; then it is not scored
     */
    public void answered(final long tick, final MemorySegment output, final boolean good) {
        if (waiting == 0 || ticks[oldest] + layers != tick) {
            return;
        }
        if (good) {
            final float[] target = targets[oldest];
            series.next();
            series.add(NETWORK, meanSquare(output, target));
            series.add(NO_CHANGE, meanSquare(target));
            series.add(BACKPROP, backprop[oldest]);
        }
        oldest = (oldest + 1) % ticks.length;
        waiting--;
    }

    public static double meanSquare(final MemorySegment answer, final float[] target) {
        double sum = 0;
        for (int i = 0; i < target.length; i++) {
            final double error = (double) answer.get(FLOAT, (long) i * Float.BYTES) - target[i];
            sum += error * error;
        }
        return sum / target.length;
    }

    private static double meanSquare(final float[] target) {
        double sum = 0;
        for (final float value : target) {
            sum += (double) value * value;
        }
        return sum / target.length;
    }
}
