package org.tickwave.bench.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.tickwave.bench.stream.PipeReader.Arrival.END;
import static org.tickwave.bench.stream.PipeReader.Arrival.FRAME;
import static org.tickwave.bench.stream.PipeReader.Arrival.NOTHING;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PipeReaderTest {
    /** A stream that the test feeds. When it is asked for the next frame, the reader has published the one before. */
    private static final class Fed implements FrameStream {
        private final LinkedBlockingQueue<Object> next = new LinkedBlockingQueue<>();
        private final Semaphore asked = new Semaphore(0);
        private final Semaphore closed = new Semaphore(0);
        private final List<double[]> filled = Collections.synchronizedList(new ArrayList<>());

        void frame(final float value) {
            next.add(value);
        }

        void end() {
            next.add("end");
        }

        void fail(final Throwable failure) {
            next.add(failure);
        }

        /** Waits until the reader has asked for the given number of further frames. */
        void awaitAsked(final int times) throws InterruptedException {
            asked.acquire(times);
        }

        @Override
        public String name() {
            return "fed";
        }

        @Override
        public int width() {
            return 2;
        }

        @Override
        public double framesPerSecond() {
            return 1;
        }

        @Override
        public boolean read(final float[] frame) {
            throw new UnsupportedOperationException("the reader reads in double precision");
        }

        @Override
        public boolean read(final double[] frame, final float[] scratch) throws IOException {
            filled.add(frame);
            asked.release();
            final Object now;
            try {
                now = next.take();
            } catch (final InterruptedException e) {
                throw new IOException("interrupted", e);
            }
            return switch (now) {
                case final Float value -> {
                    frame[0] = value;
                    frame[1] = -value;
                    yield true;
                }
                case final IOException e -> throw e;
                case final RuntimeException e -> throw e;
                case final Error e -> throw e;
                default -> false;
            };
        }

        @Override
        public void close() {
            closed.release();
        }
    }

    private static void assertPolls(final PipeReader reader, final float value, final long droppedSinceLast)
        throws IOException {
        final double[] frame = new double[2];
        assertEquals(FRAME, reader.poll(frame));
        assertArrayEquals(new double[] {value, -value}, frame);
        assertEquals(droppedSinceLast, reader.droppedSinceLast());
    }

    private static void assertNothing(final PipeReader reader) throws IOException {
        final double[] frame = {7, 8};
        assertEquals(NOTHING, reader.poll(frame));
        assertArrayEquals(new double[] {7, 8}, frame);
    }

    @Test
    void theNewestFrameIsHandedOutOnceAndTheOthersAreDroppedAndCounted() throws Exception {
        final Fed stream = new Fed();
        try (PipeReader reader = PipeReader.start(stream, Long.MAX_VALUE)) {
            stream.awaitAsked(1);
            assertNothing(reader);
            stream.frame(1);
            stream.awaitAsked(1);
            assertPolls(reader, 1, 0);
            assertNothing(reader);
            stream.frame(2);
            stream.frame(3);
            stream.frame(4);
            stream.awaitAsked(3);
            assertEquals(2, reader.dropped());
            assertPolls(reader, 4, 2);
            assertNothing(reader);
            stream.frame(5);
            stream.awaitAsked(1);
            assertPolls(reader, 5, 0);
            stream.frame(6);
            stream.frame(7);
            stream.awaitAsked(2);
            assertPolls(reader, 7, 1);
            assertEquals(3, reader.dropped());
        }
    }

    /** Frames are copied outside the lock, so the reader may not fill the buffer of a frame while poll copies the frame. */
    @Test
    void theBufferThatIsCopiedIsNotFilledMeanwhile() throws Exception {
        final Fed stream = new Fed();
        try (PipeReader reader = PipeReader.start(stream, Long.MAX_VALUE)) {
            stream.awaitAsked(1);
            int asked = 1;
            for (int t = 0; t < 5; t++) {
                stream.frame(t);
                stream.awaitAsked(1);
                final double[] handedOut = stream.filled.get(asked - 1);
                assertPolls(reader, t, 0);
                asked++;
                for (int i = 0; i < 4; i++) {
                    stream.frame(10 + i);
                    stream.awaitAsked(1);
                    asked++;
                    assertNotSame(handedOut, stream.filled.get(asked - 1));
                }
                assertPolls(reader, 13, 3);
            }
        }
    }

    @Test
    void theEndComesAfterTheLastFrameAndStays() throws Exception {
        final Fed stream = new Fed();
        try (PipeReader reader = PipeReader.start(stream, Long.MAX_VALUE)) {
            stream.frame(1);
            stream.frame(2);
            stream.end();
            reader.thread().join();
            assertPolls(reader, 2, 1);
            assertEquals(END, reader.poll(new double[2]));
            assertEquals(END, reader.poll(new double[2]));
            assertTrue(stream.closed.tryAcquire(), "the source is closed");
        }
    }

    @Test
    void itReadsNoMoreFramesThanItIsAllowedTo() throws Exception {
        final Fed stream = new Fed();
        try (PipeReader reader = PipeReader.start(stream, 2)) {
            stream.frame(1);
            stream.frame(2);
            stream.frame(3);
            reader.thread().join();
            assertPolls(reader, 2, 1);
            assertEquals(END, reader.poll(new double[2]));
            assertEquals(1, stream.next.size());
        }
    }

    @Test
    void anErrorComesAfterTheLastFrameAndStays() throws Exception {
        for (final Throwable failure : new Throwable[] {
            new StreamException("ends within frame 3"), new IllegalStateException("bug"), new OutOfMemoryError("none")}) {
            final Fed stream = new Fed();
            try (PipeReader reader = PipeReader.start(stream, Long.MAX_VALUE)) {
                stream.frame(1);
                stream.frame(2);
                stream.fail(failure);
                reader.thread().join();
                assertPolls(reader, 2, 1);
                assertSame(failure, assertThrows(failure.getClass(), () -> reader.poll(new double[2])));
                assertSame(failure, assertThrows(failure.getClass(), () -> reader.poll(new double[2])));
                assertTrue(stream.closed.tryAcquire(), "the source is closed");
            }
        }
    }

    @Test
    void awaitWaitsForTheFirstFrame() throws Exception {
        final Fed stream = new Fed();
        try (PipeReader reader = PipeReader.start(stream, Long.MAX_VALUE)) {
            final AtomicInteger seen = new AtomicInteger();
            final Thread waiting = Thread.ofPlatform().start(() -> {
                try {
                    reader.await();
                    seen.set(reader.poll(new double[2]) == FRAME ? 1 : 2);
                } catch (final InterruptedException | IOException e) {
                    seen.set(3);
                }
            });
            stream.awaitAsked(1);
            while (waiting.getState() != Thread.State.WAITING && waiting.isAlive()) {
                Thread.onSpinWait();
            }
            assertTrue(waiting.isAlive());
            stream.frame(1);
            waiting.join();
            assertEquals(1, seen.get());
        }
    }

    @Test
    void awaitEndsWithTheStreamOrItsError() throws Exception {
        final Fed ending = new Fed();
        try (PipeReader reader = PipeReader.start(ending, Long.MAX_VALUE)) {
            ending.end();
            reader.await();
            assertEquals(END, reader.poll(new double[2]));
        }
        final Fed failing = new Fed();
        try (PipeReader reader = PipeReader.start(failing, Long.MAX_VALUE)) {
            failing.fail(new IOException("broken"));
            reader.await();
            assertThrows(IOException.class, () -> reader.poll(new double[2]));
        }
    }

    @Test
    void closeEndsTheThreadThatWaitsAndIsNoError() throws Exception {
        final Fed stream = new Fed();
        final PipeReader reader = PipeReader.start(stream, Long.MAX_VALUE);
        assertTrue(reader.thread().isDaemon());
        assertEquals("tickwave-source", reader.thread().getName());
        stream.awaitAsked(1);
        reader.close();
        reader.close();
        reader.thread().join();
        assertTrue(stream.closed.tryAcquire(), "the source is closed");
        assertFalse(stream.closed.tryAcquire(), "once");
        reader.await();
        assertEquals(END, reader.poll(new double[2]));
    }

    @Test
    void closeEndsAThreadThatNeverWaits() throws Exception {
        final PipeReader reader = PipeReader.start(new MadeStream(1), Long.MAX_VALUE);
        reader.await();
        reader.close();
        reader.thread().join();
        assertFalse(reader.thread().isAlive());
    }

    /** At full speed of both threads no frame is torn, repeated or out of order, and each frame is handed out or counted. */
    @Test
    void everyFrameIsWholeAndIsHandedOutOrCounted() throws Exception {
        final int frames = 200_000;
        final int width = 33;
        final FrameStream stream = new FrameStream() {
            private int t;

            @Override
            public String name() {
                return "counting";
            }

            @Override
            public int width() {
                return width;
            }

            @Override
            public double framesPerSecond() {
                return 1;
            }

            @Override
            public boolean read(final float[] frame) {
                if (t == frames) {
                    return false;
                }
                t++;
                Arrays.fill(frame, t);
                return true;
            }

            @Override
            public void close() {
                // The stream holds no resource.
            }
        };
        try (PipeReader reader = PipeReader.start(stream, Long.MAX_VALUE)) {
            final double[] frame = new double[width];
            long last = 0;
            long taken = 0;
            while (true) {
                final PipeReader.Arrival arrival = reader.poll(frame);
                if (arrival == END) {
                    break;
                }
                if (arrival == FRAME) {
                    taken++;
                    assertEquals(last + reader.droppedSinceLast() + 1, (long) frame[0]);
                    last = (long) frame[0];
                    for (final double v : frame) {
                        assertEquals(frame[0], v);
                    }
                } else {
                    reader.await();
                }
            }
            assertEquals(frames, last);
            assertEquals(frames, taken + reader.dropped());
        }
    }

    @Test
    void pollAllocatesNothing() throws Exception {
        final Fed stream = new Fed();
        try (PipeReader reader = PipeReader.start(stream, Long.MAX_VALUE)) {
            final double[] frame = new double[2];
            final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long allocated = 0;
            for (int t = 0; t < 2_000; t++) {
                stream.frame(t);
                assertTrue(stream.asked.tryAcquire(t == 0 ? 2 : 1, 10, TimeUnit.SECONDS));
                final long before = threads.getCurrentThreadAllocatedBytes();
                reader.poll(frame);
                reader.poll(frame);
                final long after = threads.getCurrentThreadAllocatedBytes();
                assertEquals(t, frame[0]);
                allocated += t < 1_000 ? 0 : after - before;
            }
            assertTrue(allocated < 1_000, allocated + " bytes allocated in 2,000 polls");
        }
    }
}
