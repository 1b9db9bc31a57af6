package org.tickwave.bench.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tickwave.bench.task.ChangeTask;
import org.tickwave.bench.stream.FrameStream;
import org.tickwave.bench.stream.StreamException;

class PlayedFeedTest {
    private final ChangeTask task = new ChangeTask(1, 2, 1, null);

    /** A stream of the given numbers, which ends or fails. */
    private static final class Numbers extends NumberStream {
        private final float[] numbers;
        private final IOException failure;
        private int next;

        Numbers(final IOException failure, final float... numbers) {
            this.failure = failure;
            this.numbers = numbers;
        }

        @Override
        public boolean read(final float[] frame) throws IOException {
            if (next == numbers.length && failure != null) {
                throw failure;
            }
            if (next == numbers.length) {
                return false;
            }
            frame[0] = numbers[next++];
            return true;
        }

        @Override
        public void close() {
            next = Integer.MAX_VALUE;
        }
    }

    /** For each frame: its number, the change before, and the change after, or NaN without a target. */
    private List<float[]> pairs(final Feed feed) {
        final List<float[]> pairs = new ArrayList<>();
        for (Feed.Next next = feed.next(); next != Feed.Next.END; next = feed.next()) {
            assertEquals(Feed.Next.FRAME, next);
            pairs.add(new float[] {task.input()[0], task.input()[1], task.hasTarget() ? task.target()[0] : Float.NaN});
        }
        return pairs;
    }

    private static void expect(final List<float[]> pairs, final float[]... expected) {
        assertEquals(expected.length, pairs.size());
        for (int i = 0; i < expected.length; i++) {
            assertArrayEquals(expected[i], pairs.get(i), "pair " + i);
        }
    }

    private PlayedFeed feed(final FrameStream stream, final long loops, final long limit) {
        return new PlayedFeed(stream, () -> new Numbers(null, 1, 2, 4), task, loops, limit);
    }

    @Test
    void everyFrameIsFedWithTheNextChangeAsTargetAndTheLastWithoutATarget() {
        final Feed feed = feed(new Numbers(null, 1, 2, 4), 1, Long.MAX_VALUE);
        expect(pairs(feed), new float[] {1, 0, 1}, new float[] {2, 1, 2}, new float[] {4, 2, Float.NaN});
        assertEquals(3, feed.read());
        assertNull(feed.failure());
    }

    @Test
    void noChangeCrossesTheSeamBetweenLoops() {
        final Feed feed = feed(new Numbers(null, 1, 2, 4), 2, Long.MAX_VALUE);
        final float[][] loop = {{1, 0, 1}, {2, 1, 2}, {4, 2, Float.NaN}};
        expect(pairs(feed), loop[0], loop[1], loop[2], loop[0], loop[1], loop[2]);
        assertEquals(6, feed.read());
    }

    @Test
    void theLimitCountsOverAllLoops() {
        final Feed feed = feed(new Numbers(null, 1, 2, 4), 9, 4);
        expect(pairs(feed), new float[] {1, 0, 1}, new float[] {2, 1, 2}, new float[] {4, 2, Float.NaN},
            new float[] {1, 0, Float.NaN});
        assertEquals(4, feed.read());
    }

    @Test
    void aBadFrameIsCountedAndNoChangeCrossesTheGap() {
        final Feed feed = feed(new Numbers(null, 1, 2, Float.NaN, 4, 5, 0x1p31f, 7), 1, Long.MAX_VALUE);
        expect(pairs(feed), new float[] {1, 0, 1}, new float[] {2, 1, Float.NaN}, new float[] {4, 0, 1},
            new float[] {5, 1, Float.NaN}, new float[] {7, 0, Float.NaN});
        assertEquals(2, feed.bad());
        assertEquals(7, feed.read());
    }

    @Test
    void aChangeThatIsNotGoodIsAGap() {
        final Feed feed = feed(new Numbers(null, 0, 0x1p30f, -0x1p30f, 0, 1), 1, Long.MAX_VALUE);
        expect(pairs(feed), new float[] {0, 0, 0x1p30f}, new float[] {0x1p30f, 0x1p30f, Float.NaN},
            new float[] {-0x1p30f, 0, 0x1p30f}, new float[] {0, 0x1p30f, 1}, new float[] {1, 1, Float.NaN});
        assertEquals(0, feed.bad());
    }

    @Test
    void aBrokenStreamIsFedUpToItsLastCompleteFrame() {
        final StreamException broken = new StreamException("cut");
        final Feed feed = feed(new Numbers(broken, 1, 2), 1, Long.MAX_VALUE);
        expect(pairs(feed), new float[] {1, 0, 1}, new float[] {2, 1, Float.NaN});
        assertSame(broken, feed.failure());
    }

    @Test
    void anEmptyStreamEndsAtOnceForAnyNumberOfLoops() {
        final Feed feed = feed(new Numbers(null), 1_000_000, Long.MAX_VALUE);
        assertEquals(Feed.Next.END, feed.next());
        assertEquals(0, feed.read());
    }

    @Test
    void preparingSkipsNoFrame() {
        final Feed feed = feed(new Numbers(null, 1, 2, 4), 1, Long.MAX_VALUE);
        feed.prepare();
        feed.prepare();
        assertEquals(Feed.Next.FRAME, feed.next());
        assertTrue(task.hasTarget());
        feed.prepare();
        assertEquals(2, task.input()[0]);
        assertEquals(Feed.Next.FRAME, feed.next());
        assertEquals(Feed.Next.FRAME, feed.next());
        assertFalse(task.hasTarget());
        assertEquals(Feed.Next.END, feed.next());
        assertEquals(Feed.Next.END, feed.next());
    }
}
