package org.tickwave.bench.doctor;

import java.util.List;

/**
 * All findings about a machine, in the order in which they are printed.
 *
 * @param version    version of this program
 * @param system     name, version and architecture of the operating system
 * @param jdk        the JDK and its flags
 * @param lanes      vector widths and their speed
 * @param cores      processors and their limits
 * @param caches     kinds of cache; null if unknown
 * @param pages      memory pages
 * @param waits      lateness of each idle strategy
 * @param roundTrip  round trip of a hand-shake; null on one processor
 * @param twoThreads ticks on one thread and on two; null on one processor
 * @param advice     suggested changes; empty if there is nothing to change
 */
record Findings(
    String version, String system, Jdk jdk, LaneWidths lanes, Cores cores, List<Cache> caches, Pages pages, Lateness.Waits waits,
    RoundTripTimes roundTrip, TwoThreads twoThreads, List<Advice> advice) {

    Findings advised() {
        return new Findings(
            version, system, jdk, lanes, cores, caches, pages, waits, roundTrip, twoThreads, Advice.on(this));
    }
}
