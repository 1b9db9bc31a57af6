package org.tickwave.bench.paper;

/**
 * The time that one tick may take.
 *
 * @param framesPerSecond of the stream
 * @param layers          L
 * @param way             which rule and hold, or whose formula
 * @param budgetNs        for one tick
 */
public record Budget(double framesPerSecond, int layers, String way, double budgetNs) {
}
