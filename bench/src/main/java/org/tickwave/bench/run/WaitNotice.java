package org.tickwave.bench.run;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Prints what a run waits for if the wait takes longer than a second. */
final class WaitNotice implements AutoCloseable {
    private static final long PATIENCE_MS = 1_000;

    private final CountDownLatch over = new CountDownLatch(1);

    /**
     * @param say     prints a line; called on another thread; null to print nothing
     * @param awaited returns the name of the stream and what is missing, or null if nothing is missing; called on another thread
     */
    WaitNotice(final Consumer<String> say, final Supplier<String> awaited) {
        if (say != null) {
            Thread.ofPlatform().daemon().name("tickwave-wait").start(() -> tell(say, awaited));
        }
    }

    private void tell(final Consumer<String> say, final Supplier<String> awaited) {
        try {
            if (!over.await(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
                final String missing = awaited.get();
                if (missing != null) {
                    say.accept("waiting for " + missing + " yet");
                }
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        over.countDown();
    }
}
