package org.tickwave.bench.report;

/**
 * The threads of a run.
 *
 * @param count      number of threads, which is the number of bands
 * @param why        reason for this number; null if the user asked for exactly this number
 * @param idle       idle strategy, as the command line names it
 * @param processors number of processors that the JVM may use
 */
public record Threads(int count, String why, String idle, int processors) {
}
