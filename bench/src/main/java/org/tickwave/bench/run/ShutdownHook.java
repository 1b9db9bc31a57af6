package org.tickwave.bench.run;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Handles Ctrl-C: stops the run, and delays the end of the JVM until this is closed, after the result is printed. */
public final class ShutdownHook implements AutoCloseable {
    /** Longest delay. A source that cannot be interrupted may block the run. */
    private static final long LIMIT_MS = 5_000;
    private static final long POLL_MS = 50;
    /** Longest delay while files are closed. */
    private static final long CLOSING_MS = 1_000;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Runnable stop;
    private final BooleanSupplier busy;
    private final long limitMs;
    private final Thread hook;
    /** Whether this hook delays the end of the JVM no more. */
    private volatile boolean over;

    /** @param stop stops the run; called at most once, on any thread */
    public ShutdownHook(final Runnable stop) {
        this(stop, () -> false);
    }

    /**
     * @param stop stops the run; called at most once, on any thread
     * @param busy whether the run does work that must be finished and cannot block; the limit does not apply to this work
     */
    ShutdownHook(final Runnable stop, final BooleanSupplier busy) {
        this(stop, busy, LIMIT_MS);
    }

    private ShutdownHook(final Runnable stop, final BooleanSupplier busy, final long limitMs) {
        this.stop = stop;
        this.busy = busy;
        this.limitMs = limitMs;
        hook = new Thread(this::stopAndWait, "tickwave-shutdown");
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (final IllegalStateException e) {
            // The JVM is already shutting down.
            over = true;
            stop.run();
        }
    }

    /** A hook that stops nothing, and delays the end of the JVM until a file is closed. Its limit begins when the other hook delays no more. */
    static ShutdownHook whileClosing(final ShutdownHook first) {
        return new ShutdownHook(() -> { }, first::delays, CLOSING_MS);
    }

    /** Whether this hook may still delay the end of the JVM. */
    boolean delays() {
        return !over;
    }

    /** What the thread of this hook does when the JVM ends. */
    void stopAndWait() {
        try {
            stop.run();
            await(done, busy, limitMs);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            over = true;
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
        over = true;
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (final IllegalStateException e) {
            // The JVM is shutting down, and the hook runs.
        }
    }
}
