package org.tickwave.bench.session;

import org.HdrHistogram.Histogram;

/**
 * What the machine alone does to a schedule: an empty loop that is paced and timed as a session's ticks are, so that it can
 * be told which of their delays are not theirs. For one thread, but for {@link #stop}.
 */
public final class Jitter {
    private final double budgetNs;
    private final Idle idle;
    private final long lengthNs;
    private final Histogram delayNs = Session.histogram();
    private volatile boolean stopped;
    private volatile FrameClock clock;

    /**
     * @param budgetNs of a tick
     * @param idle     how the session waits for its clock
     * @param lengthNs of each {@link #measure}
     */
    public Jitter(final double budgetNs, final Idle idle, final long lengthNs) {
        this.budgetNs = budgetNs;
        this.idle = idle;
        this.lengthNs = lengthNs;
    }

    /** Adds to the histogram what an empty loop meets from now on, until its time is over or {@link #stop}. */
    public void measure() {
        final FrameClock paced = new FrameClock(budgetNs, idle);
        clock = paced;
        paced.start();
        final long startNs = paced.scheduledNs();
        while (!stopped && paced.scheduledNs() - startNs < lengthNs) {
            paced.await();
            if (!stopped) {
                delayNs.recordValue(Math.max(0, System.nanoTime() - paced.scheduledNs()));
                paced.next();
            }
        }
    }

    /** From any thread: it measures no more. */
    public void stop() {
        stopped = true;
        final FrameClock paced = clock;
        if (paced != null) {
            paced.stop();
        }
    }

    public boolean stopped() {
        return stopped;
    }

    /** From scheduled start to the end of nothing. */
    public Histogram delayNs() {
        return delayNs;
    }
}
