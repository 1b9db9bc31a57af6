package org.tickwave.bench.run;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ctrl-C: stops what runs, and keeps the JVM until this is closed, which is when all has been said. */
final class Farewell implements AutoCloseable {
    /** What a signal waits for the summary; a source that cannot be interrupted may hold it up. */
    private static final long LIMIT_SECONDS = 5;

    private final CountDownLatch said = new CountDownLatch(1);
    private final Thread hook;

    /** @param stop from any thread, once */
    Farewell(final Runnable stop) {
        hook = new Thread(() -> {
            stop.run();
            try {
                said.await(LIMIT_SECONDS, TimeUnit.SECONDS);
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
