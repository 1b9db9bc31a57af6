package org.tickwave.bench.session;

import java.util.concurrent.locks.LockSupport;

/**
 * The schedule of a live session: tick i begins at start + i times the budget. A tick that is behind starts at once, and
 * the schedule does not move: lateness counts from the scheduled start.
 */
public final class FrameClock {
    /** Parking overshoots by the timer's slack, some 50 us; the last stretch is spun. */
    private static final long PARKED_NS = 200_000;
    /** Whoever yields may get the core back late; the last stretch is spun. */
    private static final long YIELDED_NS = 20_000;
    /** Nobody waits longer for a start. */
    private static final double PHASE_NS = 1e8;
    /** Eleven days: beyond it nothing is waited for, and nothing overflows. */
    private static final double LONGEST_NS = 1e15;

    private final double budgetNs;
    private final Idle idle;
    private long startNs;
    private long tick;
    private volatile boolean stopped;
    private volatile Thread waiting;

    /**
     * @param budgetNs from one tick's scheduled start to the next one's
     * @param idle     how to wait
     */
    public FrameClock(final double budgetNs, final Idle idle) {
        this.budgetNs = Math.min(budgetNs, LONGEST_NS);
        this.idle = idle;
    }

    /**
     * The schedule begins now, or within a budget: all clocks with the same budget start ticks at the same phase of it. What
     * the machine does every so many milliseconds meets all of their ticks, or none.
     */
    void start() {
        final long now = System.nanoTime();
        startNs = budgetNs > PHASE_NS ? now : now + (long) (Math.ceil(now / budgetNs) * budgetNs - now);
    }

    long scheduledNs() {
        return startNs + (long) (tick * budgetNs);
    }

    /** Whether what ended at {@code endNs} ended later than the scheduled start and the budget. */
    boolean late(final long endNs) {
        return endNs - scheduledNs() > budgetNs;
    }

    /** Moves the schedule by what something that is no part of a tick, and began at {@code fromNs}, took of the time after it. */
    void forgive(final long fromNs) {
        startNs += Math.max(0, System.nanoTime() - Math.max(fromNs, scheduledNs()));
    }

    void next() {
        tick++;
    }

    /** Waits until the scheduled start, or until {@link #stop}. */
    void await() {
        final long due = scheduledNs();
        waiting = Thread.currentThread();
        for (long left = due - System.nanoTime(); left > 0 && !stopped; left = due - System.nanoTime()) {
            if (idle == Idle.PARK && left > PARKED_NS) {
                LockSupport.parkNanos(left - PARKED_NS);
            } else if (idle == Idle.YIELD && left > YIELDED_NS) {
                Thread.yield();
            } else {
                Thread.onSpinWait();
            }
        }
        waiting = null;
    }

    /** From any thread: nothing waits any more. */
    void stop() {
        stopped = true;
        LockSupport.unpark(waiting);
    }
}
