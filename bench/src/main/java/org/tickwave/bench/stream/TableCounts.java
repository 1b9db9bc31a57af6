package org.tickwave.bench.stream;

/**
 * What a table lacked so far.
 *
 * @param filledNumbers empty cells, which hold the last value of their column
 * @param badRows       rows that were left out
 * @param firstBadRow   what is bad about the first of them: line, column and what was expected; null if there is none
 */
public record TableCounts(long filledNumbers, long badRows, String firstBadRow) {
}
