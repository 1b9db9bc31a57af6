package org.tickwave.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ShutdownHookTest {
    private static final long SHORT_MS = 1;
    private static final int LOOKS = 5;

    @Test
    void whoeverIsBusyIsWaitedForWhateverTheLimit() throws InterruptedException {
        final AtomicInteger looks = new AtomicInteger();
        ShutdownHook.await(new CountDownLatch(1), () -> looks.incrementAndGet() < LOOKS, SHORT_MS);
        assertEquals(LOOKS, looks.get());
    }

    @Test
    void whoeverIsNotIsWaitedForUntilTheLimitOnly() throws InterruptedException {
        final AtomicInteger looks = new AtomicInteger();
        ShutdownHook.await(new CountDownLatch(1), () -> {
            looks.incrementAndGet();
            return false;
        }, SHORT_MS);
        assertEquals(1, looks.get());
    }

    @Test
    void nobodyWaitsOnceAllIsSaid() throws InterruptedException {
        final CountDownLatch said = new CountDownLatch(1);
        ShutdownHook.await(said, () -> {
            said.countDown();
            return true;
        }, Long.MAX_VALUE);
        assertEquals(0, said.getCount());
        ShutdownHook.await(said, () -> {
            throw new AssertionError("looks though all is said");
        }, Long.MAX_VALUE);
    }
}
