package org.tickwave.bench.rows;

import org.tickwave.Engine;
import org.tickwave.bench.report.Report;
import org.tickwave.bench.report.RunDescription;
import org.tickwave.bench.report.Units;
import org.tickwave.bench.score.RowScores;
import org.tickwave.bench.session.Session;
import org.tickwave.bench.session.SessionObserver;
import org.tickwave.bench.setup.RunFailure;
import org.tickwave.bench.setup.RunOptions;
import org.tickwave.bench.setup.RunPlan;

/** The engine, in the session that {@code run --pace none} makes of a table. */
final class EnginePass implements Pass {
    private final RowTable table;
    private final RunPlan plan;
    private final Engine engine;
    private final Session session;
    private volatile boolean stopped;

    EnginePass(final RowTable table) throws RunFailure {
        this.table = table;
        final RunOptions options = OwnLearners.options();
        final RowStream stream = new RowStream(table);
        plan = RunPlan.of(options, stream);
        engine = Engine.open(plan.description().network(), plan.context());
        session = plan.session(options, plan.feed(stream, null, 1, Long.MAX_VALUE), engine, null, null, SessionObserver.NOTHING, Double.POSITIVE_INFINITY);
    }

    @Override
    public String settings() {
        final RunDescription of = plan.description();
        return of.networkText() + ", rule " + of.rule() + ", hold " + of.hold().ticks() + ", rate " + Units.number(of.rate()) + ", threads "
            + of.threads().count();
    }

    @Override
    public void run() throws RunFailure {
        final Report report = session.run();
        if (report.end() != Report.End.STREAM && !stopped) {
            throw RunFailure.failed(table.name() + ": tickwave ended after " + report.counts().frames() + " rows: "
                + (report.guardTrip() != null ? report.guardTrip().getMessage() : report.end()));
        }
    }

    @Override
    public RowScores scores() {
        return (RowScores) session.scores();
    }

    @Override
    public void stop() {
        stopped = true;
        session.stop();
    }

    @Override
    public void close() {
        engine.close();
    }
}
