package org.tickwave.bench.session;

import java.util.concurrent.locks.LockSupport;

/**
 * The schedule of a live session: turn i is scheduled at start + i * period. A turn is a tick, or all ticks of a frame. A turn
 * behind schedule starts at once. The schedule does not move, so lateness is measured from the scheduled start.
 */
public final class FrameClock {
    /** The thread spins this long before the tick, since a park ends late by the timer slack of about 50 us. */
    private static final long PARK_MARGIN_NS = 200_000;
    /** The thread spins this long before the tick, since it may get the core back late after a yield. */
    private static final long YIELD_MARGIN_NS = 20_000;
    /** With a longer period, the schedule starts at once instead of at a common phase. */
    private static final double LONGEST_PHASE_NS = 1e8;
    /** Eleven days. A longer period is cut, so that the schedule does not overflow. */
    private static final double LONGEST_PERIOD_NS = 1e15;

    private final double periodNs;
    private final Idle idle;
    private long startNs;
    private long turn;
    private long forgivenNs;
    private volatile boolean stopped;
    private volatile Thread waiting;

    /**
     * @param periodNs time between the scheduled starts of two turns
     * @param idle     how the thread waits
     */
    public FrameClock(final double periodNs, final Idle idle) {
        this.periodNs = Math.min(periodNs, LONGEST_PERIOD_NS);
        this.idle = idle;
    }

    /**
     * Starts the schedule within one period from now. All clocks with the same period have the same phase: a periodic disturbance
     * of the machine then hits the turns of all of them, or of none.
     */
    public void start() {
        final long now = System.nanoTime();
        startNs = periodNs > LONGEST_PHASE_NS ? now : now + (long) (Math.ceil(now / periodNs) * periodNs - now);
    }

    /** Schedules the next turn at a time of {@link System#nanoTime}, and the turns after it from there. */
    void start(final long atNs) {
        startNs = atNs;
        turn = 0;
    }

    /** When the current turn is scheduled, as a time of {@link System#nanoTime}. */
    public long scheduledNs() {
        return startNs + (long) (turn * periodNs);
    }

    /** The scheduled start of the turn after this one. */
    long nextScheduledNs() {
        return startNs + (long) ((turn + 1) * periodNs);
    }

    /** Whether a turn that ended at {@code endNs} ended more than a period after its scheduled start. */
    public boolean late(final long endNs) {
        return endNs - scheduledNs() > periodNs;
    }

    /** The time from the next scheduled start to the end of the turn. */
    long lateNs(final long endNs) {
        return endNs - nextScheduledNs();
    }

    /** The time between the scheduled starts of two turns. */
    long periodNs() {
        return (long) periodNs;
    }

    /**
     * Delays the schedule by the time since {@code fromNs}, or since the scheduled start if that is later. Called after work that
     * is no part of a turn and began at {@code fromNs}.
     */
    void forgive(final long fromNs) {
        final long ns = Math.max(0, System.nanoTime() - Math.max(fromNs, scheduledNs()));
        startNs += ns;
        forgivenNs += ns;
    }

    /** The sum of all delays by {@link #forgive}. */
    long forgivenNs() {
        return forgivenNs;
    }

    /** Goes on to the next turn. */
    public void next() {
        turn++;
    }

    /** Waits until the scheduled start, or until {@link #stop}. */
    public void await() {
        final long dueNs = scheduledNs();
        waiting = Thread.currentThread();
        for (long leftNs = dueNs - System.nanoTime(); leftNs > 0 && !stopped; leftNs = dueNs - System.nanoTime()) {
            if (idle == Idle.PARK && leftNs > PARK_MARGIN_NS) {
                LockSupport.parkNanos(leftNs - PARK_MARGIN_NS);
            } else if (idle == Idle.YIELD && leftNs > YIELD_MARGIN_NS) {
                Thread.yield();
            } else {
                Thread.onSpinWait();
            }
        }
        waiting = null;
    }

    /** Ends the current wait and all later ones. Any thread may call this. */
    void stop() {
        stopped = true;
        LockSupport.unpark(waiting);
    }
}
