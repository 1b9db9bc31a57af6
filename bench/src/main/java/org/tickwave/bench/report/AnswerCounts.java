package org.tickwave.bench.report;

/**
 * Results of the answers that a run wrote.
 *
 * @param written answers that went to the writer, refused ones included
 * @param refused answers that the guard refused
 * @param dropped answers that were dropped, because the reader was too slow
 * @param mse     mean squared error of the scored predictions, in the unit of the answers; NaN without one
 */
public record AnswerCounts(long written, long refused, long dropped, double mse) {
}
