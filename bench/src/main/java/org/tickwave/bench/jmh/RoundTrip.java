package org.tickwave.bench.jmh;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import org.tickwave.kernel.Lanes;
import org.tickwave.layout.CountersDescriptor;
import org.tickwave.layout.Wiring;
import org.tickwave.layout.Geometry;
import org.tickwave.layout.ImageLayout;
import org.tickwave.pipeline.Image;

/**
 * A bare hand-shake: two threads and two counters of an image. Each thread stores one counter with release order, and polls the
 * other counter with acquire order.
 */
public final class RoundTrip implements AutoCloseable {
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();
    private static final long END = -1;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment image;
    private final long requestCounter;
    private final long answerCounter;
    private final Thread other = new Thread(this::answer, "round-trip");
    private long trips;

    public RoundTrip() {
        final ImageLayout layout = new ImageLayout(new Geometry(Lanes.LANES, new int[] {1, 1, 1}, Wiring.chain(2), 0));
        image = Image.create(layout, arena, 1).segment();
        requestCounter = layout.counters(1) + CountersDescriptor.DONE_OFFSET;
        answerCounter = layout.counters(2) + CountersDescriptor.DONE_OFFSET;
        other.setDaemon(true);
        other.start();
    }

    private void answer() {
        long seen = 0;
        while (seen != END) {
            final long now = (long) LONG.getAcquire(image, requestCounter);
            if (now != seen) {
                seen = now;
                LONG.setRelease(image, answerCounter, now);
            }
        }
    }

    /** Makes one round trip. */
    public void go() {
        final long trip = ++trips;
        LONG.setRelease(image, requestCounter, trip);
        while ((long) LONG.getAcquire(image, answerCounter) != trip) {
            // The answer takes tens of nanoseconds.
        }
    }

    long answered() {
        return (long) LONG.getAcquire(image, answerCounter);
    }

    @Override
    public void close() {
        LONG.setRelease(image, requestCounter, END);
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
