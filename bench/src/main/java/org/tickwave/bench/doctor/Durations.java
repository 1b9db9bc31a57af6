package org.tickwave.bench.doctor;

import java.util.List;

/**
 * How long each measurement takes, and on what.
 *
 * @param layers widths of the layers on which the fused pass is timed
 * @param passNs time for each of these layers; the warm-up takes as long again
 * @param waitNs time for each idle strategy
 * @param tripNs time for the round trip
 * @param chains layer widths of the networks that are ticked on one thread and on two
 * @param tickNs time for each of these networks
 */
record Durations(List<Integer> layers, long passNs, long waitNs, long tripNs, List<Integer> chains, long tickNs) {
    /** About twenty seconds in all. */
    static final Durations STANDARD = new Durations(
        List.of(64, 128, 512), 250_000_000L, 1_500_000_000L, 300_000_000L, List.of(16, 32, 48, 64, 96, 128, 192, 256), 350_000_000L);
    /** For tests. */
    static final Durations SHORTEST = new Durations(List.of(16, 24), 1_000_000L, 4_000_000L, 1_000_000L, List.of(8, 16), 2_000_000L);
}
