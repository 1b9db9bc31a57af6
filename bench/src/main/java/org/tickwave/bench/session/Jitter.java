package org.tickwave.bench.session;

import org.HdrHistogram.Histogram;

/**
 * Measures the lateness that the machine causes: an empty loop is paced and timed like a session's ticks. The comparison shows
 * which delays the ticks did not cause. For one thread, except {@link #stop}.
 */
public final class Jitter {
    private final double budgetNs;
    private final Idle idle;
    private final long lengthNs;
    private final Histogram delayNs = Session.histogram();
    private volatile boolean stopped;
    private volatile FrameClock clock;

    /**
     * @param budgetNs budget of a tick
     * @param idle     how the session waits for its clock
     * @param lengthNs duration of each {@link #measure}
     */
    public Jitter(final double budgetNs, final Idle idle, final long lengthNs) {
        this.budgetNs = budgetNs;
        this.idle = idle;
        this.lengthNs = lengthNs;
    }

    /** Adds the lateness of an empty loop to the histogram, until the duration is over or {@link #stop} is called. */
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

    /** Ends the current measurement and all later ones. Any thread may call this. */
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

    /** Time from the scheduled start of each empty tick to its end. */
    public Histogram delayNs() {
        return delayNs;
    }
}
