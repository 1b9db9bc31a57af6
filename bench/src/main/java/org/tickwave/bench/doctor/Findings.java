package org.tickwave.bench.doctor;

import java.util.List;

/**
 * All there is to say of a machine, in the order in which it is said.
 *
 * @param version    of this program
 * @param system     name, version and architecture
 * @param jdk        what runs it
 * @param lanes      of vectors
 * @param cores      for threads
 * @param caches     kinds of cache, or null
 * @param pages      of memory
 * @param waits      how late they are
 * @param roundTrip  of a hand-shake; null on one processor
 * @param twoThreads when they win; null on one processor
 * @param advice     what to change; empty if nothing is
 */
record Findings(
    String version, String system, Jdk jdk, LaneWidths lanes, Cores cores, List<Cache> caches, Pages pages, Lateness.Waits waits,
    RoundTripTimes roundTrip, TwoThreads twoThreads, List<Advice> advice) {

    Findings advised() {
        return new Findings(
            version, system, jdk, lanes, cores, caches, pages, waits, roundTrip, twoThreads, Advice.on(this));
    }
}
