package org.tickwave.pipeline;

import org.agrona.concurrent.IdleStrategy;

/** One thread's way of waiting: some bare polls, then what its idle strategy does. For that thread. */
public final class Wait {
    private final Progress progress;
    private final IdleStrategy idle;
    private final int barePolls;
    private final long stallLimitNs;
    private long sinceNs;

    /**
     * @param barePolls    looks without a pause in between, since what is waited for is mostly some nanoseconds away
     * @param stallLimitNs how long one wait may take; 0 for no limit
     */
    public Wait(final Progress progress, final IdleStrategy idle, final int barePolls, final long stallLimitNs) {
        this.progress = progress;
        this.idle = idle;
        this.barePolls = barePolls;
        this.stallLimitNs = stallLimitNs;
    }

    /**
     * Between two looks.
     *
     * @param looks what this said before; 0 the first time. Kept by who waits, so that nothing is written meanwhile
     * @return what to give it, or {@link #over}, next
     */
    int once(final int looks) {
        progress.expectGoing();
        if (looks < barePolls) {
            return looks + 1;
        }
        idle(looks == barePolls);
        // A strategy may take as long as it likes, longer than close() waits: then the image may be somebody else's by now.
        progress.expectGoing();
        return barePolls + 1;
    }

    private void idle(final boolean first) {
        if (stallLimitNs > 0) {
            final long now = System.nanoTime();
            if (first) {
                sinceNs = now;
            } else if (now - sinceNs > stallLimitNs) {
                idle.reset();
                throw Stalled.STALLED;
            }
        }
        if (Thread.currentThread().isInterrupted()) {
            // A strategy may sleep, and throw where it is interrupted.
            Thread.yield();
        } else {
            idle();
        }
    }

    private void idle() {
        try {
            idle.idle();
        } catch (final RuntimeException e) {
            if (!Thread.currentThread().isInterrupted()) {
                throw e;
            }
        }
    }

    /** What was waited for is there. */
    void over(final int looks) {
        if (looks > barePolls) {
            idle.reset();
        }
    }
}
