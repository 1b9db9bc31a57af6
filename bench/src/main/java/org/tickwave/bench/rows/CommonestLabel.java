package org.tickwave.bench.rows;

/** Baseline: says the label that most rows had so far; the first in order if several are. */
final class CommonestLabel implements RowLearner {
    private final int[] labels;
    private final long[] counts;
    private int commonest;

    CommonestLabel(final RowTable table) {
        labels = table.labelOf();
        counts = new long[table.labels().size()];
    }

    @Override
    public String settings() {
        return "the label of most rows so far";
    }

    @Override
    public int answer(final int row) {
        return commonest;
    }

    @Override
    public void learn(final int row) {
        final int label = labels[row];
        final long count = ++counts[label];
        if (count > counts[commonest] || count == counts[commonest] && label < commonest) {
            commonest = label;
        }
    }
}
