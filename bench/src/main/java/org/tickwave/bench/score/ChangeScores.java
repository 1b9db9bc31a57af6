package org.tickwave.bench.score;

import java.util.Locale;
import org.tickwave.bench.stream.Recording;

/** Mean squared errors per output, beside what predicting no change would have cost. */
public final class ChangeScores implements Measure {
    /** The channel of it. */
    public static final int NO_CHANGE = 2;

    private static final int ENOUGH = 4;

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
        // it is not scored
    }

    @Override
    public void finish() {
        // no frame is part of anything larger
    }

    @Override
    public Series losses() {
        return losses;
    }

    @Override
    public boolean enough() {
        return losses.count() >= ENOUGH;
    }

    @Override
    public boolean gained() {
        return losses.lastQuarter(NETWORK) < losses.lastQuarter(NO_CHANGE);
    }

    @Override
    public double present() {
        return enough() ? losses.lastQuarter(NETWORK) / losses.lastQuarter(NO_CHANGE) : Double.NaN;
    }

    @Override
    public String words(final double present) {
        return String.format(Locale.ROOT, "loss %.2f of no change", present);
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
