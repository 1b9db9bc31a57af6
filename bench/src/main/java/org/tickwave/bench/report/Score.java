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
    private final boolean compares;
    private final Pair[] pairs;
    private int oldest;
    private int waiting;

    /** A frame with a target that waits for its answer, and for backprop's. */
    private static final class Pair {
        private final float[] target;
        private long tick;
        private boolean answered;
        private boolean good;
        private boolean compared;
        private double network;
        private double backprop;

        private Pair(final int width) {
            target = new float[width];
        }
    }

    /**
     * @param layers   L: the ticks from a frame to its answer
     * @param width    of the output
     * @param compares whether a pair waits for backprop too
     */
    public Score(final int layers, final int width, final boolean compares) {
        this.layers = layers;
        this.compares = compares;
        pairs = new Pair[layers + 1];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = new Pair(width);
        }
    }

    public Series series() {
        return series;
    }

    private Pair pair(final int fromOldest) {
        return pairs[(oldest + fromOldest) % pairs.length];
    }

    /** A frame is taken in tick {@code tick}; its target is copied. */
    public void fed(final long tick, final float[] target) {
        final Pair pair = pair(waiting++);
        pair.tick = tick;
        pair.answered = false;
        pair.compared = !compares;
        System.arraycopy(target, 0, pair.target, 0, target.length);
    }

    /** What backprop's answer to the frame that was fed last costs. */
    public void compared(final double loss) {
        final Pair pair = pair(waiting - 1);
        pair.compared = true;
        pair.backprop = loss;
    }

    /**
     * After a tick: looks at what it answers, if it answers anything.
     *
     * @param tick   the tick of the output: one more than that which made it
     * @param output x_L
     * @param good   false if the guard refused it; then it is not scored
     */
    public void answered(final long tick, final MemorySegment output, final boolean good) {
        for (int i = 0; i < waiting; i++) {
            final Pair pair = pair(i);
            if (pair.tick + layers == tick) {
                pair.answered = true;
                pair.good = good;
                pair.network = meanSquare(output, pair.target);
                return;
            }
        }
    }

    /** After a frame period: scores the pairs whose answers are all there. */
    public void settle() {
        while (waiting > 0 && pair(0).answered && pair(0).compared) {
            final Pair pair = pair(0);
            if (pair.good) {
                series.next();
                series.add(NETWORK, pair.network);
                series.add(NO_CHANGE, meanSquare(pair.target));
                series.add(BACKPROP, pair.backprop);
            }
            oldest = (oldest + 1) % pairs.length;
            waiting--;
        }
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
