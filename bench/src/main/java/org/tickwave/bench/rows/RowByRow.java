package org.tickwave.bench.rows;

import org.tickwave.Loss;
import org.tickwave.bench.score.RowScores;

/** Leads a learner through a table, row by row. The answers are kept, and scored afterwards. */
final class RowByRow implements Pass {
    private final RowTable table;
    private final RowLearner learner;
    private final int[] answers;
    private volatile boolean stopped;

    RowByRow(final RowTable table, final RowLearner learner) {
        this.table = table;
        this.learner = learner;
        answers = new int[table.rows()];
    }

    @Override
    public String settings() {
        return learner.settings();
    }

    @Override
    public void run() {
        final int[] labels = table.labelOf();
        for (int row = 0; row < labels.length && !stopped; row++) {
            answers[row] = learner.answer(row);
            if (labels[row] != RowTable.NO_LABEL) {
                learner.learn(row);
            }
        }
    }

    @Override
    public RowScores scores() {
        final int labels = table.labels().size();
        final RowScores scores = new RowScores(table.labels(), 1, Loss.SOFTMAX_CROSS_ENTROPY);
        final float[] target = new float[labels];
        final float[][] answer = new float[1][labels];
        for (int row = 0; row < answers.length; row++) {
            final int label = table.labelOf()[row];
            if (label != RowTable.NO_LABEL) {
                final int said = said(row, label, labels);
                target[label] = 1;
                answer[0][said] = 1;
                scores.add(target, answer, null);
                target[label] = 0;
                answer[0][said] = 0;
            }
        }
        return scores;
    }

    private int said(final int row, final int label, final int labels) {
        if (answers[row] < RowTable.NO_LABEL || answers[row] >= labels) {
            throw new IllegalStateException("answer " + answers[row] + " to row " + row + ": expected -1 to " + (labels - 1));
        }
        return answers[row] == RowTable.NO_LABEL ? (label + 1) % labels : answers[row];
    }

    @Override
    public void stop() {
        stopped = true;
    }

    @Override
    public void close() {
        learner.close();
    }
}
