package org.tickwave.bench.session;

import org.HdrHistogram.Histogram;
import org.tickwave.Engine;
import org.tickwave.bench.report.Clock;
import org.tickwave.bench.report.Report;
import org.tickwave.bench.report.RunDescription;

/** When the ticks of a session began and ended, and which of them were late. For the session's thread. */
final class TickTimes {
    private final RunDescription description;
    private final FrameClock clock;
    private final Histogram tickNs = Session.histogram();
    private final ResponseTimes responses;
    private long late;
    private long startNs;
    private long endNs;
    private long newestTickNs;

    TickTimes(final RunDescription description, final FrameClock clock) {
        this.description = description;
        this.clock = clock;
        responses = new ResponseTimes(clock, description.latency());
    }

    /**
     * Starts the clock after the first frame has come. A long wait for that frame must not make the first tick late.
     *
     * @param arrives whether the frames set the schedule
     */
    void start(final boolean arrives) {
        if (arrives) {
            clock.start(System.nanoTime());
        } else {
            clock.start();
        }
        startNs = clock.scheduledNs();
        endNs = startNs;
    }

    /**
     * A tick has ended now. Under SPREAD a response time ends with each tick; under BURST it ends with the tick that holds a frame's answer.
     *
     * @param fresh whether the tick took a frame
     */
    void ticked(final long fromNs, final boolean fresh) {
        endNs = System.nanoTime();
        newestTickNs = endNs - fromNs;
        tickNs.recordValue(newestTickNs);
        if (description.clock() == Clock.SPREAD) {
            responses.ended(endNs);
        } else if (description.clock() == Clock.BURST) {
            responses.ticked(fresh, endNs);
        }
    }

    /**
     * A scheduled piece of work has ended: under SPREAD a tick, under BURST all ticks of a frame.
     *
     * @param engine is told if the work was late
     */
    void scheduled(final Engine engine) {
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
    double leftNs(final int k) {
        if (!description.live()) {
            return Double.POSITIVE_INFINITY;
        }
        final long now = System.nanoTime();
        return description.clock() == Clock.SPREAD ? clock.scheduledNs() - now
            : clock.nextScheduledNs() - now - (double) (description.hold().ticks() - 1 - k) * newestTickNs;
    }

    Report.Times report() {
        return new Report.Times(tickNs, description.live() ? responses.ns() : null, late, null, (endNs - startNs) / 1e9);
    }

    /** How long the newest tick took. */
    long newestTickNs() {
        return newestTickNs;
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
