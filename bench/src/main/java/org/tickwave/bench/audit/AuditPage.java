package org.tickwave.bench.audit;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.tickwave.bench.audit.AuditReport.Projection;
import org.tickwave.bench.page.Curve;
import org.tickwave.bench.page.Html;
import org.tickwave.bench.page.Page;

/** A page with the audits of a run over time. */
public final class AuditPage {
    /** Most lines of a chart, and most charts of parts. */
    private static final int MOST = 8;
    private static final List<String> HEADERS = List.of("projection", "error today", "error today, p99", "error at the weights met",
        "error at the weights met, p99", "cosine today",
        "cosine at the weights met", "forward", "backward", "delay");

    private AuditPage() {
    }

    /** @param input name of the stream */
    public static Page of(final AuditReport report, final String input) {
        final Page page = new Page("Audit of the gradient: " + input, "en");
        page.section("Summary").text(String.format(Locale.ROOT, "After %s the gradient that was learnt is compared with sequential backprop in"
            + " double precision. Audits made: %,d. Audits skipped: %,d.",
            report.every() == 1 ? "each frame" : "every " + report.every() + " frames", report.done(), report.skipped()));
        if (report.compared().isEmpty()) {
            return page.text("There was nothing to compare: no layer had learnt from a frame with a target.");
        }
        page.text("An error is the norm of the difference, as a share of the norm of the true gradient. \"Today\" means the weights of the"
            + " audited tick. \"The weights met\" are those with which each layer worked on the frame. The three parts say where the error"
            + " comes from. Forward: the activation that was used is not the frame's. Backward: the error vector that was used is not the"
            + " frame's. Delay: the weights have changed since the frame met them.");
        final List<Projection> shown = report.worst(MOST);
        if (shown.size() < report.compared().size()) {
            page.text("The page shows the " + shown.size() + " of " + report.compared().size() + " projections with the largest errors today.");
        }
        page.table("Medians and percentiles of the errors, means of the cosines", HEADERS, shown.stream().map(AuditPage::row).toList());
        page.section("Over time");
        page.curve(curve(report, shown, "Error at today's weights", "relative error", true, Reading.RELATIVE_TODAY));
        page.curve(curve(report, shown, "Error at the weights that the frame met", "relative error", true, Reading.RELATIVE_MET));
        page.curve(curve(report, shown, "Cosine at today's weights", "cosine", false, Reading.COSINE_TODAY));
        page.section("The three parts of the error");
        for (final Projection projection : shown) {
            page.curve(new Curve(projection.name(), "frame", "share of the true gradient", false, true, frames(report), List.of(
                line("forward", projection, Reading.FORWARD), line("backward", projection, Reading.BACKWARD),
                line("delay", projection, Reading.DELAY))));
        }
        return page;
    }

    private static List<String> row(final Projection of) {
        return List.of(of.name(), Html.number(of.median(Reading.RELATIVE_TODAY)), Html.number(of.percentile(Reading.RELATIVE_TODAY, 99)),
            Html.number(of.median(Reading.RELATIVE_MET)), Html.number(of.percentile(Reading.RELATIVE_MET, 99)), Html.number(of.mean(Reading.COSINE_TODAY)),
            Html.number(of.mean(Reading.COSINE_MET)), Html.number(of.median(Reading.FORWARD)), Html.number(of.median(Reading.BACKWARD)),
            Html.number(of.median(Reading.DELAY)));
    }

    private static Curve curve(
        final AuditReport report, final List<Projection> shown, final String title, final String label, final boolean log, final Reading reading) {
        return new Curve(title, "frame", label, false, log, frames(report),
            shown.stream().map(projection -> line(projection.name(), projection, reading)).toList());
    }

    private static Curve.Line line(final String name, final Projection projection, final Reading reading) {
        return new Curve.Line(name, Arrays.stream(projection.series()[reading.ordinal()]).boxed().toList());
    }

    private static List<Double> frames(final AuditReport report) {
        return IntStream.range(0, report.frames().length).mapToObj(i -> (double) report.frames()[i]).toList();
    }
}
