package org.tickwave.bench.run;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import org.HdrHistogram.Histogram;
import org.tickwave.Engine;
import org.tickwave.GuardTripException;
import org.tickwave.bench.report.Crc;
import org.tickwave.bench.report.Report;
import org.tickwave.bench.report.Score;
import org.tickwave.bench.report.Series;
import org.tickwave.bench.report.Setup;
import org.tickwave.bench.stream.ChangeTask;

/** A stream, a task, an engine, a clock, a score: from the first frame to the report. For one thread, but for {@link #stop}. */
final class Session {
    /** Three digits: a percentile is off by a thousandth at most. */
    private static final int DIGITS = 3;

    private final Setup setup;
    private final Feed feed;
    private final ChangeTask task;
    private final Engine engine;
    private final Backprop backprop;
    private final Watch watch;
    private final FrameClock clock;
    private final Score score;
    private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Histogram tickNs = new Histogram(DIGITS);
    private final Histogram responseNs = new Histogram(DIGITS);
    private final Series allocated = new Series(1);
    private final float[] present;
    private final int layers;
    private final double limitNs;

    private long frames;
    private long starved;
    private long late;
    private double inputPower;
    private long startNs;
    private long endNs;
    private volatile boolean interrupted;

    /**
     * @param backprop what to compare with, or null
     * @param watch    who looks on, while it runs
     * @param seconds  of wall time from the first tick; infinite for no limit
     */
    Session(
        final Setup setup, final Feed feed, final ChangeTask task, final Engine engine, final Backprop backprop,
        final Watch watch, final double seconds) {
        this.setup = setup;
        this.feed = feed;
        this.task = task;
        this.engine = engine;
        this.backprop = backprop;
        this.watch = watch;
        limitNs = seconds * 1e9;
        clock = new FrameClock(setup.budgetNs());
        layers = setup.network().layers();
        score = new Score(layers, task.targetWidth());
        present = new float[task.inputWidth()];
    }

    /** From any thread: the session ends after the tick that it is in, and reports. */
    void stop() {
        interrupted = true;
        clock.stop();
    }

    /** @return after the last tick, or before the first if the stream holds no frame: then it has none */
    Report run() {
        Feed.Next next = feed.next();
        clock.start();
        startNs = System.nanoTime();
        endNs = startNs;
        GuardTripException trip = null;
        Report.End end = null;
        try {
            while (next != Feed.Next.END && end == null) {
                begin(next);
                hold();
                if (interrupted) {
                    end = Report.End.INTERRUPT;
                } else if (overdue()) {
                    end = Report.End.SECONDS;
                } else {
                    next = follow();
                }
            }
            drain();
        } catch (final GuardTripException e) {
            trip = e;
            end = Report.End.GUARD;
        }
        return report(end != null ? end : ended(), trip);
    }

    /** Reads ahead while there is time, waits for the clock, and says what the next frame period begins with. */
    private Feed.Next follow() {
        feed.prepare();
        if (setup.live()) {
            clock.await();
        }
        return feed.next();
    }

    /** Whether the next frame would come after the limit of wall time. */
    private boolean overdue() {
        final long nextNs = setup.live() ? Math.max(endNs, clock.scheduledNs()) : endNs;
        return nextNs - startNs >= limitNs;
    }

    /** Why there is no next frame; a stream that an interrupt closed did not break. */
    private Report.End ended() {
        if (interrupted) {
            return Report.End.INTERRUPT;
        }
        if (feed.failure() != null) {
            return Report.End.BROKEN;
        }
        return feed.full() ? Report.End.FRAMES : Report.End.STREAM;
    }

    /** Gives the engine what the frame period begins with, and backprop the same. */
    private void begin(final Feed.Next next) {
        if (next == Feed.Next.STARVED) {
            starved++;
            engine.input(present);
            return;
        }
        final float[] input = task.input();
        System.arraycopy(input, 0, present, 0, present.length);
        engine.input(input);
        frames++;
        for (final float value : input) {
            inputPower += (double) value * value;
        }
        if (!task.hasTarget()) {
            return;
        }
        engine.target(task.target());
        double loss = Double.NaN;
        if (backprop != null) {
            loss = Score.meanSquare(backprop.forward(input), task.target());
            if (setup.learn()) {
                backprop.learn(task.target(), setup.rate());
            }
        }
        score.fed(engine.ticks(), task.target(), loss);
    }

    /** The K ticks of a frame. */
    private void hold() {
        for (int k = 0; k < setup.hold() && !interrupted; k++) {
            if (setup.live()) {
                clock.await();
            }
            tick();
            clock.next();
        }
    }

    private void tick() {
        final long allocatedBefore = thread.getCurrentThreadAllocatedBytes();
        final long from = System.nanoTime();
        try {
            engine.tick();
        } finally {
            endNs = System.nanoTime();
            tickNs.recordValue(endNs - from);
            if (setup.live()) {
                responseNs.recordValue(Math.max(0, endNs - clock.scheduledNs()));
                late += clock.late(endNs) ? 1 : 0;
            }
        }
        allocated.next();
        allocated.add(0, thread.getCurrentThreadAllocatedBytes() - allocatedBefore);
        answer();
        watch.ticked(this);
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
        for (int i = 0; i < setup.ticksAfterEnd(); i++) {
            engine.tick();
            answer();
        }
    }

    private Report report(final Report.End end, final GuardTripException trip) {
        final Crc crc = new Crc();
        crc.add(engine);
        final String backpropCrc;
        if (backprop == null) {
            backpropCrc = null;
        } else {
            final Crc reference = new Crc();
            reference.add(backprop.image());
            backpropCrc = reference.hex();
        }
        return new Report(
            setup, frames, engine.ticks(), feed.read(), tickNs, setup.live() ? responseNs : null, late, feed.dropped(),
            starved, feed.bad(), trip == null ? engine.guardTrips() : trip.trips(), score.series(), allocated.secondHalf(0),
            backprop == null ? 0 : backprop.guardTrips(), crc.hex(), backpropCrc, (endNs - startNs) / 1e9, end, trip,
            suggestedRate(), failureOf(end));
    }

    private IOException failureOf(final Report.End end) {
        return end == Report.End.BROKEN ? feed.failure() : null;
    }

    /**
     * The update of the first layer lands D = 2L-1 ticks late and is stable on a curvature of c only while rate times c is
     * below 2 sin(pi / (2 (2D + 1))). What c is nobody knows; the mean power of the input, of which a linear layer's is made,
     * stands in for it, and a thirtieth of what failed is never exceeded.
     */
    private double suggestedRate() {
        final double delay = 2.0 * layers - 1;
        final double bound = 2 * Math.sin(Math.PI / (2 * (2 * delay + 1)));
        final double curvature = inputPower / Math.max(1, frames);
        final double rate = Math.min(setup.rate() / 30, curvature > 0 ? bound / curvature : Double.POSITIVE_INFINITY);
        final double magnitude = Math.pow(10, Math.floor(Math.log10(rate)));
        return Math.floor(rate / magnitude) * magnitude;
    }

    Setup setup() {
        return setup;
    }

    Engine engine() {
        return engine;
    }

    Feed feed() {
        return feed;
    }

    Series scores() {
        return score.series();
    }

    Histogram tickNs() {
        return tickNs;
    }

    long frames() {
        return frames;
    }

    long starved() {
        return starved;
    }

    long late() {
        return late;
    }

    long startNs() {
        return startNs;
    }

    long endNs() {
        return endNs;
    }
}
