package org.tickwave.bench.score;

import java.util.List;
import java.util.Locale;
import org.tickwave.Loss;
import org.tickwave.bench.keep.Archive;
import org.tickwave.bench.stream.Recording;

/**
 * Accuracy and cross-entropy over the rows of a labelled table. Each row is scored before its label is taught, beside two baselines
 * that see the same rows: the label of the last row, and the commonest label so far.
 */
public final class RowScores implements Measure {
    private static final int FEWEST_ROWS = 4;
    private static final int NO_LABEL = -1;

    private final List<String> labels;
    private final int models;
    private final Loss loss;
    /** Loss for each model, in nats for the softmax's cross-entropy. */
    private final Series losses;
    /** 1 if right, else 0: for each model, then for the last label and for the commonest one. */
    private final Series right;
    private final long[] counts;
    /** Rows that were scored, by label, and the answers to them, by model and label. */
    private final long[] scored;
    private final long[][] said;
    private int commonest;
    private int last = NO_LABEL;

    /**
     * @param models number of models whose answers are scored: the network first, then the references
     * @param loss   of the output
     */
    public RowScores(final List<String> labels, final int models, final Loss loss) {
        this.labels = List.copyOf(labels);
        this.loss = loss;
        this.models = models;
        losses = new Series(models);
        right = new Series(models + 2);
        counts = new long[labels.size()];
        scored = new long[labels.size()];
        said = new long[models][labels.size()];
    }

    @Override
    public void add(final float[] target, final float[][] answers, final Recording recording) {
        final int label = Logits.largest(target);
        losses.next();
        right.next();
        scored[label]++;
        for (int m = 0; m < models; m++) {
            final int answer = Logits.largest(answers[m]);
            losses.add(m, LabelLoss.of(loss, answers[m], label));
            right.add(m, answer == label ? 1 : 0);
            said[m][answer]++;
        }
        right.add(models, last == label ? 1 : 0);
        right.add(models + 1, commonest == label ? 1 : 0);
        hear(label);
    }

    @Override
    public void refused(final float[] target, final Recording recording) {
        hear(Logits.largest(target));
    }

    private void hear(final int label) {
        last = label;
        final long count = ++counts[label];
        if (count > counts[commonest] || count == counts[commonest] && label < commonest) {
            commonest = label;
        }
    }

    @Override
    public void finish() {
        // Each row is scored when it is added.
    }

    public List<String> labels() {
        return labels;
    }

    @Override
    public Series losses() {
        return losses;
    }

    /** The share of rows on which a model is right; NaN without rows. */
    public double accuracy(final int model) {
        return right.mean(model, 0, right.count());
    }

    /** The number of rows that were scored. */
    public long rows() {
        return right.count();
    }

    /**
     * Cohen's kappa: how much of the way from chance to a faultless model a model has gone. Chance says each label as often as the model
     * does, whatever the row. NaN without rows, and where chance alone is faultless.
     */
    public double kappa(final int model) {
        final double rows = right.count();
        double chance = 0;
        for (int label = 0; label < scored.length; label++) {
            chance += scored[label] / rows * (said[model][label] / rows);
        }
        return chance == 1 ? Double.NaN : (accuracy(model) - chance) / (1 - chance);
    }

    /** The share over the last quarter of the rows. */
    public double lastQuarter(final int model) {
        return right.lastQuarter(model);
    }

    /** The number of the baseline that repeats the last label, as {@link #accuracy} takes it. */
    public int lastLabel() {
        return models;
    }

    /** The number of the baseline that says the commonest label so far. */
    public int commonestLabel() {
        return models + 1;
    }

    @Override
    public int bestLinear() {
        int best = Models.LINEAR;
        for (int m = best + 1; m < models; m++) {
            best = accuracy(m) > accuracy(best) ? m : best;
        }
        return best;
    }

    @Override
    public boolean enough() {
        return right.count() >= FEWEST_ROWS;
    }

    /** Whether the network is better than both baselines in the last quarter. */
    @Override
    public boolean gained() {
        return lastQuarter(Models.NETWORK) > Math.max(lastQuarter(lastLabel()), lastQuarter(commonestLabel()));
    }

    @Override
    public double present() {
        return enough() ? lastQuarter(Models.NETWORK) : Double.NaN;
    }

    @Override
    public String words(final double present) {
        return String.format(Locale.ROOT, "%.1f %% of rows right", present * 100);
    }

    @Override
    public void keep(final Archive archive) {
        archive.section("rows");
        losses.keep(archive);
        right.keep(archive);
        archive.all(counts);
        archive.all(scored);
        for (final long[] answers : said) {
            archive.all(answers);
        }
        commonest = archive.of(commonest);
        last = archive.of(last);
    }
}
