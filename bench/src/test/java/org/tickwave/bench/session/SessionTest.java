package org.tickwave.bench.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.agrona.concurrent.IdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Network;
import org.tickwave.Rule;
import org.tickwave.bench.keep.Archive;
import org.tickwave.bench.report.Clock;
import org.tickwave.bench.report.Hold;
import org.tickwave.bench.report.Report;
import org.tickwave.bench.report.RunDescription;
import org.tickwave.bench.report.Threads;
import org.tickwave.bench.stream.TableCounts;
import org.tickwave.bench.task.ChangeTask;

@Timeout(60)
class SessionTest {
    private final ChangeTask task = new ChangeTask(2, 2, 10, null);
    private final Network network = Network.chain(4, 8, 2).build();

    /** A scripted feed: F stands for a frame with a target, S for a starved period. The end of the script ends the stream. */
    private class Script implements Feed {
        private final String script;
        private int at;
        private int frame;
        private int starved;

        Script(final String script) {
            this.script = script;
        }

        @Override
        public void prepare() {
            // Nothing to read ahead.
        }

        @Override
        public Next next() {
            if (at == script.length()) {
                return Next.END;
            }
            if (script.charAt(at++) == 'S') {
                starved++;
                return Next.HELD;
            }
            boolean ready = false;
            while (!ready) {
                ready = task.push(new double[] {(float) Math.sin(frame * .3), (float) Math.cos(frame * .2)}, true, null);
                frame++;
            }
            return Next.FRAME;
        }

        @Override
        public boolean ahead() {
            return false;
        }

        @Override
        public void keep(final Archive archive) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void ending(final Runnable ending) {
            // Does not tell that it ends.
        }

        @Override
        public boolean arrives() {
            return false;
        }

        @Override
        public long arrivedNs() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long number() {
            return frame;
        }

        @Override
        public void listener(final Listener listener) {
            // Nobody listens in these tests.
        }

        @Override
        public TableCounts tableCounts() {
            return null;
        }

        @Override
        public long read() {
            return frame;
        }

        @Override
        public long starved() {
            return starved;
        }

        @Override
        public boolean full() {
            return false;
        }

        @Override
        public long dropped() {
            return 0;
        }

        @Override
        public long bad() {
            return 0;
        }

        @Override
        public IOException failure() {
            return null;
        }

        @Override
        public void close() {
            // Nothing to close.
        }
    }

    private RunDescription description(final int hold, final float rate, final boolean live) {
        return new RunDescription("script", "change", List.of(), List.of(), null, 2, 100_000, 1e9 / 100_000 / hold, network, Rule.aligned(),
            new Hold(hold, null), rate, 2, 10, 0, 1, 0, 0, live ? Clock.SPREAD : null,
            false, true, new Threads(1, null, "spin", 2), null, null);
    }

    private Engine engine(final int hold, final float rate) {
        return Engine.open(network, new Context().hold(hold).rate(rate));
    }

    private Report run(final String script, final int hold, final float rate, final boolean live, final SessionObserver observer) {
        try (Engine engine = engine(hold, rate)) {
            return new Session(description(hold, rate, live), new Script(script), task, engine, new EngineThreads(), null, null, observer,
                new FrameClock(description(hold, rate, live).budgetNs(), Idle.SPIN), Double.POSITIVE_INFINITY).run();
        }
    }

    @Test
    void everyFrameIsHeldAndScoredOnceAndTheLastAnswersArrive() {
        final Report report = run("FFFFF", 3, .01f, false, SessionObserver.NOTHING);
        assertEquals(5, report.counts().frames());
        assertEquals(5 * 3 + 3, report.counts().ticks());
        assertEquals(15, report.times().tickNs().getTotalCount(), "the ticks after the last frame are not timed");
        assertEquals(5, report.scores().losses().count());
        assertEquals(Report.End.STREAM, report.end());
        assertNull(report.times().responseNs());
    }

    /** A writer that is woken there delays no frame. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void onlyALiveSessionSaysAfterItsBorderThatItWaits(final boolean live) {
        final List<String> told = new ArrayList<>();
        try (Engine engine = engine(1, .01f)) {
            final Session session = new Session(description(1, .01f, live), new Script("FF"), task, engine, new EngineThreads(), null, null,
                SessionObserver.NOTHING, new FrameClock(description(1, .01f, live).budgetNs(), Idle.SPIN), Double.POSITIVE_INFINITY);
            session.border(new FrameBorder() {
                @Override
                public void reached(final Session at, final boolean last) {
                    told.add(Long.toString(at.frames()));
                }

                @Override
                public void waiting() {
                    told.add("waits");
                }
            });
            session.run();
        }
        assertEquals(live ? List.of("1", "waits", "2", "waits") : List.of("1", "2"), told);
    }

    @Test
    void aStarvedPeriodTicksButAddsNoTarget() {
        final Report report = run("FFSSF", 1, .01f, true, SessionObserver.NOTHING);
        assertEquals(3, report.counts().frames());
        assertEquals(2, report.counts().starvedFrames());
        assertEquals(5 + 3, report.counts().ticks());
        assertEquals(3, report.scores().losses().count());
        assertEquals(5, report.times().responseNs().getTotalCount());
    }

    @Test
    void aStreamWithoutAFrameHasNoTick() {
        final Report report = run("", 1, .01f, false, SessionObserver.NOTHING);
        assertEquals(0, report.counts().ticks());
        assertTrue(Double.isNaN(report.bytesPerTick()));
    }

    @Test
    void stopEndsTheRunAfterTheCurrentTick() {
        final Report report = run("FFFFFFFFFF", 4, .01f, true, (session, tookNs) -> {
            if (session.engine().ticks() == 6) {
                session.stop();
            }
        });
        assertEquals(Report.End.INTERRUPT, report.end());
        assertEquals(6 + 3, report.counts().ticks());
    }

    @Test
    void aSessionStoppedBeforeItsStartHasNoFrame() {
        try (Engine engine = engine(1, .01f)) {
            final Session session = new Session(description(1, .01f, true), new Script("FFF"), task, engine, new EngineThreads(), null, null,
                SessionObserver.NOTHING, new FrameClock(1_000, Idle.PARK), Double.POSITIVE_INFINITY);
            session.stop();
            final Report report = session.run();
            assertEquals(0, report.counts().frames());
            assertEquals(Report.End.INTERRUPT, report.end());
        }
    }

    @Test
    void aFirstFrameThatNeverComesIsWaitedForUntilTheWallTimeIsOver() {
        final Feed silent = new Script("") {
            @Override
            public Next next() {
                while (!Thread.currentThread().isInterrupted()) {
                    LockSupport.park();
                }
                return Next.END;
            }
        };
        try (Engine engine = engine(1, .01f)) {
            final Report report = new Session(description(1, .01f, false), silent, task, engine, new EngineThreads(), null, null,
                SessionObserver.NOTHING, new FrameClock(1_000, Idle.PARK), .01).run();
            assertEquals(Report.End.SECONDS, report.end());
            assertEquals(0, report.counts().frames());
            assertFalse(Thread.currentThread().isInterrupted(), "the thread is interrupted no more");
        }
    }

    @Test
    void allocationsOfTheEnginesOwnThreadsAreCountedToo() {
        final EngineThreads threads = new EngineThreads();
        final Context context = new Context().threads(2).threadFactory(threads).idleStrategy(() -> new Wasteful());
        final RunDescription slow = new RunDescription("script", "change", List.of(), List.of(), null, 2, 1_000, 1e6, network, Rule.aligned(),
            new Hold(1, null), .01f, 2, 10, 0, 1, 0, 0, Clock.SPREAD, false, true, new Threads(2, null, "spin", 2), null, null);
        try (Engine engine = Engine.open(network, context)) {
            final Report report = new Session(slow, new Script("F".repeat(100)), task, engine, threads, null, null, SessionObserver.NOTHING,
                new FrameClock(1e6, Idle.PARK), Double.POSITIVE_INFINITY).run();
            assertTrue(report.bytesPerTick() >= Wasteful.BYTES, report.bytesPerTick() + " bytes a tick");
        }
    }

    /** Allocates while the engine's own thread waits, but not while the caller's thread waits. */
    private static final class Wasteful implements IdleStrategy {
        private static final int BYTES = 100_000;

        private byte[] waste;

        @Override
        public void idle(final int work) {
            idle();
        }

        @Override
        public void idle() {
            if (Thread.currentThread().getName().matches("tickwave-\\d+\\.\\d+")) {
                waste = new byte[waste == null ? BYTES : waste.length];
                LockSupport.parkNanos(BYTES);
            }
        }

        @Override
        public void reset() {
            // This strategy has no state to reset.
        }
    }

    @Test
    void theGuardEndsTheRunAndTheReportNamesTheLayerAndARateToTry() {
        final Report report = run("F".repeat(2000), 1, 1000, false, SessionObserver.NOTHING);
        assertEquals(Report.End.GUARD, report.end());
        assertTrue(report.guardTrip().layer() >= 1 && report.guardTrip().tick() > 0);
        assertTrue(report.guardTrips() > 0);
        assertTrue(report.suggestedRate() > 0 && report.suggestedRate() <= 1000 / 30.0);
        assertTrue(report.counts().frames() < 2000);
    }

    /** No tick takes a nanosecond. */
    @Test
    void everyLateTickIsAnEventOfARecording(@TempDir final Path directory) throws IOException {
        final Path file = directory.resolve("run.jfr");
        final Report report;
        try (Recording recording = new Recording(); Engine engine = engine(2, .01f)) {
            recording.enable("org.tickwave.LateFrame");
            recording.start();
            report = new Session(description(2, .01f, true), new Script("FFF"), task, engine, new EngineThreads(), null, null,
                SessionObserver.NOTHING, new FrameClock(1, Idle.SPIN), Double.POSITIVE_INFINITY).run();
            recording.stop();
            recording.dump(file);
        }
        final List<RecordedEvent> late = RecordingFile.readAllEvents(file).stream()
            .filter(event -> event.getThread().getJavaThreadId() == Thread.currentThread().threadId())
            .filter(event -> event.getEventType().getName().equals("org.tickwave.LateFrame")).toList();
        assertEquals(List.of(1L, 1L, 2L, 2L, 3L, 3L), late.stream().map(event -> event.getLong("frame")).toList());
        assertEquals(report.times().late(), late.size());
        assertTrue(late.stream().allMatch(event -> event.getDuration("late").isPositive() && event.getDuration("budget").toNanos() == 1));
    }

    @Test
    void clocksWithTheSameBudgetHaveTheSamePhase() {
        final FrameClock first = new FrameClock(1_000_000, Idle.PARK);
        final FrameClock second = new FrameClock(1_000_000, Idle.PARK);
        first.start();
        final long now = System.nanoTime();
        assertTrue(first.scheduledNs() - now <= 1_000_000, "the schedule starts within a budget");
        second.start();
        assertEquals(0, (second.scheduledNs() - first.scheduledNs()) % 1_000_000, 8, "the phases differ by double rounding only");
    }

    @Test
    void aTickLongerThanItsBudgetIsLateAndTheScheduleDoesNotMove() {
        final FrameClock clock = new FrameClock(1_000, Idle.PARK);
        clock.start();
        final long start = clock.scheduledNs();
        assertFalse(clock.late(start + 1_000));
        assertTrue(clock.late(start + 1_001));
        assertEquals(1, clock.lateNs(start + 1_001));
        assertEquals(1_000, clock.periodNs());
        clock.next();
        assertEquals(start + 1_000, clock.scheduledNs());
        assertFalse(clock.late(start + 2_000));
        assertTrue(clock.late(start + 2_001));
    }
}
