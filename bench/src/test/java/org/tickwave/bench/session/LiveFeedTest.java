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
import org.tickwave.bench.keep.Archive;
import org.tickwave.bench.task.ChangeTask;
import org.tickwave.bench.stream.PipeReader;
import org.tickwave.bench.stream.StreamException;

@Timeout(30)
class LiveFeedTest {
    private static final float END = Float.POSITIVE_INFINITY;
    private static final float BREAK = Float.NEGATIVE_INFINITY;

    private final StreamException broken = new StreamException("cut");
    private final SynchronousQueue<Float> pipe = new SynchronousQueue<>();
    /** Released when the reader requests a frame, which it does only after it has published the previous frame. */
    private final Semaphore requested = new Semaphore(0);
    private final ChangeTask task = new ChangeTask(1, 2, 1, null);
    private final LiveFeed feed = feed(false);

    /** A stream of the numbers that the test sends. */
    private final class Pipe extends NumberStream {
        @Override
        public boolean read(final float[] frame) throws IOException {
            requested.release();
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
            // Nothing to close.
        }
    }

    private Thread caller;

    private LiveFeed feed(final boolean arrives) {
        return new LiveFeed(PipeReader.start(new Pipe(), Long.MAX_VALUE), 1, task, Long.MAX_VALUE, arrives);
    }

    @AfterEach
    void end() {
        feed.close();
    }

    /** Sends numbers to the reader, and waits until the reader has published each of them. */
    private void send(final float... numbers) throws InterruptedException {
        for (final float number : numbers) {
            requested.acquire();
            pipe.put(number);
        }
        if (numbers[numbers.length - 1] != END && numbers[numbers.length - 1] != BREAK) {
            requested.acquire();
            requested.release();
        }
    }

    /** Sends frames 1 and 3, so that frame 1 is fed. */
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

    /** How the frame period begins after the reader has reached the end of the stream. */
    private Feed.Next last() {
        Feed.Next next = feed.next();
        while (next == Feed.Next.HELD) {
            Thread.onSpinWait();
            next = feed.next();
        }
        return next;
    }

    @Test
    void theFirstFrameIsFedOnceTheSecondFrameIsThere() throws Exception {
        begin();
        assertEquals(2, feed.read());
        assertEquals(0, feed.dropped());
    }

    @Test
    void anInterruptWhileTheSecondFrameIsAwaitedLeavesTheFirst() throws Exception {
        final FutureTask<Feed.Next> next = new FutureTask<>(feed::next);
        final Thread first = new Thread(next);
        first.start();
        send(1);
        first.interrupt();
        assertEquals(Feed.Next.FRAME, next.get());
        assertEquals(1, task.input()[0]);
        assertFalse(task.hasTarget());
        assertEquals(Feed.Next.END, feed.next());
    }

    @Test
    void framesThatANewerOneReplacesAreDroppedAndNoChangeCrossesTheGap() throws Exception {
        begin();
        send(10, 20, 30);
        assertEquals(Feed.Next.FRAME, feed.next());
        assertEquals(3, task.input()[0]);
        assertFalse(task.hasTarget(), "10 and 20 were dropped");
        assertEquals(2, feed.dropped());
        final Archive archive = Archive.writing();
        feed.keep(archive);
        feed.keep(archive);
        assertEquals(2, feed.dropped(), "checkpoints leave the count as it is");
        assertEquals(5, feed.read());
        send(END);
        assertEquals(Feed.Next.FRAME, last());
        assertEquals(30, task.input()[0]);
        assertEquals(0, task.input()[1]);
        assertEquals(Feed.Next.END, feed.next());
    }

    @Test
    void aPeriodWithoutAFrameIsStarvedAndTheNextFrameGivesTheChange() throws Exception {
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
    void aBadFrameIsCountedAndTheCurrentFrameIsHeld() throws Exception {
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
    void theFailureOfABrokenStreamIsReportedAfterItsLastFrame() throws Exception {
        begin();
        send(BREAK);
        assertEquals(Feed.Next.FRAME, last());
        assertEquals(3, task.input()[0]);
        assertFalse(task.hasTarget());
        assertEquals(Feed.Next.END, feed.next());
        assertSame(broken, feed.failure());
    }

    /** A call on a thread of its own, which waits for a frame. */
    private FutureTask<Feed.Next> waiting(final Feed from) {
        final FutureTask<Feed.Next> next = new FutureTask<>(from::next);
        caller = new Thread(next);
        caller.start();
        awaitWaiting();
        return next;
    }

    /** Waits until the thread of the call waits for a frame, and has taken those that came before. */
    private void awaitWaiting() {
        while (caller.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    @Test
    void whereFramesSetTheScheduleEachIsWaitedFor() throws Exception {
        assertFalse(feed.arrives());
        // Only one reader may take the numbers of the pipe.
        requested.acquire();
        pipe.put(END);
        final LiveFeed arriving = feed(true);
        assertTrue(arriving.arrives());
        final FutureTask<Feed.Next> first = waiting(arriving);
        send(1);
        awaitWaiting();
        send(3);
        assertEquals(Feed.Next.FRAME, first.get());
        final long beforeNs = System.nanoTime();
        final FutureTask<Feed.Next> second = waiting(arriving);
        send(4);
        assertEquals(Feed.Next.FRAME, second.get());
        assertEquals(3, task.input()[0]);
        assertTrue(arriving.arrivedNs() - beforeNs >= 0, "the frame arrived after it was waited for");
        final FutureTask<Feed.Next> last = waiting(arriving);
        send(END);
        assertEquals(Feed.Next.FRAME, last.get(), "the frame that waited for its target");
        assertEquals(Feed.Next.END, arriving.next());
        assertEquals(0, arriving.starved());
        assertEquals(0, arriving.dropped());
    }
}
