package org.tickwave.bench.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tickwave.bench.task.ChangeTask;
import org.tickwave.bench.stream.PipeReader;
import org.tickwave.bench.stream.StreamException;

@Timeout(30)
class LiveFeedTest {
    private static final float END = Float.POSITIVE_INFINITY;
    private static final float BREAK = Float.NEGATIVE_INFINITY;

    private final StreamException broken = new StreamException("cut");
    private final SynchronousQueue<Float> pipe = new SynchronousQueue<>();
    /** The reader asks for a frame only once it has published the one before. */
    private final Semaphore asked = new Semaphore(0);
    private final ChangeTask task = new ChangeTask(1, 2, 1);
    private final LiveFeed feed = new LiveFeed(PipeReader.start(new Pipe(), Long.MAX_VALUE), 1, task, Long.MAX_VALUE);

    /** Numbers as they are handed over. */
    private final class Pipe extends NumberStream {
        @Override
        public boolean read(final float[] frame) throws IOException {
            asked.release();
            try {
                frame[0] = pipe.take();
            } catch (final InterruptedException e) {
                throw new IOException(e);
            }
            if (frame[0] == BREAK) {
                throw broken;
            }
            return frame[0] != END;
        }

        @Override
        public void close() {
            // nothing to close
        }
    }

    @AfterEach
    void end() {
        feed.close();
    }

    /** Hands numbers over, and waits until each has been published. */
    private void send(final float... numbers) throws InterruptedException {
        for (final float number : numbers) {
            asked.acquire();
            pipe.put(number);
        }
        if (numbers[numbers.length - 1] != END && numbers[numbers.length - 1] != BREAK) {
            asked.acquire();
            asked.release();
        }
    }

    /** Frames 1 and 3 have come, and 1 was fed. */
    private void begin() throws Exception {
        final FutureTask<Feed.Next> next = new FutureTask<>(feed::next);
        final Thread first = new Thread(next);
        first.start();
        send(1);
        while (first.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        send(3);
        assertEquals(Feed.Next.FRAME, next.get());
        assertEquals(1, task.input()[0]);
        assertEquals(2, task.target()[0]);
        assertTrue(task.hasTarget());
    }

    /** What comes once the reader has seen the end. */
    private Feed.Next last() {
        Feed.Next next = feed.next();
        while (next == Feed.Next.HELD) {
            Thread.onSpinWait();
            next = feed.next();
        }
        return next;
    }

    @Test
    void theFirstFrameIsWaitedForUntilTheSecondTellsItsChange() throws Exception {
        begin();
        assertEquals(2, feed.read());
        assertEquals(0, feed.dropped());
    }

    @Test
    void whatCameBetweenTwoClocksIsDroppedAndNoChangeCrossesIt() throws Exception {
        begin();
        send(10, 20, 30);
        assertEquals(Feed.Next.FRAME, feed.next());
        assertEquals(3, task.input()[0]);
        assertFalse(task.hasTarget(), "10 and 20 came and went");
        assertEquals(2, feed.dropped());
        assertEquals(5, feed.read());
        send(END);
        assertEquals(Feed.Next.FRAME, last());
        assertEquals(30, task.input()[0]);
        assertEquals(0, task.input()[1]);
        assertEquals(Feed.Next.END, feed.next());
    }

    @Test
    void nothingIsStarvedAndTheChangeIsKnownWhenItComes() throws Exception {
        begin();
        assertEquals(Feed.Next.HELD, feed.next());
        assertEquals(Feed.Next.HELD, feed.next());
        assertEquals(2, feed.starved());
        send(7);
        assertEquals(Feed.Next.FRAME, feed.next());
        assertEquals(3, task.input()[0]);
        assertEquals(4, task.target()[0]);
    }

    @Test
    void aBadFrameStarvesAndIsCounted() throws Exception {
        begin();
        send(Float.NaN);
        assertEquals(Feed.Next.HELD, feed.next());
        assertEquals(1, feed.bad());
        assertEquals(0, feed.starved());
        send(8);
        assertEquals(Feed.Next.FRAME, feed.next());
        assertEquals(3, task.input()[0]);
        assertFalse(task.hasTarget());
    }

    @Test
    void aBrokenPipeIsKnownAfterItsLastFrame() throws Exception {
        begin();
        send(BREAK);
        assertEquals(Feed.Next.FRAME, last());
        assertEquals(3, task.input()[0]);
        assertFalse(task.hasTarget());
        assertEquals(Feed.Next.END, feed.next());
        assertSame(broken, feed.failure());
    }
}
