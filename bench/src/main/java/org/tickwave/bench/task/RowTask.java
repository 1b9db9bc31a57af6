package org.tickwave.bench.task;

import java.util.Arrays;
import java.util.List;
import org.tickwave.Loss;
import org.tickwave.Rule;
import org.tickwave.bench.keep.Archive;
import org.tickwave.bench.scale.Normaliser;
import org.tickwave.bench.score.Measure;
import org.tickwave.bench.score.RowScores;
import org.tickwave.bench.stream.Recording;

/**
 * The task of classifying the rows of a table: the input is the newest rows, newest first, and the target is the label of the newest
 * one. Rows before the first row, and before a gap, are zeros. Each row is complete at once. A row without a label is answered, but
 * neither scored nor taught.
 */
public final class RowTask extends LabelTask {
    private boolean labelled;

    /**
     * @param width      numbers in a row
     * @param context    number of rows in an input; at least 1
     * @param labels     number of labels; at least 2
     * @param normaliser scales the rows; null to feed the rows as they are
     */
    public RowTask(final int width, final int context, final int labels, final Normaliser normaliser) {
        super(width, context, labels, normaliser);
    }

    @Override
    public Measure measure(final List<String> labels, final int models, final Loss loss) {
        return new RowScores(labels, models, loss);
    }

    @Override
    public boolean push(final double[] frame, final boolean follows, final Recording of) {
        if (!follows) {
            Arrays.fill(input(), 0);
        }
        add(frame);
        Arrays.fill(target(), 0);
        labelled = of != null;
        if (labelled) {
            target()[of.index()] = 1;
        }
        return true;
    }

    /** No row ever waits in this task. */
    @Override
    public boolean finish() {
        return false;
    }

    /** Under diffusion a label teaches before the answer to its row has arrived. */
    @Override
    public boolean scoresNow(final Rule rule) {
        return rule.equals(Rule.diffusion());
    }

    @Override
    public boolean hasTarget() {
        return labelled;
    }

    @Override
    public boolean taught() {
        return labelled;
    }

    /** Rows belong to no recording. */
    @Override
    public Recording recording() {
        return null;
    }

    @Override
    public void keep(final Archive archive) {
        super.keep(archive);
        labelled = archive.of(labelled);
    }
}
