package org.tickwave.bench.report;

/**
 * For how many ticks each frame is held.
 *
 * @param ticks K, the number of ticks
 * @param why   the reason for a chosen number; null if the user gave the number
 */
public record Hold(int ticks, String why) {
}
