package org.tickwave.bench.session;

import java.time.Duration;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.tickwave.BandFailedException;
import org.tickwave.Engine;
import org.tickwave.GuardTripException;
import org.tickwave.bench.report.Crc;
import org.tickwave.bench.report.Report;
import org.tickwave.bench.report.RunDescription;
import org.tickwave.bench.score.ChangeScores;
import org.tickwave.bench.score.ClassScores;
import org.tickwave.bench.score.Measure;
import org.tickwave.bench.score.Score;
import org.tickwave.bench.task.Task;

/** A stream, a task, an engine, a clock, a score: from the first frame to the report. For one thread, but for {@link #stop}. */
public final class Session {
    /** Three digits: a percentile is off by a thousandth at most. */
    public static final int DIGITS = 3;
    /** What a histogram has room for from the start; beyond it recording allocates. */
    private static final long MINUTE_NS = 60_000_000_000L;

    private final RunDescription description;
    private final Feed feed;
    private final Task task;
    private final Engine engine;
    private final Allocations allocations;
    private final Backprop backprop;
    private final SessionObserver observer;
    private final FrameClock clock;
    private final Score score;
    private final Histogram tickNs = histogram();
    private final Histogram responseNs = histogram();
    private final float[] present;
    private final double limitNs;

    private long frames;
    private long ticks;
    private long late;
    private double inputPower;
    private long startNs;
    private long endNs;
    private volatile Thread runs;
    private volatile boolean reading;
    private volatile boolean begun;
    private volatile Report.End asked;

    /**
     * @param others   threads that the engine has besides this one
     * @param backprop what to compare with, or null
     * @param observer    who looks on, while it runs
     * @param clock    not started; unused unless it is live
     * @param seconds  of wall time, from when the first frame is waited for; infinite for no limit
     */
    public Session(
        final RunDescription description, final Feed feed, final Task task, final Engine engine, final EngineThreads others,
        final Backprop backprop, final SessionObserver observer, final FrameClock clock, final double seconds) {
        this.description = description;
        this.feed = feed;
        this.task = task;
        this.engine = engine;
        allocations = new Allocations(others);
        this.backprop = backprop;
        this.observer = observer;
        limitNs = Math.min(seconds * 1e9, Long.MAX_VALUE);
        this.clock = clock;
        final boolean compares = backprop != null;
        score = new Score(description.labels().isEmpty() ? new ChangeScores(compares) : new ClassScores(description.labels(), compares),
            description.network().layers(), task.targetWidth(), compares);
        present = new float[task.inputWidth()];
    }

    /** For times, in which recording one allocates nothing. */
    static Histogram histogram() {
        final Histogram histogram = new Histogram(MINUTE_NS, DIGITS);
        histogram.setAutoResize(true);
        return histogram;
    }

    /** From any thread: the session ends after the tick that it is in, and reports. */
    public void stop() {
        stop(Report.End.INTERRUPT);
    }

    private synchronized void stop(final Report.End why) {
        if (asked == null) {
            asked = why;
        }
        clock.stop();
        final Thread running = runs;
        if (running != null) {
            // It may wait for a frame.
            running.interrupt();
        }
    }

    /** @return after the last tick, or before the first if the stream holds no frame: then it has none */
    public Report run() {
        final boolean allowed = mayRun();
        final Thread limit = limit();
        if (limitNs < Long.MAX_VALUE) {
            limit.start();
        }
        final List<Engine.Band> cut = engine.bands();
        try {
            Feed.Next next = allowed ? begin(read()) : Feed.Next.END;
            begun = true;
            // Not before: what is slow the first time would make the first tick late.
            clock.start();
            startNs = clock.scheduledNs();
            endNs = startNs;
            allocations.start();
            while (next != Feed.Next.END) {
                hold();
                complete(next);
                next = follow();
            }
            allocations.askOthers();
            drain();
            final Report.End end = ended();
            if (end == Report.End.STREAM) {
                score.measure().finish();
            }
            return report(end, null);
        } catch (final GuardTripException e) {
            return report(Report.End.GUARD, e);
        } catch (final BandFailedException e) {
            return failed(e, cut);
        } finally {
            dismiss(limit);
        }
    }

    /** Whether nobody has stopped it; whoever does from now on interrupts this thread. */
    private synchronized boolean mayRun() {
        runs = Thread.currentThread();
        return asked == null;
    }

    /** Whoever ends the session when its wall time is over, also while it waits for a frame. */
    private Thread limit() {
        return Thread.ofPlatform().daemon().name("tickwave-limit").unstarted(() -> {
            try {
                Thread.sleep(Duration.ofNanos((long) limitNs));
                stop(Report.End.SECONDS);
            } catch (final InterruptedException e) {
                // it ended before
            }
        });
    }

    /** After this nobody interrupts the thread that runs. */
    private void dismiss(final Thread limit) {
        synchronized (this) {
            runs = null;
        }
        limit.interrupt();
        Thread.interrupted();
    }

    /** Reads ahead while there is time, waits for the clock, and begins the next frame period. */
    private Feed.Next follow() {
        if (asked != null) {
            return Feed.Next.END;
        }
        reading = true;
        feed.prepare();
        reading = false;
        if (description.live()) {
            clock.await();
        }
        return asked == null ? begin(read()) : Feed.Next.END;
    }

    private Feed.Next read() {
        reading = true;
        final Feed.Next next = feed.next();
        reading = false;
        return next;
    }

    /** Whether it is at its stream, which may hold it up for ever. From any thread. */
    public boolean reading() {
        return reading;
    }

    /** Whether it waits for its first frame. From any thread. */
    public boolean awaitsFirstFrame() {
        return reading && !begun;
    }

    /** Why there is no next frame; a stream that an interrupt closed did not break. */
    private Report.End ended() {
        if (asked != null) {
            return asked;
        }
        if (feed.failure() != null) {
            return Report.End.BROKEN;
        }
        return feed.full() ? Report.End.FRAMES : Report.End.STREAM;
    }

    /** Gives the engine what the frame period begins with, if there is one. */
    private Feed.Next begin(final Feed.Next next) {
        if (next == Feed.Next.HELD) {
            engine.input(present);
        } else if (next == Feed.Next.FRAME) {
            engine.input(task.input());
            frames++;
            if (task.taught()) {
                engine.target(task.target());
            }
            if (task.hasTarget()) {
                score.fed(engine.ticks(), task.target(), task.recording());
            }
        }
        return next;
    }

    /** The K ticks of a frame. */
    private void hold() {
        int k = 0;
        do {
            if (description.live()) {
                clock.await();
            }
            tick();
            clock.next();
        } while (++k < description.hold() && asked == null);
    }

    /** What a frame is for beside its ticks; after them, so that it makes none of them late. */
    private void complete(final Feed.Next next) {
        if (next == Feed.Next.FRAME) {
            final float[] input = task.input();
            System.arraycopy(input, 0, present, 0, present.length);
            for (final float value : input) {
                inputPower += (double) value * value;
            }
            if (backprop != null && task.hasTarget()) {
                compare(input);
            }
        }
        score.settle();
    }

    /** Backprop on the same pair. Where it takes longer than the time to the next tick, it is not that tick's lateness. */
    private void compare(final float[] input) {
        final long from = System.nanoTime();
        score.compared(backprop.forward(input));
        if (description.learn() && task.taught()) {
            backprop.learn(task.target(), description.rate());
        }
        clock.forgive(from);
    }

    private void tick() {
        allocations.before();
        final long from = System.nanoTime();
        try {
            engine.tick();
        } finally {
            endNs = System.nanoTime();
            ticks++;
            tickNs.recordValue(endNs - from);
            if (description.live()) {
                responseNs.recordValue(Math.max(0, endNs - clock.scheduledNs()));
                late += clock.late(endNs) ? 1 : 0;
            }
        }
        allocations.after();
        answer();
        observer.ticked(this, endNs - from);
    }

    private void answer() {
        final long tick = engine.ticks();
        score.answered(tick, engine.output(), engine.answeredFrame() > 0);
    }

    /** What is under way arrives: the last frame is held for 2L-1 ticks more, without a target, and not paced. */
    private void drain() {
        if (frames == 0) {
            return;
        }
        engine.input(present);
        for (int i = 0; i < description.ticksAfterEnd(); i++) {
            engine.tick();
            answer();
        }
        score.settle();
    }

    private Report report(final Report.End end, final GuardTripException trip) {
        return report(end, trip, feed.failure(), engine.ticks(), trip == null ? engine.guardTrips() : trip.trips(),
            Crc.of(engine), engine.bands());
    }

    /** What is known without most calls of the engine, which throw. */
    private Report failed(final BandFailedException failure, final List<Engine.Band> cut) {
        return report(Report.End.FAILED, null, failure, ticks, Report.UNKNOWN, crcAfterFailure(), cut);
    }

    /** Null if another band hangs, so that the weights cannot be read. */
    private String crcAfterFailure() {
        try {
            return Crc.of(engine);
        } catch (final IllegalStateException e) {
            return null;
        }
    }

    private Report report(
        final Report.End end, final GuardTripException trip, final Exception failure, final long allTicks, final long trips,
        final String crc, final List<Engine.Band> bands) {
        final Report.Counts counts =
            new Report.Counts(frames, allTicks, feed.read(), feed.dropped(), feed.starved(), feed.bad());
        final Report.Times times =
            new Report.Times(tickNs, description.live() ? responseNs : null, late, null, (endNs - startNs) / 1e9);
        final Report.Reference reference = backprop == null
            ? null : new Report.Reference(backprop.guardTrips(), Crc.of(description.network(), backprop.image()));
        return new Report(description, counts, times, score.measure(), allocations.bytesPerTick(), trips, crc, reference, end, trip,
            inputPower / Math.max(1, frames), failure, bands, score.answersCrc(), Report.Files.NONE);
    }

    public RunDescription description() {
        return description;
    }

    public Engine engine() {
        return engine;
    }

    public Feed feed() {
        return feed;
    }

    public Measure scores() {
        return score.measure();
    }

    public long frames() {
        return frames;
    }

    public long late() {
        return late;
    }

    public long startNs() {
        return startNs;
    }

    public long endNs() {
        return endNs;
    }
}
