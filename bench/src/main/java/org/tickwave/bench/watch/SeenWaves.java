package org.tickwave.bench.watch;

/**
 * Both waves in some consecutive ticks. Rows are ticks, from the oldest. Columns are layers. NaN where the ring did not hold that tick
 * any more, or where a writer came between.
 *
 * @param newest  the tick of the last row
 * @param up      root mean square of each activation
 * @param down    root mean square of each error
 * @param upBins  of the newest whole activation of each layer, the mean magnitudes of equal parts; null if there is no such activation
 * @param downBins the same of errors
 */
public record SeenWaves(long newest, float[][] up, float[][] down, float[][] upBins, float[][] downBins) {
}
