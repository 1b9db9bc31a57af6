package org.tickwave.bench.session;

import org.tickwave.bench.audit.Audit;
import org.tickwave.bench.audit.AuditReport;
import org.tickwave.bench.audit.AuditResults;
import org.tickwave.bench.keep.Archive;

/** Lets an audit follow a session. Without an audit no method does anything. */
final class SessionAudit {
    private final StopRequest stop;
    private Audit audit;
    private AuditReport report;

    SessionAudit(final StopRequest stop) {
        this.stop = stop;
    }

    void set(final Audit newAudit) {
        audit = newAudit;
    }

    /** @param target null if the frame has none */
    void fed(final float[] target) {
        if (audit != null) {
            audit.fed(target);
        }
    }

    /** @param tick of the frame, from 0 */
    void ticked(final long frames, final int tick, final TickTimes times) {
        if (audit != null && audit.due(frames, tick)) {
            audit.ticked(frames, times.leftNs(tick));
        }
    }

    /**
     * Waits for the last audit, until Ctrl-C.
     *
     * @return null without an audit
     */
    AuditReport finish() {
        if (audit != null && report == null) {
            report = audit.finish(stop::interrupted);
        }
        return report;
    }

    /** The error of the gradient by the newest audit, at the worst projection; NaN without one. */
    double newest() {
        return audit == null ? Double.NaN : audit.newest();
    }

    void keep(final Archive archive) {
        if (audit != null) {
            audit.keep(archive);
        }
    }

    /** A copy of what the audits have found so far; null without an audit. */
    AuditResults results() {
        return audit == null ? null : audit.results();
    }

    /** Goes on after results of audits; there must be an audit. */
    void goOn(final AuditResults before) {
        audit.goOn(before);
    }

    void close() {
        if (audit != null) {
            audit.close();
        }
    }
}
