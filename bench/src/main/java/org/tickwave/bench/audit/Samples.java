package org.tickwave.bench.audit;

import java.util.ArrayList;
import java.util.List;

/**
 * The results of audits, evenly spread over the run. When there are too many, every second one is dropped, and from then on only half
 * as many are kept. So a run may go on for years.
 */
final class Samples {
    private static final int MOST = 4_096;
    private static final int LEAST = 64;
    /** Numbers that are kept of large networks, at most. */
    private static final int NUMBERS = 1 << 22;

    /**
     * The result of one audit.
     *
     * @param frame the number of the newest frame
     * @param found for each projection a value for each {@link Reading}
     */
    record Sample(long frame, float[][] found) {
    }

    private final List<Sample> kept = new ArrayList<>();
    private final int most;
    private long seen;
    private long every = 1;

    /** @param most how many results are kept, at most; at least 2 */
    Samples(final int most) {
        this.most = most;
    }

    /** How many results are kept of a network, at most. */
    static int most(final int projections) {
        return Math.clamp(NUMBERS / ((long) Reading.COUNT * projections), LEAST, MOST);
    }

    void add(final Sample sample) {
        if (seen++ % every != 0) {
            return;
        }
        if (kept.size() == most) {
            for (int i = 1; 2 * i < most; i++) {
                kept.set(i, kept.get(2 * i));
            }
            kept.subList((most + 1) / 2, most).clear();
            every *= 2;
            if ((seen - 1) % every != 0) {
                return;
            }
        }
        kept.add(sample);
    }

    /** From the oldest to the newest. */
    List<Sample> kept() {
        return List.copyOf(kept);
    }
}
