package org.tickwave.bench.audit;

import java.util.ArrayList;
import java.util.List;
import org.tickwave.bench.keep.Archive;
import org.tickwave.bench.keep.ArchiveException;
import org.tickwave.bench.keep.Kept;

/**
 * The results of audits, evenly spread over the run. When there are too many, every second one is dropped, and from then on only half
 * as many are kept. So a run may go on for years.
 */
final class Samples implements Kept {
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
    private final int projections;
    private final int most;
    private long seen;
    private long every = 1;

    Samples(final int projections) {
        this(projections, most(projections));
    }

    /** @param most how many results are kept, at most; at least 2 */
    Samples(final int projections, final int most) {
        this.projections = projections;
        this.most = most;
    }

    /** A copy. It shares the results, which do not change. */
    Samples copy() {
        final Samples copy = new Samples(projections, most);
        copy.kept.addAll(kept);
        copy.seen = seen;
        copy.every = every;
        return copy;
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

    @Override
    public void keep(final Archive archive) {
        seen = archive.of(seen);
        every = archive.of(every);
        final int count = archive.of(kept.size());
        if (count < 0 || count > most || every < 1) {
            throw new ArchiveException("its state has " + count + " results of audits: expected at most " + most);
        }
        if (archive.reads()) {
            kept.clear();
        }
        for (int i = 0; i < count; i++) {
            if (archive.reads()) {
                kept.add(new Sample(0, new float[projections + 1][Reading.COUNT]));
            }
            final Sample sample = kept.get(i);
            kept.set(i, new Sample(archive.of(sample.frame()), sample.found()));
            for (int k = 1; k <= projections; k++) {
                archive.all(sample.found()[k]);
            }
        }
    }
}
