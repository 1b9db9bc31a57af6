package org.tickwave.bench.run;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Ctrl-C: stops what runs, and keeps the JVM until this is closed, which is when all has been said. */
final class ShutdownHook implements AutoCloseable {
    /** What a signal waits for the summary; a source that cannot be interrupted may hold it up. */
    private static final long LIMIT_MS = 5_000;
    private static final long LOOK_MS = 50;

    private final CountDownLatch said = new CountDownLatch(1);
    private final Thread hook;

    /** @param stop from any thread, once */
    ShutdownHook(final Runnable stop) {
        this(stop, () -> false);
    }

    /** @param busy whether there is something to do that ends by itself, and has to: while there is, nobody waits too long */
    ShutdownHook(final Runnable stop, final BooleanSupplier busy) {
        hook = new Thread(() -> {
            stop.run();
            try {
                await(said, busy, LIMIT_MS);
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }, "tickwave-farewell");
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (final IllegalStateException e) {
            // the JVM is on its way down already
            stop.run();
        }
    }

    /** @param limitMs to wait in a row while nobody is busy */
    static void await(final CountDownLatch said, final BooleanSupplier busy, final long limitMs) throws InterruptedException {
        long waitedMs = 0;
        while (waitedMs < limitMs && !said.await(LOOK_MS, TimeUnit.MILLISECONDS)) {
            waitedMs = busy.getAsBoolean() ? 0 : waitedMs + LOOK_MS;
        }
    }

    @Override
    public void close() {
        said.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (final IllegalStateException e) {
            // the JVM is on its way down: the hook runs
        }
    }
}
