package org.tickwave.bench.jmh;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import org.tickwave.kernel.Lanes;
import org.tickwave.layout.CountersDescriptor;
import org.tickwave.layout.Delays;
import org.tickwave.layout.Geometry;
import org.tickwave.layout.ImageLayout;
import org.tickwave.pipeline.Image;

/**
 * Two threads and two counters of an image, each stored by one thread with release and polled by the other with acquire: all
 * that a hand-shake is made of, and nothing else.
 */
public final class RoundTrip implements AutoCloseable {
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();
    private static final long END = -1;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment image;
    private final long mine;
    private final long others;
    private final Thread other = new Thread(this::answer, "round-trip");
    private long trips;

    public RoundTrip() {
        final ImageLayout layout = new ImageLayout(new Geometry(Lanes.LANES, new int[] {1, 1, 1}, Delays.none(2), 0));
        image = new Image(layout, arena, 1).segment();
        mine = layout.counters(1) + CountersDescriptor.DONE_OFFSET;
        others = layout.counters(2) + CountersDescriptor.DONE_OFFSET;
        other.setDaemon(true);
        other.start();
    }

    private void answer() {
        long seen = 0;
        while (seen != END) {
            final long now = (long) LONG.getAcquire(image, mine);
            if (now != seen) {
                seen = now;
                LONG.setRelease(image, others, now);
            }
        }
    }

    /** There and back. */
    public void go() {
        final long trip = ++trips;
        LONG.setRelease(image, mine, trip);
        while ((long) LONG.getAcquire(image, others) != trip) {
            // The answer is some ten nanoseconds away.
        }
    }

    long answered() {
        return (long) LONG.getAcquire(image, others);
    }

    @Override
    public void close() {
        LONG.setRelease(image, mine, END);
        boolean interrupted = false;
        while (other.isAlive()) {
            try {
                other.join();
            } catch (final InterruptedException e) {
                interrupted = true;
            }
        }
        arena.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
