package org.tickwave.bench.score;

import java.util.Locale;
import org.tickwave.bench.keep.Archive;
import org.tickwave.bench.stream.Recording;

/** Mean squared error per output, compared with the error of predicting no change. */
public final class ChangeScores implements Measure {
    private static final int FEWEST_FRAMES = 4;

    private final Series losses;
    private final int models;

    /** @param models number of models whose answers are scored */
    public ChangeScores(final int models) {
        this.models = models;
        losses = new Series(models + 1);
    }

    @Override
    public void add(final float[] target, final float[][] answers, final Recording recording) {
        losses.next();
        for (int m = 0; m < models; m++) {
            losses.add(m, meanSquare(answers[m], target));
        }
        losses.add(noChange(), meanSquare(target));
    }

    /** The channel of {@link #losses} with the error of predicting no change. */
    public int noChange() {
        return models;
    }

    @Override
    public int bestLinear() {
        int best = Models.LINEAR;
        for (int m = best + 1; m < models; m++) {
            // A model that diverged has no loss.
            best = losses.lastQuarter(m) < losses.lastQuarter(best) || Double.isNaN(losses.lastQuarter(best)) ? m : best;
        }
        return best;
    }

    @Override
    public void refused(final float[] target, final Recording recording) {
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
        return losses.lastQuarter(Models.NETWORK) < losses.lastQuarter(noChange());
    }

    @Override
    public double present() {
        final double ratio = enough() ? losses.lastQuarter(Models.NETWORK) / losses.lastQuarter(noChange()) : Double.NaN;
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

    @Override
    public void keep(final Archive archive) {
        losses.keep(archive);
    }
}
