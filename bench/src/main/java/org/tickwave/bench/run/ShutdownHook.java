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
    private final Thread hook;
    /** Waits before this hook; null if no other hook does. */
    private volatile ShutdownHook first;
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
        hook = new Thread(() -> {
            stop.run();
            try {
                await(done, () -> busy.getAsBoolean() || delays(first), limitMs);
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                over = true;
            }
        }, "tickwave-shutdown");
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (final IllegalStateException e) {
            // The JVM is already shutting down.
            over = true;
            stop.run();
        }
    }

    /** A hook that stops nothing, and delays the end of the JVM until a file is closed. */
    static ShutdownHook whileClosing() {
        return new ShutdownHook(() -> { }, () -> false, CLOSING_MS);
    }

    private static boolean delays(final ShutdownHook other) {
        return other != null && !other.over;
    }

    /** The limit of this hook begins when the other one delays the end of the JVM no more. */
    void after(final ShutdownHook other) {
        first = other;
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
