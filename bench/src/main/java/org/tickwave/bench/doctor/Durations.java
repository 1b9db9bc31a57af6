package org.tickwave.bench.doctor;

import java.util.List;

/**
 * How long to look.
 *
 * @param layers neurons of the layers that the fused pass is timed with
 * @param passNs for each of them, and as long again before
 * @param waitNs for each way to wait
 * @param tripNs for the round trip
 * @param chains neurons in each layer of the chains that are ticked on one thread and on two
 * @param tickNs for each of them
 */
record Durations(List<Integer> layers, long passNs, long waitNs, long tripNs, List<Integer> chains, long tickNs) {
    /** Some twenty seconds. */
    static final Durations USUAL = new Durations(
        List.of(64, 128, 512), 250_000_000L, 1_500_000_000L, 300_000_000L, List.of(16, 32, 48, 64, 96, 128, 192, 256), 350_000_000L);
    /** To see that everything works. */
    static final Durations LEAST = new Durations(List.of(16, 24), 1_000_000L, 4_000_000L, 1_000_000L, List.of(8, 16), 2_000_000L);
}
