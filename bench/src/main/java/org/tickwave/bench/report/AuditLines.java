package org.tickwave.bench.report;

import java.util.ArrayList;
import java.util.List;
import org.tickwave.bench.audit.AuditReport;
import org.tickwave.bench.audit.AuditReport.Projection;
import org.tickwave.bench.audit.Reading;
import org.tickwave.bench.page.Html;

/** The lines of the summary about the audits of the gradient. */
final class AuditLines {
    /** Most projections with a line of their own. */
    private static final int MOST = 6;
    private static final int DIGITS = 2;

    private AuditLines() {
    }

    /** Empty if there is no audit. */
    static List<String> lines(final AuditReport audit) {
        final List<String> lines = new ArrayList<>();
        if (audit == null) {
            return lines;
        }
        final String skipped = audit.skipped() == 0 ? "" : ", " + Units.count(audit.skipped()) + " skipped";
        if (audit.done() == 0) {
            lines.add(Summary.aligned("audit", "no audit%s", skipped));
            return lines;
        }
        lines.add(Summary.aligned("audit", "%s audit%s%s%s", Units.count(audit.done()), audit.done() == 1 ? "" : "s", skipped, times(audit)));
        final List<Projection> compared = audit.compared();
        if (compared.isEmpty()) {
            lines.add(Summary.aligned("", "nothing to compare: no layer had learnt from a frame with a target"));
            return lines;
        }
        audit.worst(MOST).forEach(projection -> lines.add(line(projection)));
        if (compared.size() > MOST) {
            lines.add(Summary.aligned("", "these are the %d of %d projections with the largest errors", MOST, compared.size()));
        }
        return lines;
    }

    /** Empty if all audits were made before the run went on: their times are not kept. */
    private static String times(final AuditReport audit) {
        return audit.copyNs().getTotalCount() == 0 || audit.auditNs().getTotalCount() == 0 ? ""
            : "; median times: " + Units.time(audit.copyNs().getValueAtPercentile(50)) + " for the copy between two ticks, "
                + Units.time(audit.auditNs().getValueAtPercentile(50)) + " for an audit on another thread";
    }

    private static String line(final Projection projection) {
        return Summary.aligned("gradient", "%s: off by %s of the true one today, %s at the weights met; cosines %.3f, %.3f;"
            + " forward %s, backward %s, delay %s", projection.name(), error(projection, Reading.RELATIVE_TODAY),
            error(projection, Reading.RELATIVE_MET), projection.mean(Reading.COSINE_TODAY), projection.mean(Reading.COSINE_MET),
            number(projection.median(Reading.FORWARD)), number(projection.median(Reading.BACKWARD)), number(projection.median(Reading.DELAY)));
    }

    private static String error(final Projection projection, final Reading reading) {
        return number(projection.median(reading)) + " (p99 " + number(projection.percentile(reading, 99)) + ")";
    }

    private static String number(final double value) {
        return Html.number(value, DIGITS);
    }
}
