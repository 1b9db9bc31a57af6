package org.tickwave.bench.session;

import java.io.IOException;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.tickwave.BandFailedException;
import org.tickwave.Engine;
import org.tickwave.GuardTripException;
import org.tickwave.Output;
import org.tickwave.Relaxation;
import org.tickwave.bench.answer.Answers;
import org.tickwave.bench.audit.Audit;
import org.tickwave.bench.audit.AuditReport;
import org.tickwave.bench.report.AnswerCounts;
import org.tickwave.bench.report.Clock;
import org.tickwave.bench.report.Crc;
import org.tickwave.bench.report.Report;
import org.tickwave.bench.report.RunDescription;
import org.tickwave.bench.score.Measure;
import org.tickwave.bench.stdio.ResultWriter;
import org.tickwave.bench.task.Task;

/** Feeds the frames of a stream to an engine, scores the answers, and reports. One thread runs the session. */
public final class Session {
    /** Significant decimal digits of a histogram. With three digits the error of a percentile is at most a thousandth. */
    public static final int DIGITS = 3;
    /** A network that has not settled by then is reported. */
    private static final int RELAXED_TICKS = 1_000;
    /** The longest time that a histogram records without allocating memory. */
    private static final long MINUTE_NS = 60_000_000_000L;

    private final RunDescription description;
    private final Feed feed;
    private final Task task;
    private final Engine engine;
    private final Output[] outputs;
    private final Allocations allocations;
    private final Answers answers;
    private final SessionObserver observer;
    private final FrameClock clock;
    private final StopRequest stop;
    private final Scoring scoring;
    private final Histogram tickNs = histogram();
    private final ResponseTimes responses;
    private final float[] currentInput;

    private long frames;
    private boolean fresh;
    private long ticks;
    private long late;
    private double inputPower;
    private long startNs;
    private long endNs;
    private long newestTickNs;
    private volatile boolean reading;
    private volatile boolean started;
    private volatile IOException answersFailure;
    private AnswerCounts answered;
    /** Null without an audit. */
    private Audit audit;
    private AuditReport audited;

    /**
     * @param others   the engine's own threads
     * @param references the references that learn from the same frames and targets; null for no comparison
     * @param answers  the writer of the answers, not started yet; null if no answers are written
     * @param observer called after each tick
     * @param clock    a clock that is not started. Only a live session ({@code --pace live}) waits for this clock
     * @param seconds  limit of wall time, including the wait for the first frame; infinite for no limit
     */
    public Session(
        final RunDescription description, final Feed feed, final Task task, final Engine engine, final EngineThreads others,
        final References references, final Answers answers, final SessionObserver observer, final FrameClock clock, final double seconds) {
        this.description = description;
        this.feed = feed;
        this.task = task;
        this.engine = engine;
        outputs = engine.outputs().toArray(Output[]::new);
        allocations = new Allocations(others);
        this.answers = answers;
        if (answers != null) {
            feed.listener(answers::taken);
        }
        this.observer = observer;
        this.clock = clock;
        stop = new StopRequest(clock, seconds);
        scoring = new Scoring(description, task, engine, references);
        responses = new ResponseTimes(clock, description.latency());
        currentInput = new float[task.inputWidth()];
    }

    /** Lets an audit follow the session, which ends the audit. Called before {@link #run}. */
    public void audit(final Audit newAudit) {
        audit = newAudit;
    }

    /** A histogram of times. Recording a time of up to a minute allocates nothing. */
    static Histogram histogram() {
        final Histogram histogram = new Histogram(MINUTE_NS, DIGITS);
        histogram.setAutoResize(true);
        return histogram;
    }

    /** Ends the session after the current tick. {@link #run} then returns a report. Any thread may call this. */
    public void stop() {
        stop.stop(Report.End.INTERRUPT);
    }

    /** Runs the session to its end. The report has no ticks if the stream has no frame. */
    public Report run() {
        final boolean allowed = stop.begin();
        final List<Engine.Band> cut = engine.bands();
        try {
            Feed.Next next = allowed ? begin(read()) : Feed.Next.END;
            started = true;
            // Start the clock after the first frame has come. A long wait for that frame must not make the first tick late.
            if (feed.arrives()) {
                clock.start(System.nanoTime());
            } else {
                clock.start();
            }
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
            finishAnswers();
            finishAudit();
            final Report.End end = ended();
            if (end == Report.End.STREAM) {
                scoring.measure().finish();
            }
            return report(end, null);
        } catch (final GuardTripException e) {
            return report(Report.End.GUARD, e);
        } catch (final BandFailedException e) {
            return failed(e, cut);
        } catch (final RuntimeException | Error e) {
            finishAnswersAfter(e);
            throw e;
        } finally {
            if (audit != null) {
                audit.close();
            }
            stop.finish();
        }
    }

    /** Waits for the last audit, until Ctrl-C. */
    private void finishAudit() {
        if (audit != null && audited == null) {
            audited = audit.finish(stop::interrupted);
        }
    }

    /** Waits until all answers are written. Only then is known whether they could be written. */
    private void finishAnswers() {
        if (answers != null && answered == null) {
            answered = answers.finish();
        }
    }

    private void finishAnswersAfter(final Throwable failure) {
        try {
            finishAnswers();
        } catch (final RuntimeException | Error e) {
            failure.addSuppressed(e);
        }
    }

    /** Reads ahead while there is time. Then waits for the clock if the session is live, and begins the next frame period. */
    private Feed.Next follow() {
        if (stop.stopped()) {
            return Feed.Next.END;
        }
        if (answers == null) {
            // With answers, do not read ahead: a frame may be answered while it is read.
            reading = true;
            feed.prepare();
            reading = false;
        }
        if (description.live() && !feed.arrives()) {
            clock.await();
        }
        final Feed.Next next = !stop.stopped() ? read() : Feed.Next.END;
        if (stop.stopped()) {
            return Feed.Next.END;
        }
        if (next != Feed.Next.END && feed.arrives()) {
            clock.start(feed.arrivedNs());
        }
        return begin(next);
    }

    private Feed.Next read() {
        reading = true;
        final Feed.Next next = feed.next();
        reading = false;
        return next;
    }

    /** Whether the session is reading its stream. Such a read may block without end. Any thread may call this. */
    public boolean reading() {
        return reading;
    }

    /** Whether the session waits for its first frame. Any thread may call this. */
    public boolean awaitsFirstFrame() {
        return reading && !started;
    }

    /** Ends the session, because its answers cannot be written. For the thread that writes them. */
    public void answersFailed(final IOException e) {
        final boolean gone = ResultWriter.readerGone(e);
        answersFailure = gone ? null : new IOException("the answers could not be written: " + e.getMessage(), e);
        stop.stop(gone ? Report.End.READER : Report.End.BROKEN);
    }

    /**
     * Why the session has ended. After a stop this method ignores an exception of the stream, because the interrupt may
     * have closed the stream.
     */
    private Report.End ended() {
        if (stop.stopped()) {
            return answersFailure != null && stop.end().asPlanned() ? Report.End.BROKEN : stop.end();
        }
        if (feed.failure() != null) {
            return Report.End.BROKEN;
        }
        return feed.full() ? Report.End.FRAMES : Report.End.STREAM;
    }

    /** Gives the engine the input of the next frame period, and the target if the task teaches the target. */
    private Feed.Next begin(final Feed.Next next) {
        if (next == Feed.Next.HELD) {
            engine.input(currentInput);
            fedToAudit(null);
        } else if (next == Feed.Next.FRAME) {
            scoring.coming();
            engine.input(task.input());
            frames++;
            fresh = true;
            if (answers != null) {
                answers.fed(feed.number());
            }
            if (task.taught()) {
                engine.target(task.target());
            }
            fedToAudit(task.taught() ? task.target() : null);
            scoring.fed();
        }
        return next;
    }

    private void fedToAudit(final float[] target) {
        if (audit != null) {
            audit.fed(target);
        }
    }

    /** Runs the ticks of one frame: as many as the hold says. */
    private void hold() {
        final boolean spread = description.clock() == Clock.SPREAD;
        int k = 0;
        do {
            if (description.live() && (spread || k == 0)) {
                clock.await();
            }
            tick();
            if (spread) {
                endTurn();
            }
            if (audit != null && audit.due(frames, k)) {
                audit.ticked(frames, leftNs(k));
            }
        } while (++k < description.hold().ticks() && !stop.stopped());
        if (description.clock() == Clock.BURST) {
            endTurn();
        }
    }

    private void endTurn() {
        if (clock.late(endNs)) {
            late++;
            engine.lateFrame(engine.frames(), clock.periodNs(), clock.lateNs(endNs));
        }
        clock.next();
    }

    /**
     * The time that is left after a tick for other work. Under burst the other ticks of the frame still have to be done before the next
     * frame. They should take as long as this one.
     *
     * @param k number of the tick among those of the frame, from 0
     */
    private double leftNs(final int k) {
        if (!description.live()) {
            return Double.POSITIVE_INFINITY;
        }
        final long now = System.nanoTime();
        return description.clock() == Clock.SPREAD ? clock.scheduledNs() - now
            : clock.nextScheduledNs() - now - (double) (description.hold().ticks() - 1 - k) * newestTickNs;
    }

    /** After the ticks of a frame, does the rest of the work for the frame, so that this work does not delay the ticks. */
    private void complete(final Feed.Next next) {
        if (next == Feed.Next.FRAME) {
            final float[] input = task.input();
            System.arraycopy(input, 0, currentInput, 0, currentInput.length);
            for (final float value : input) {
                inputPower += (double) value * value;
            }
            if (scoring.compares()) {
                final long fromNs = System.nanoTime();
                scoring.compare();
                // The time that the references took makes no tick late.
                clock.forgive(fromNs);
            }
        }
        scoring.settle();
    }

    private void tick() {
        allocations.before();
        final long from = System.nanoTime();
        try {
            engine.tick();
        } finally {
            endNs = System.nanoTime();
            ticks++;
            newestTickNs = endNs - from;
            tickNs.recordValue(newestTickNs);
            respond();
        }
        allocations.after();
        answer();
        observer.ticked(this, endNs - from);
    }

    /** Records a response time. Under SPREAD it ends with each tick; under BURST it ends with the tick that holds a frame's answer. */
    private void respond() {
        if (description.clock() == Clock.SPREAD) {
            responses.ended(endNs);
        } else if (description.clock() == Clock.BURST) {
            responses.ticked(fresh, endNs);
        }
        fresh = false;
    }

    private void answer() {
        scoring.ticked();
        if (answers != null) {
            for (int o = 0; o < outputs.length; o++) {
                answers.ticked(engine.ticks(), o, outputs[o].answer(), outputs[o].answeredFrame() > 0);
            }
        }
    }

    /**
     * Holds the last frame for 2L-1 more ticks, so that the last answers arrive and the last errors reach the lowest layer. These ticks
     * have no target, and do not wait for the clock.
     */
    private void drain() {
        if (frames == 0) {
            return;
        }
        engine.input(currentInput);
        for (int i = 0; i < description.ticksAfterEnd(); i++) {
            engine.tick();
            answer();
        }
        scoring.settle();
    }

    private Report report(final Report.End end, final GuardTripException trip) {
        finishAnswers();
        return report(end, trip, answersFailure != null ? answersFailure : feed.failure(), engine.ticks(), trip == null ? engine.guardTrips() : trip.trips(),
            Crc.of(engine), engine.bands());
    }

    /** The report after a band failed. The report omits the values of those methods of the engine that now throw. */
    private Report failed(final BandFailedException failure, final List<Engine.Band> cut) {
        finishAnswers();
        return report(Report.End.FAILED, null, failure, ticks, Report.UNKNOWN, crcAfterFailure(), cut);
    }

    /** CRC-32C of the weights; null if the weights cannot be read because another band hangs. */
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
        finishAudit();
        final Report.Counts counts =
            new Report.Counts(frames, allTicks, feed.read(), feed.dropped(), feed.starved(), feed.bad(), feed.tableCounts());
        final Report.Times times =
            new Report.Times(tickNs, description.live() ? responses.ns() : null, late, null, (endNs - startNs) / 1e9);
        return new Report(description, counts, times, scoring.measure(), allocations.bytesPerTick(), trips, crc,
            scoring.references(), end, trip,
            inputPower / Math.max(1, frames), failure, bands, scoring.answersCrc(),
            scoring.ofWaves(), answered, relaxation(failure), audited, Report.Files.NONE);
    }

    /** Of a network with cycles, on the last input. A failed engine is left alone. */
    private Relaxation relaxation(final Exception failure) {
        return !description.cycles() || frames == 0 || failure != null ? null
            : Relaxation.of(engine, currentInput, RELAXED_TICKS);
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
        return scoring.measure();
    }

    public long frames() {
        return frames;
    }

    /** The error of the gradient at today's weights, by the newest audit, at the worst projection; NaN without one. */
    public double gradientError() {
        return audit == null ? Double.NaN : audit.newest();
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
