package org.tickwave.bench.score;

import java.util.Locale;
import org.tickwave.bench.stream.Recording;

/** Mean squared error per output, compared with the error of predicting no change. */
public final class ChangeScores implements Measure {
    /** The channel of {@link #losses} with the error of predicting no change. */
    public static final int NO_CHANGE = 2;

    private static final int FEWEST_FRAMES = 4;

    private final Series losses = new Series(3);
    private final boolean compares;

    public ChangeScores(final boolean compares) {
        this.compares = compares;
    }

    @Override
    public void add(final float[] target, final float[] network, final float[] backprop, final Recording recording) {
        losses.next();
        losses.add(NETWORK, meanSquare(network, target));
        losses.add(NO_CHANGE, meanSquare(target));
        if (compares) {
            losses.add(BACKPROP, meanSquare(backprop, target));
        }
    }

    @Override
    public void refused(final Recording recording) {
        // A refused answer is not scored.
    }

    @Override
    public void finish() {
        // Each frame is scored when it is added.
    }

    @Override
    public Series losses() {
        return losses;
    }

    @Override
    public boolean enough() {
        return losses.count() >= FEWEST_FRAMES;
    }

    @Override
    public boolean gained() {
        return losses.lastQuarter(NETWORK) < losses.lastQuarter(NO_CHANGE);
    }

    @Override
    public double present() {
        final double ratio = enough() ? losses.lastQuarter(NETWORK) / losses.lastQuarter(NO_CHANGE) : Double.NaN;
        return Double.isFinite(ratio) ? ratio : Double.NaN;
    }

    @Override
    public String words(final double present) {
        return String.format(Locale.ROOT, "loss %.2f times that of no change", present);
    }

    static double meanSquare(final float[] answer, final float[] target) {
        double sum = 0;
        for (int i = 0; i < target.length; i++) {
            final double error = (double) answer[i] - target[i];
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
