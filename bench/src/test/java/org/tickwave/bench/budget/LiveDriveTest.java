package org.tickwave.bench.budget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveDriveTest {
    private static final double FPS = 1_000;
    private static final long PERIOD_NS = 1_000_000;
    private static final int HOLD = 3;

    /** Counts what it is asked for. In one frame it keeps the thread for many periods. */
    private static final class Counting implements LiveDrive.Work {
        private final int slowFrame;
        private int frames;
        private int ticks;

        Counting(final int slowFrame) {
            this.slowFrame = slowFrame;
        }

        @Override
        public void give() {
            frames++;
        }

        @Override
        public void tick() {
            ticks++;
            if (frames == slowFrame && ticks % HOLD == 0) {
                final long fromNs = System.nanoTime();
                while (System.nanoTime() - fromNs < 20 * PERIOD_NS) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    private static LiveDrive drive(final boolean spread) {
        return new LiveDrive(MadeBudget.options(List.of(FPS), List.of(2), List.of(8), spread), FPS, HOLD);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void eachFrameHasItsTicks(final boolean spread) {
        final Counting work = new Counting(0);
        final LiveDrive.Count count = new LiveDrive.Count();
        drive(spread).loop(work, 12, count);
        assertEquals(12, count.frames);
        assertEquals(12, work.frames);
        assertEquals(12 * HOLD, work.ticks);
    }

    /** The schedule does not move: the frames that the slow one delayed are late, too. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSlowFrameIsLateAndSoAreThoseThatItDelays(final boolean spread) {
        final LiveDrive.Count count = new LiveDrive.Count();
        drive(spread).loop(new Counting(5), 40, count);
        assertTrue(count.late >= 19, () -> count.late + " of " + count.frames);
    }

    @Test
    void lateFramesAreComparedByTheirShare() {
        final LiveDrive.Count driven = new LiveDrive.Count();
        driven.frames = 20_000;
        driven.late = 5;
        final LiveDrive.Count empty = new LiveDrive.Count();
        empty.frames = 10_000;
        empty.late = 1;
        assertEquals(1.5, driven.moreInTenThousand(empty), 1e-9);
        assertEquals(-1.5, empty.moreInTenThousand(driven), 1e-9);
        assertEquals(0, new LiveDrive.Count().moreInTenThousand(new LiveDrive.Count()), 0);
    }
}
