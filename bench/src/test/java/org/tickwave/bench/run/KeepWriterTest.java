package org.tickwave.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When the thread that writes checkpoints is woken. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KeepWriterTest {
    private final LinkedBlockingQueue<Thread> writing = new LinkedBlockingQueue<>();
    private final KeepFailures failures = new KeepFailures("keep", line -> { });

    private KeepWriter writer(final long lookMs) {
        final KeepWriter writer = new KeepWriter((mark, results) -> writing.add(Thread.currentThread()), failures, lookMs);
        writer.start();
        return writer;
    }

    private static void awaitRest(final Thread thread) {
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }

    /** A woken thread leaves its state at once: it wants the lock, or runs. */
    @Test
    void toHandOverWakesNoThread() throws InterruptedException {
        try (KeepWriter writer = writer(Long.MAX_VALUE)) {
            writer.hand(null, null);
            writer.wake();
            final Thread thread = writing.take();
            assertTrue(writer.free(true));
            awaitRest(thread);
            writer.hand(null, null);
            assertEquals(Thread.State.TIMED_WAITING, thread.getState());
            assertTrue(writer.pending());
            assertFalse(writer.free(false));
            assertEquals(Thread.State.TIMED_WAITING, thread.getState());
            writer.wake();
            writing.take();
            assertEquals(2, writer.finish());
        }
    }

    @Test
    void aCopyIsWrittenAlsoIfNoFrameFollows() throws InterruptedException {
        try (KeepWriter writer = writer(1)) {
            writer.hand(null, null);
            awaitWritten(writer, writing.take());
            writer.hand(null, null);
            awaitWritten(writer, writing.take());
            assertEquals(2, writer.finish());
        }
    }

    private static void awaitWritten(final KeepWriter writer, final Thread thread) {
        while (writer.pending()) {
            assertTrue(thread.isAlive());
            Thread.onSpinWait();
        }
    }

    /** The end of a run waits for the newest checkpoint, and does not wait for the writer to look. */
    @Test
    void whoWaitsWakesTheWriter() throws InterruptedException {
        final KeepWriter writer = new KeepWriter((mark, results) -> { }, failures, Long.MAX_VALUE);
        writer.start();
        for (int i = 1; i <= 100; i++) {
            writer.hand(null, null);
            assertEquals(i, writer.finish());
        }
        writer.hand(null, null);
        writer.close();
        assertFalse(writer.pending(), "close() writes what was handed over");
    }
}
