package org.tickwave.bench.session;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;
import org.tickwave.BandFailedException;
import org.tickwave.Engine;
import org.tickwave.GuardTripException;
import org.tickwave.Output;
import org.tickwave.bench.answer.AnswerMark;
import org.tickwave.bench.answer.Answers;
import org.tickwave.bench.audit.Audit;
import org.tickwave.bench.audit.AuditResults;
import org.tickwave.bench.keep.Archive;
import org.tickwave.bench.report.Clock;
import org.tickwave.bench.report.Report;
import org.tickwave.bench.report.RunDescription;
import org.tickwave.bench.score.Measure;
import org.tickwave.bench.stream.Recording;
import org.tickwave.bench.task.Task;

/** Feeds the frames of a stream to an engine, scores the answers, and reports. One thread runs the session. */
public final class Session {
    /** Significant decimal digits of a histogram. With three digits the error of a percentile is at most a thousandth. */
    public static final int DIGITS = 3;
    /** The longest time that a histogram records without allocating memory. */
    private static final long MINUTE_NS = 60_000_000_000L;

    private final RunDescription description;
    private final Feed feed;
    private final Task task;
    private final Engine engine;
    private final Output[] outputs;
    private final Allocations allocations;
    private final WrittenAnswers answers;
    private final SessionObserver observer;
    private final FrameClock clock;
    private final StopRequest stop;
    private final Scoring scoring;
    private final TickTimes times;
    private final float[] currentInput;
    private final SessionAudit audit;
    private final SessionReport reports;
    /** Null if the session is not kept. */
    private FrameBorder border;
    /** Whether the border was told that no more frame comes. */
    private boolean bordered;

    private long frames;
    private boolean fresh;
    private long ticks;
    private long ticksBefore;
    private double inputPower;
    private volatile boolean reading;
    private volatile boolean started;

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
        if (answers != null) {
            feed.listener(answers::taken);
        }
        this.observer = observer;
        this.clock = clock;
        stop = new StopRequest(clock, seconds);
        this.answers = new WrittenAnswers(answers, stop);
        scoring = new Scoring(description, task, engine, references);
        times = new TickTimes(description, clock);
        currentInput = new float[task.inputWidth()];
        audit = new SessionAudit(stop);
        reports = new SessionReport(description, feed, engine, scoring, times, allocations, this.answers, audit);
    }

    /** Lets an audit follow the session, which ends the audit. Called before {@link #run}. */
    public void audit(final Audit newAudit) {
        audit.set(newAudit);
    }

    /** Lets somebody keep the session between two frames. All ticks of a frame are then done, also after a stop. Called before {@link #run}. */
    public void border(final FrameBorder newBorder) {
        border = newBorder;
        feed.ending(this::ending);
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
            times.start(feed.arrives());
            allocations.start();
            while (next != Feed.Next.END) {
                hold();
                complete(next);
                next = follow();
            }
            allocations.askOthers();
            drain();
            answers.finish();
            audit.finish();
            final Report.End end = ended();
            if (end == Report.End.STREAM) {
                scoring.measure().finish();
            }
            return reports.of(end, null, lasted());
        } catch (final GuardTripException e) {
            return reports.of(Report.End.GUARD, e, lasted());
        } catch (final BandFailedException e) {
            return reports.failed(e, cut, lasted());
        } catch (final RuntimeException | Error e) {
            answers.finishAfter(e);
            throw e;
        } finally {
            audit.close();
            stop.finish();
        }
    }

    /** Reads ahead while there is time. Then waits for the clock if the session is live, and begins the next frame period. */
    private Feed.Next follow() {
        if (stoppedHere()) {
            return Feed.Next.END;
        }
        if (border != null && !bordered) {
            border.reached(this, false);
        }
        if (!answers.any()) {
            // With answers, do not read ahead: a frame may be answered while it is read.
            reading = true;
            feed.prepare();
            reading = false;
        }
        if (description.live()) {
            if (border != null) {
                border.waiting();
            }
            if (!feed.arrives()) {
                clock.await();
            }
        }
        if (stoppedHere()) {
            return Feed.Next.END;
        }
        final Feed.Next next = read();
        if (stop.stopped() && border == null) {
            return Feed.Next.END;
        }
        if (next != Feed.Next.END && feed.arrives()) {
            clock.start(feed.arrivedNs());
        }
        return begin(next);
    }

    /** Whether the session ends here. A session that is kept ends between two frames, and after the frame that was read ahead. */
    private boolean stoppedHere() {
        if (!stop.stopped() || border != null && feed.ahead()) {
            return false;
        }
        ending();
        return true;
    }

    private void ending() {
        if (border != null && !bordered && frames > 0) {
            bordered = true;
            border.reached(this, true);
        }
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
        answers.failed(e);
    }

    /**
     * Why the session has ended. After a stop this method ignores an exception of the stream, because the interrupt may
     * have closed the stream.
     */
    private Report.End ended() {
        if (stop.stopped()) {
            return answers.failure() != null && stop.end().asPlanned() ? Report.End.BROKEN : stop.end();
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
            audit.fed(null);
        } else if (next == Feed.Next.FRAME) {
            scoring.coming();
            engine.input(task.input());
            frames++;
            fresh = true;
            answers.fed(feed.number());
            if (task.taught()) {
                engine.target(task.target());
            }
            audit.fed(task.taught() ? task.target() : null);
            scoring.fed();
        }
        return next;
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
                times.scheduled(engine);
            }
            audit.ticked(frames, k, times);
        } while (++k < description.hold().ticks() && (border != null || !stop.stopped()));
        if (description.clock() == Clock.BURST) {
            times.scheduled(engine);
        }
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
            ticks++;
            times.ticked(from, fresh);
            fresh = false;
        }
        allocations.after();
        answer();
        observer.ticked(this, times.newestTickNs());
    }

    private void answer() {
        scoring.ticked();
        answers.ticked(engine, outputs);
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

    private SessionReport.Lasted lasted() {
        return new SessionReport.Lasted(frames, ticks, inputPower, currentInput);
    }

    /**
     * Keeps all that decides how the session goes on, or restores it, without the engine, the references, the input and the results of
     * audits. Between two frames, or before {@link #run}; then the engine has been resumed.
     *
     * @param recordings all recordings of the stream
     * @throws IOException if the stream cannot be read to its place
     */
    public void keep(final Archive archive, final List<Recording> recordings) throws IOException {
        archive.section("session");
        archive.share(recordings);
        frames = archive.of(frames);
        ticks = engine.ticks();
        ticksBefore = archive.reads() ? ticks : ticksBefore;
        inputPower = archive.of(inputPower);
        archive.all(currentInput);
        task.keep(archive);
        scoring.keep(archive);
        answers.keep(archive);
        feed.keep(archive);
        audit.keep(archive);
        archive.end();
    }

    /** A copy of what the audits have found so far, for any thread; null without an audit. Between two frames. */
    public AuditResults auditResults() {
        return audit.results();
    }

    /** Goes on after results of audits. After {@link #keep} has restored the session. */
    public void auditResults(final AuditResults before) {
        audit.goOn(before);
    }

    /** Marks the place after the answers so far, in their file; null if no answers are written. */
    public Future<AnswerMark> markAnswers() {
        return answers.mark();
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

    /** Ticks since the session began or went on. */
    public long ticksSince() {
        return engine.ticks() - ticksBefore;
    }

    /** The error of the gradient at today's weights, by the newest audit, at the worst projection; NaN without one. */
    public double gradientError() {
        return audit.newest();
    }

    public long late() {
        return times.late();
    }

    public long startNs() {
        return times.startNs();
    }

    public long endNs() {
        return times.endNs();
    }
}
