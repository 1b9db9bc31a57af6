package org.tickwave.bench.score;

import java.util.Arrays;
import java.util.List;
import org.tickwave.bench.keep.Archive;
import org.tickwave.bench.stream.Recording;

/** The scores of several outputs. All outputs are scored for the same frames. The loss of the network is the sum of their losses. */
public final class SeveralScores implements Measure {
    private final List<Output> outputs;
    private final int models;
    private final float[][] targets;
    /** By output and model. */
    private final float[][][] answers;

    /**
     * The scores of one output.
     *
     * @param width numbers of the output; targets and answers hold the outputs one after the other
     */
    public record Output(String name, int width, Measure measure) {
    }

    /** @param models number of models whose answers are scored */
    public SeveralScores(final List<Output> outputs, final int models) {
        this.outputs = List.copyOf(outputs);
        this.models = models;
        targets = new float[outputs.size()][];
        answers = new float[outputs.size()][][];
        for (int o = 0; o < outputs.size(); o++) {
            targets[o] = new float[outputs.get(o).width];
            answers[o] = new float[models][outputs.get(o).width];
        }
    }

    /** The outputs, in the order of their numbers. */
    public List<Output> outputs() {
        return outputs;
    }

    @Override
    public void add(final float[] target, final float[][] of, final Recording recording) {
        int at = 0;
        for (int o = 0; o < targets.length; o++) {
            final int width = targets[o].length;
            System.arraycopy(target, at, targets[o], 0, width);
            for (int m = 0; m < models; m++) {
                System.arraycopy(of[m], at, answers[o][m], 0, width);
            }
            outputs.get(o).measure.add(targets[o], answers[o], recording);
            at += width;
        }
    }

    @Override
    public void refused(final float[] target, final Recording recording) {
        int at = 0;
        for (int o = 0; o < targets.length; o++) {
            System.arraycopy(target, at, targets[o], 0, targets[o].length);
            outputs.get(o).measure.refused(targets[o], recording);
            at += targets[o].length;
        }
    }

    @Override
    public void finish() {
        outputs.forEach(output -> output.measure.finish());
    }

    /** The sums over the outputs. A new series. */
    @Override
    public Series losses() {
        return Series.sum(outputs.stream().map(output -> output.measure.losses()).toList());
    }

    /** Whether the outputs predict changes, and no labels. */
    public boolean ofChanges() {
        return outputs.getFirst().measure instanceof ChangeScores;
    }

    /** The channel of {@link #losses} with the error of predicting no change, if the outputs predict changes. */
    public int noChange() {
        return models;
    }

    @Override
    public boolean enough() {
        return outputs.stream().allMatch(output -> output.measure.enough());
    }

    /** The model with the smallest loss. */
    @Override
    public int bestLinear() {
        final Series losses = losses();
        int best = Models.LINEAR;
        for (int m = best + 1; m < models; m++) {
            // A model that diverged has no loss.
            best = losses.lastQuarter(m) < losses.lastQuarter(best) || Double.isNaN(losses.lastQuarter(best)) ? m : best;
        }
        return best;
    }

    @Override
    public boolean gained() {
        return ofChanges() ? lossOf(Models.NETWORK) < lossOf(noChange()) : outputs.stream().allMatch(output -> output.measure.gained());
    }

    private double lossOf(final int channel) {
        double sum = 0;
        for (int o = 0; o < targets.length; o++) {
            sum += outputs.get(o).measure.losses().lastQuarter(channel);
        }
        return sum;
    }

    /** Of changes: the ratio of the sums. Of labels: the mean of the outputs' results. */
    @Override
    public double present() {
        if (ofChanges()) {
            final double ratio = enough() ? lossOf(Models.NETWORK) / lossOf(noChange()) : Double.NaN;
            return Double.isFinite(ratio) ? ratio : Double.NaN;
        }
        return Arrays.stream(presents()).average().orElse(Double.NaN);
    }

    private double[] presents() {
        return outputs.stream().mapToDouble(output -> output.measure.present()).toArray();
    }

    @Override
    public String words(final double present) {
        return outputs.getFirst().measure.words(present);
    }

    @Override
    public void keep(final Archive archive) {
        outputs.forEach(output -> output.measure.keep(archive));
    }
}
