package org.tickwave.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.IdleStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tickwave.layout.Wiring;
import org.tickwave.layout.ImageLayout;

/** How one thread waits: some bare polls, then its idle strategy; and what ends a wait. */
class WaitTest {
    private final Arena arena = Arena.ofConfined();
    private final Progress progress =
        new Progress(Image.create(new ImageLayout(Rig.geometry(Draw.widths(2), Wiring.chain(2))), arena, 1));
    private final List<String> calls = new ArrayList<>();
    private Runnable idles = () -> { };

    /** Records all calls. */
    private final class Recording implements IdleStrategy {
        @Override
        public void idle() {
            calls.add("idle");
            idles.run();
        }

        @Override
        public void idle(final int workCount) {
            calls.add("idle " + workCount);
        }

        @Override
        public void reset() {
            calls.add("reset");
        }
    }

    private Wait newWait(final int barePolls, final long stallLimitNs) {
        return new Wait(progress, new Recording(), barePolls, stallLimitNs);
    }

    @AfterEach
    void close() {
        Thread.interrupted();
        arena.close();
    }

    /** Polls in vain {@code times} times, and then ends the wait. */
    private static void poll(final Wait wait, final int times) {
        int polls = 0;
        for (int i = 0; i < times; i++) {
            polls = wait.pause(polls);
        }
        wait.done(polls);
    }

    @Test
    void somePollsAreBareAndNeedNoStrategy() {
        final Wait wait = newWait(3, 0);
        poll(wait, 0);
        poll(wait, 3);
        assertEquals(List.of(), calls);
    }

    @Test
    void aLongerWaitIdlesAndTheNextOneBeginsAnew() {
        final Wait wait = newWait(2, 0);
        poll(wait, 4);
        poll(wait, 4);
        assertEquals(List.of("idle", "idle", "reset", "idle", "idle", "reset"), calls);
    }

    @Test
    void aStopEndsItBeforeItIdles() {
        progress.fail(new Progress.Failure(0, 0, 0, new Error("of the test")));
        assertThrows(Stopped.class, () -> newWait(0, 0).pause(0));
        assertThrows(Stopped.class, () -> newWait(5, 0).pause(0));
        progress.close();
        assertThrows(Stopped.class, () -> newWait(0, 0).pause(0));
        assertEquals(List.of(), calls);
    }

    /** Otherwise the waiting thread would read an image that close() has freed. */
    @Test
    void aStopEndsItAfterItHasIdled() {
        idles = progress::close;
        assertThrows(Stopped.class, () -> newWait(0, 0).pause(0));
        assertEquals(List.of("idle"), calls);
    }

    @Test
    void anInterruptedThreadDoesNotIdle() {
        Thread.currentThread().interrupt();
        poll(newWait(0, 0), 5);
        assertTrue(Thread.currentThread().isInterrupted());
        assertEquals(List.of("reset"), calls);
    }

    @Test
    void aLimitCountsFromTheBeginningOfAWait() {
        final Wait wait = newWait(1, 1_000_000);
        for (int round = 0; round < 3; round++) {
            poll(wait, 2);
            assertThrows(Stalled.class, () -> poll(wait, Integer.MAX_VALUE));
            assertTrue(calls.size() > 2 * round, calls::toString);
        }
    }

    @Test
    void theFirstFailureIsKeptAndAStopIsForGood() {
        final Progress.Failure first = new Progress.Failure(1, 2, 3, new Error("first"));
        progress.fail(first);
        progress.fail(new Progress.Failure(4, 5, 6, new Error("second")));
        assertEquals(first, progress.failure());
        progress.close();
        progress.fail(first);
        assertTrue(progress.closed());
    }
}
