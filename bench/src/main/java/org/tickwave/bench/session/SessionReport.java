package org.tickwave.bench.session;

import java.util.List;
import org.tickwave.BandFailedException;
import org.tickwave.Engine;
import org.tickwave.GuardTripException;
import org.tickwave.Relaxation;
import org.tickwave.bench.audit.AuditReport;
import org.tickwave.bench.report.Crc;
import org.tickwave.bench.report.Report;
import org.tickwave.bench.report.RunDescription;

/** Makes the report of a session from the parts that have measured and counted. */
final class SessionReport {
    /** A network that has not settled by then is reported. */
    private static final int RELAXED_TICKS = 1_000;

    private final RunDescription description;
    private final Feed feed;
    private final Engine engine;
    private final Scoring scoring;
    private final TickTimes times;
    private final Allocations allocations;
    private final WrittenAnswers answers;
    private final SessionAudit audit;

    /** @param inputPower squares of all inputs, added up */
    record Lasted(long frames, long ticks, double inputPower, float[] lastInput) {
    }

    SessionReport(
        final RunDescription description, final Feed feed, final Engine engine, final Scoring scoring, final TickTimes times,
        final Allocations allocations, final WrittenAnswers answers, final SessionAudit audit) {
        this.description = description;
        this.feed = feed;
        this.engine = engine;
        this.scoring = scoring;
        this.times = times;
        this.allocations = allocations;
        this.answers = answers;
        this.audit = audit;
    }

    /** @param trip null unless the guard has ended the session */
    Report of(final Report.End end, final GuardTripException trip, final Lasted lasted) {
        answers.finish();
        return report(end, trip, answers.failure() != null ? answers.failure() : feed.failure(), lasted, engine.ticks(),
            trip == null ? engine.guardTrips() : trip.trips(), Crc.of(engine), engine.bands());
    }

    /**
     * The report after a band failed. It omits the values of those methods of the engine that now throw.
     *
     * @param cut the bands when the session began
     */
    Report failed(final BandFailedException failure, final List<Engine.Band> cut, final Lasted lasted) {
        answers.finish();
        return report(Report.End.FAILED, null, failure, lasted, lasted.ticks, Report.UNKNOWN, crcAfterFailure(), cut);
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
        final Report.End end, final GuardTripException trip, final Exception failure, final Lasted lasted, final long allTicks,
        final long trips, final String crc, final List<Engine.Band> bands) {
        final AuditReport audited = audit.finish();
        final long frames = lasted.frames;
        final Report.Counts counts =
            new Report.Counts(frames, allTicks, feed.read(), feed.dropped(), feed.starved(), feed.bad(), feed.tableCounts());
        return new Report(description, counts, times.report(), scoring.measure(), allocations.bytesPerTick(), trips, crc,
            scoring.references(), end, trip,
            lasted.inputPower / Math.max(1, frames), failure, bands, scoring.answersCrc(),
            scoring.ofWaves(), answers.counts(), relaxation(failure, lasted), audited, Report.Files.NONE);
    }

    /** Of a network with cycles, on the last input. A failed engine is left alone. */
    private Relaxation relaxation(final Exception failure, final Lasted lasted) {
        return !description.cycles() || lasted.frames == 0 || failure != null ? null
            : Relaxation.of(engine, lasted.lastInput, RELAXED_TICKS);
    }
}
