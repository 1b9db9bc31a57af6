package org.tickwave.bench.session;

import java.time.Duration;
import org.tickwave.bench.report.Report;

/** Ends a session from another thread: wakes the session's thread, wherever that thread waits. The first reason counts. */
final class StopRequest {
    private final FrameClock clock;
    private final double limitNs;
    private final Thread limit;
    private volatile Report.End end;
    private volatile boolean interrupted;
    private Thread running;

    /**
     * @param clock   the clock that the session waits for
     * @param seconds limit of wall time; infinite for no limit
     */
    StopRequest(final FrameClock clock, final double seconds) {
        this.clock = clock;
        limitNs = Math.min(seconds * 1e9, Long.MAX_VALUE);
        limit = Thread.ofPlatform().daemon().name("tickwave-limit").unstarted(this::limit);
    }

    /** Registers the calling thread, and starts the time limit. Returns false if the session was stopped before. */
    synchronized boolean begin() {
        running = Thread.currentThread();
        if (limitNs < Long.MAX_VALUE) {
            limit.start();
        }
        return end == null;
    }

    private void limit() {
        try {
            Thread.sleep(Duration.ofNanos((long) limitNs));
            stop(Report.End.SECONDS);
        } catch (final InterruptedException e) {
            // The session has ended before the limit.
        }
    }

    /** Ends the session after the current tick. Any thread may call this. */
    synchronized void stop(final Report.End why) {
        interrupted |= why == Report.End.INTERRUPT;
        if (end == null) {
            end = why;
        }
        clock.stop();
        if (running != null) {
            // Wakes the session's thread if that thread waits for a frame.
            running.interrupt();
        }
    }

    /** Why the session has to end; null if it goes on. */
    Report.End end() {
        return end;
    }

    /** Whether Ctrl-C was one of the reasons. The first reason may have been another one. */
    boolean interrupted() {
        return interrupted;
    }

    boolean stopped() {
        return end != null;
    }

    /** Ends the time limit. From then on {@link #stop} no longer interrupts the session's thread. */
    void finish() {
        synchronized (this) {
            running = null;
        }
        limit.interrupt();
        Thread.interrupted();
    }
}
