package org.tickwave.bench.rows;

/** Baseline: says the label of the row before. */
final class LastLabel implements RowLearner {
    private final int[] labels;
    private int last = RowTable.NO_LABEL;

    LastLabel(final RowTable table) {
        labels = table.labelOf();
    }

    @Override
    public String settings() {
        return "the label of the row before";
    }

    @Override
    public int answer(final int row) {
        return last;
    }

    @Override
    public void learn(final int row) {
        last = labels[row];
    }
}
