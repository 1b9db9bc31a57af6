package org.tickwave.bench.budget;

/**
 * What was measured of one network under one rule.
 *
 * @param work  what a tick does
 * @param times how long it took
 */
record Observation(Work work, Times times) {
}
