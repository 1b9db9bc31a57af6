package org.tickwave.bench.paper;

import java.util.List;
import org.tickwave.bench.page.Html;
import org.tickwave.bench.page.Page;

/** A claim on the page. */
final class ClaimHtml {
    /** Ends a claim, after its curves. */
    static final String END = "</article>\n";

    private ClaimHtml() {
    }

    static String mark(final boolean holds) {
        return holds ? "✓ within bounds" : "✗ out of bounds";
    }

    static String of(final Claim claim) {
        final StringBuilder html = new StringBuilder("<article class=\"claim\">\n<h3>").append(Html.text(claim.id()))
            .append(" <span class=\"mark ").append(claim.holds() ? "good" : "bad").append("\">").append(mark(claim.holds()))
            .append("</span></h3>\n<p class=\"says\">").append(Html.text(claim.text())).append("</p>\n<dl>\n<dt>Test</dt><dd>")
            .append(Html.text(claim.test())).append("</dd>\n<dt>Verdict</dt><dd>").append(Html.text(claim.verdict())).append("</dd>\n</dl>\n");
        if (!claim.numbers().isEmpty()) {
            html.append(Page.tableHtml("Numbers of " + claim.id(), List.of("What", "Value", "Bound", ""), claim.numbers().stream()
                .map(ClaimHtml::row).toList()));
        }
        return html.toString();
    }

    private static List<String> row(final Claim.Measured number) {
        return List.of(number.name(), Html.number(number.value()), number.bound().isEmpty() ? "–" : number.bound(),
            number.bound().isEmpty() ? "" : number.holds() ? "✓ keeps it" : "✗ does not");
    }
}
