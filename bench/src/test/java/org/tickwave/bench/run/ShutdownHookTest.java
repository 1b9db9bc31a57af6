package org.tickwave.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ShutdownHookTest {
    private static final long SHORT_MS = 1;
    private static final int POLLS = 5;

    @Test
    void theLimitDoesNotApplyToABusyRun() throws InterruptedException {
        final AtomicInteger polls = new AtomicInteger();
        ShutdownHook.await(new CountDownLatch(1), () -> polls.incrementAndGet() < POLLS, SHORT_MS);
        assertEquals(POLLS, polls.get());
    }

    @Test
    void theLimitAppliesToARunThatIsNotBusy() throws InterruptedException {
        final AtomicInteger polls = new AtomicInteger();
        ShutdownHook.await(new CountDownLatch(1), () -> {
            polls.incrementAndGet();
            return false;
        }, SHORT_MS);
        assertEquals(1, polls.get());
    }

    /** Another hook waits for this one. */
    @Test
    void aHookThatCannotStopTheRunDelaysNothing() {
        try (ShutdownHook hook = new ShutdownHook(() -> {
            throw new ArithmeticException("ours");
        })) {
            assertTrue(hook.delays());
            assertThrows(ArithmeticException.class, hook::stopAndWait);
            assertFalse(hook.delays());
        }
    }

    @Test
    void theWaitEndsWhenTheHookIsClosed() throws InterruptedException {
        final CountDownLatch done = new CountDownLatch(1);
        ShutdownHook.await(done, () -> {
            done.countDown();
            return true;
        }, Long.MAX_VALUE);
        assertEquals(0, done.getCount());
        ShutdownHook.await(done, () -> {
            throw new AssertionError("polled after the end");
        }, Long.MAX_VALUE);
    }
}
