package org.tickwave.bench.stream;

/**
 * What a table lacked so far.
 *
 * @param filledNumbers empty cells, which hold the last value of their column
 * @param badRows       rows that were left out
 * @param firstBadRow   what is bad about the first of them: line, column and what was expected; null if there is none
 */
public record TableCounts(long filledNumbers, long badRows, String firstBadRow) {
    /** The counts of two plays of a table, one after the other. */
    public TableCounts plus(final TableCounts later) {
        return new TableCounts(filledNumbers + later.filledNumbers, badRows + later.badRows,
            firstBadRow != null ? firstBadRow : later.firstBadRow);
    }
}
