package org.tickwave.pipeline;

import org.agrona.concurrent.IdleStrategy;

/** How one thread waits: first some bare polls, then its idle strategy. For that thread only. */
public final class Wait {
    private final Progress progress;
    private final IdleStrategy idle;
    private final int barePolls;
    private final long stallLimitNs;
    private long sinceNs;

    /**
     * @param barePolls    polls without a pause in between; most waits end within nanoseconds
     * @param stallLimitNs how long one wait may take; 0 for no limit
     */
    public Wait(final Progress progress, final IdleStrategy idle, final int barePolls, final long stallLimitNs) {
        this.progress = progress;
        this.idle = idle;
        this.barePolls = barePolls;
        this.stallLimitNs = stallLimitNs;
    }

    /**
     * Called between two polls.
     *
     * @param polls the result of the previous call; 0 the first time. The caller keeps this count in a local variable, so that
     *              a wait stores nothing
     * @return the argument of the next call, or of {@link #done}
     */
    int pause(final int polls) {
        progress.expectRunning();
        if (polls < barePolls) {
            return polls + 1;
        }
        idle(polls == barePolls);
        // An idle strategy may take longer than close() waits. By then the memory of the image may hold something else.
        progress.expectRunning();
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
            // An idle strategy may sleep, and an interrupted sleep throws.
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

    /** Called at the end of a wait. */
    void done(final int polls) {
        if (polls > barePolls) {
            idle.reset();
        }
    }
}
