package org.tickwave;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;

/** An engine's counters in the embedder's manager. Loaded only if the embedder gives a manager: Agrona's counters need a JVM flag. */
final class CounterSet {
    private final String engine;
    private final AtomicCounter ticks;
    private final AtomicCounter frames;
    private final AtomicCounter trips;
    private final AtomicCounter stalls;
    /** The manager may give a freed counter to somebody else, while the thread of the source or of a band is in its last call. */
    private volatile boolean freed;

    /** @throws IllegalStateException if the manager has not enough space; then no counter is allocated */
    CounterSet(final CountersManager manager, final String engine) {
        this.engine = engine;
        final AtomicCounter[] all = new AtomicCounter[4];
        try {
            all[0] = counter(manager, "ticks", EngineCounters.TICKS);
            all[1] = counter(manager, "frames", EngineCounters.FRAMES);
            all[2] = counter(manager, "guard trips", EngineCounters.TRIPS);
            all[3] = counter(manager, "stalls", EngineCounters.STALLS);
        } catch (final RuntimeException e) {
            free(all);
            throw e;
        }
        ticks = all[0];
        frames = all[1];
        trips = all[2];
        stalls = all[3];
    }

    private AtomicCounter counter(final CountersManager manager, final String what, final int type) {
        return manager.newCounter(engine + ": " + what, type, this::key);
    }

    private void key(final MutableDirectBuffer key) {
        EngineCounters.key(engine, key);
    }

    /** For the source. Release: who sees the ticks sees the frames of these ticks. */
    void committed(final long newTicks, final long newFrames) {
        if (!freed) {
            frames.setRelease(newFrames);
            ticks.setRelease(newTicks);
        }
    }

    /** For the source. */
    void stalled() {
        if (!freed) {
            stalls.incrementRelease();
        }
    }

    /** For any band: an atomic addition, because several bands may trip at a time. */
    void tripped() {
        if (!freed) {
            trips.increment();
        }
    }

    void free() {
        freed = true;
        free(ticks, frames, trips, stalls);
    }

    private static void free(final AtomicCounter... counters) {
        for (final AtomicCounter counter : counters) {
            if (counter != null) {
                counter.close();
            }
        }
    }
}
