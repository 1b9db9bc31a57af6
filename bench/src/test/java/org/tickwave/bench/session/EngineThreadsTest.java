package org.tickwave.bench.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EngineThreadsTest {
    private static final int BYTES = 1 << 20;

    private volatile byte[] allocated;

    @Test
    void theBytesThatItsThreadsAllocateAreCounted() throws InterruptedException {
        final EngineThreads threads = new EngineThreads();
        assertEquals(0, threads.allocatedBytes());
        final CountDownLatch done = new CountDownLatch(2);
        final CountDownLatch end = new CountDownLatch(1);
        for (int i = 0; i < 2; i++) {
            threads.newThread(() -> {
                allocated = new byte[BYTES];
                done.countDown();
                try {
                    end.await();
                } catch (final InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }).start();
        }
        done.await();
        assertTrue(threads.allocatedBytes() >= 2 * BYTES, "bytes of both threads: " + threads.allocatedBytes());
        end.countDown();
    }

    @Test
    void itsThreadsAreDaemonsWithTheNamesThatTheEngineGives() {
        final EngineThreads threads = new EngineThreads();
        final Runnable task = new Runnable() {
            @Override
            public void run() {
                // Nothing to do.
            }

            @Override
            public String toString() {
                return "tickwave-3.1";
            }
        };
        final Thread thread = threads.newThread(task);
        assertTrue(thread.isDaemon());
        assertEquals("tickwave-3.1", thread.getName());
    }
}
