package org.tickwave.bench.session;

import java.util.concurrent.locks.LockSupport;

/**
 * The schedule of a live session: tick i is scheduled at start + i * budget. A tick behind schedule starts at once. The
 * schedule does not move, so lateness is measured from the scheduled start.
 */
public final class FrameClock {
    /** The thread spins this long before the tick, since a park ends late by the timer slack of about 50 us. */
    private static final long PARK_MARGIN_NS = 200_000;
    /** The thread spins this long before the tick, since it may get the core back late after a yield. */
    private static final long YIELD_MARGIN_NS = 20_000;
    /** With a longer budget, the schedule starts at once instead of at a common phase. */
    private static final double LONGEST_PHASE_NS = 1e8;
    /** Eleven days. A longer budget is cut, so that the schedule does not overflow. */
    private static final double LONGEST_BUDGET_NS = 1e15;

    private final double budgetNs;
    private final Idle idle;
    private long startNs;
    private long tick;
    private volatile boolean stopped;
    private volatile Thread waiting;

    /**
     * @param budgetNs time between the scheduled starts of two ticks
     * @param idle     how the thread waits
     */
    public FrameClock(final double budgetNs, final Idle idle) {
        this.budgetNs = Math.min(budgetNs, LONGEST_BUDGET_NS);
        this.idle = idle;
    }

    /**
     * Starts the schedule within one budget from now. All clocks with the same budget have the same phase: a periodic disturbance
     * of the machine then hits the ticks of all of them, or of none.
     */
    void start() {
        final long now = System.nanoTime();
        startNs = budgetNs > LONGEST_PHASE_NS ? now : now + (long) (Math.ceil(now / budgetNs) * budgetNs - now);
    }

    long scheduledNs() {
        return startNs + (long) (tick * budgetNs);
    }

    /** Whether a tick that ended at {@code endNs} ended more than a budget after its scheduled start. */
    boolean late(final long endNs) {
        return endNs - scheduledNs() > budgetNs;
    }

    /**
     * Delays the schedule by the time since {@code fromNs}, or since the scheduled start if that is later. Called after work that
     * is no part of a tick and began at {@code fromNs}.
     */
    void forgive(final long fromNs) {
        startNs += Math.max(0, System.nanoTime() - Math.max(fromNs, scheduledNs()));
    }

    void next() {
        tick++;
    }

    /** Waits until the scheduled start, or until {@link #stop}. */
    void await() {
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
