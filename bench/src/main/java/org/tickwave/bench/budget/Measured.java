package org.tickwave.bench.budget;

import org.tickwave.Rule;

/**
 * What was measured of one network under one rule.
 *
 * @param subject the network
 * @param rule    the learning rule
 * @param threads of the engine
 * @param ticks   that were timed
 * @param times   how long they took
 */
record Measured(Subject subject, Rule rule, int threads, long ticks, Times times) {
    /** Of a chain. */
    Observation observation() {
        return new Observation(Work.of(subject.depth(), subject.width(), threads), times);
    }
}
