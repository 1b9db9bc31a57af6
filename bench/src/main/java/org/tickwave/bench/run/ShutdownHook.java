package org.tickwave.bench.run;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Handles Ctrl-C: stops the run, and delays the end of the JVM until this is closed, after the result is printed. */
public final class ShutdownHook implements AutoCloseable {
    /** Longest delay. A source that cannot be interrupted may block the run. */
    private static final long LIMIT_MS = 5_000;
    private static final long POLL_MS = 50;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;

    /** @param stop stops the run; called at most once, on any thread */
    public ShutdownHook(final Runnable stop) {
        this(stop, () -> false);
    }

    /**
     * @param stop stops the run; called at most once, on any thread
     * @param busy whether the run does work that must be finished and cannot block; the limit does not apply to this work
     */
    ShutdownHook(final Runnable stop, final BooleanSupplier busy) {
        hook = new Thread(() -> {
            stop.run();
            try {
                await(done, busy, LIMIT_MS);
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }, "tickwave-shutdown");
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (final IllegalStateException e) {
            // The JVM is already shutting down.
            stop.run();
        }
    }

    /** @param limitMs longest wait without a break while the run is not busy */
    static void await(final CountDownLatch done, final BooleanSupplier busy, final long limitMs) throws InterruptedException {
        long waitedMs = 0;
        while (waitedMs < limitMs && !done.await(POLL_MS, TimeUnit.MILLISECONDS)) {
            waitedMs = busy.getAsBoolean() ? 0 : waitedMs + POLL_MS;
        }
    }

    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (final IllegalStateException e) {
            // The JVM is shutting down, and the hook runs.
        }
    }
}
