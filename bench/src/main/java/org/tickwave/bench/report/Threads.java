package org.tickwave.bench.report;

/**
 * How many threads a run has.
 *
 * @param count      as many as there are bands
 * @param why        what made it so many; null if just so many were asked for
 * @param idle       how they wait, as the command line names it
 * @param processors that there are
 */
public record Threads(int count, String why, String idle, int processors) {
}
