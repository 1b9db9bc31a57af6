package org.tickwave.bench.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tickwave.bench.keep.RunningCrc;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AnswerQueueTest {
    private static final int MANY = 1_000;

    private final BlockedChannel channel = new BlockedChannel();
    private final AtomicReference<IOException> failure = new AtomicReference<>();

    private AnswerQueue queue(final WritableByteChannel to, final boolean drops) {
        final AnswerText bytes = new AnswerText(AnswerOptions.Format.U8, List.of(), List.of("1"), List.of(), false, false);
        return new AnswerQueue(to, new byte[0], new RunningCrc(), bytes, 1, drops, failure::set);
    }

    /** Returns false if the answer is not taken. */
    private static boolean put(final AnswerQueue queue, final int number) {
        final Answer answer = queue.claim();
        if (answer == null) {
            return false;
        }
        answer.numbers[0] = number & 0xff;
        queue.publish();
        return true;
    }

    /** Fills the queue while a write is blocked: one answer is with the writer, the others wait. */
    private void fill(final AnswerQueue queue) throws InterruptedException {
        assertTrue(put(queue, 0));
        channel.awaitWrite();
        for (int i = 1; i <= AnswerQueue.ANSWERS; i++) {
            assertTrue(put(queue, i), "answer " + i);
        }
    }

    private static void assertNumbers(final int count, final byte[] written) {
        assertEquals(count, written.length);
        for (int i = 0; i < count; i++) {
            assertEquals((byte) i, written[i], "answer " + i);
        }
    }

    @Test
    void liveTheSessionNeverWaitsAndWhatIsTooMuchIsDroppedAndCounted() throws InterruptedException {
        final AnswerQueue queue = queue(channel, true);
        fill(queue);
        assertEquals(0, queue.dropped());
        for (int i = 1; i <= 7; i++) {
            assertNull(queue.claim());
            assertEquals(i, queue.dropped());
        }
        channel.unblock();
        queue.finish();
        assertNumbers(1 + AnswerQueue.ANSWERS, channel.written());
        assertEquals(7, queue.dropped());
        assertEquals(0, queue.unwritten());
        assertFalse(channel.isOpen());
        assertNull(failure.get());
    }

    @Test
    void withoutAClockTheSessionWaitsAndNothingIsDropped() throws InterruptedException {
        final AnswerQueue queue = queue(channel, false);
        // The write begins before the session does: a writer that finds answers waiting would take all of them first.
        assertTrue(put(queue, 0));
        channel.awaitWrite();
        final AtomicInteger taken = new AtomicInteger(1);
        final Thread session = Thread.ofPlatform().start(() -> {
            while (taken.get() < MANY && put(queue, taken.get())) {
                taken.incrementAndGet();
            }
        });
        while (session.isAlive() && session.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        assertEquals(1 + AnswerQueue.ANSWERS, taken.get());
        channel.unblock();
        session.join();
        queue.finish();
        assertEquals(MANY, taken.get());
        assertNumbers(MANY, channel.written());
        assertEquals(0, queue.dropped());
    }

    @Test
    void anInterruptEndsTheWaitOfTheSessionAndTheAnswerCountsAsDropped() throws InterruptedException {
        final AnswerQueue queue = queue(channel, false);
        fill(queue);
        Thread.currentThread().interrupt();
        assertNull(queue.claim());
        assertTrue(Thread.interrupted(), "the flag stays set");
        assertEquals(1, queue.dropped());
        channel.unblock();
        queue.finish();
        assertNumbers(1 + AnswerQueue.ANSWERS, channel.written());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void afterAnInterruptABlockedWriteIsEndedAndIsNoFailure(final boolean drops) throws InterruptedException {
        final AnswerQueue queue = queue(channel, drops);
        fill(queue);
        Thread.currentThread().interrupt();
        queue.finish();
        assertTrue(Thread.interrupted(), "the flag stays set");
        assertFalse(channel.isOpen());
        assertNull(failure.get(), "a write that the run ends is no failure");
        assertEquals(1 + AnswerQueue.ANSWERS, queue.unwritten());
        assertEquals(1 + AnswerQueue.ANSWERS, queue.dropped());
        assertNull(queue.claim());
    }

    /** The reader takes everything within the grace. */
    @Test
    void afterAnInterruptAReaderThatReadsGetsEverything() throws InterruptedException {
        final AnswerQueue queue = queue(channel, true);
        fill(queue);
        channel.unblock();
        Thread.currentThread().interrupt();
        queue.finish();
        assertTrue(Thread.interrupted());
        assertNumbers(1 + AnswerQueue.ANSWERS, channel.written());
        assertEquals(0, queue.dropped());
    }

    /** A channel that fails once the latch is open. */
    private static final class Failing implements WritableByteChannel {
        private final CountDownLatch latch = new CountDownLatch(1);
        private final IOException why = new IOException("test");
        private volatile boolean closed;

        @Override
        public int write(final ByteBuffer from) throws IOException {
            try {
                latch.await();
            } catch (final InterruptedException e) {
                throw new IOException(e);
            }
            throw why;
        }

        @Override
        public boolean isOpen() {
            return !closed;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void aChannelThatFailsEndsTheWaitAndIsToldOnceAndClosed() throws InterruptedException {
        final Failing failing = new Failing();
        final AnswerQueue queue = queue(failing, false);
        final AtomicInteger taken = new AtomicInteger();
        final Thread session = Thread.ofPlatform().start(() -> {
            while (put(queue, 0)) {
                taken.incrementAndGet();
            }
        });
        while (session.isAlive() && session.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        failing.latch.countDown();
        session.join();
        queue.finish();
        assertSame(failing.why, failure.get());
        assertFalse(failing.isOpen());
        assertEquals(taken.get(), queue.unwritten());
        assertEquals(0, queue.dropped());
    }

    @Test
    void theSessionsThreadAllocatesNothing() throws InterruptedException {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        channel.unblock();
        final AnswerQueue queue = queue(channel, false);
        long allocated = 0;
        // The first round loads classes.
        for (int round = 0; round < 2; round++) {
            allocated = -threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 10 * MANY; i++) {
                put(queue, i);
            }
            allocated += threads.getCurrentThreadAllocatedBytes();
        }
        queue.finish();
        assertEquals(20 * MANY, channel.written().length);
        assertEquals(0, allocated);
    }
}
