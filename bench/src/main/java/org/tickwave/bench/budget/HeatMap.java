package org.tickwave.bench.budget;

import java.util.List;
import java.util.stream.Collectors;
import org.tickwave.bench.budget.BudgetReport.Answer;
import org.tickwave.bench.budget.BudgetReport.Cell;
import org.tickwave.bench.budget.BudgetReport.Size;
import org.tickwave.bench.page.Html;

/**
 * The verdicts at one frame rate, by one rule and hold, as a table in HTML: a row for each depth, a column for each width. Every cell says
 * its verdict in a sign and its headroom in a number, so that no reader needs the colours. A thick line is the frontier.
 */
final class HeatMap {
    private static final double FAR = 32;
    private static final double WELL = 8;

    static final String STYLE = """
        .heat table { border-collapse: separate; border-spacing: 2px; }
        .heat td { text-align: right; padding: .25rem .45rem; border: 2px solid transparent; min-width: 3.6rem; white-space: nowrap; }
        .heat th { white-space: nowrap; }
        .heat .far { background: light-dark(#9ec9f5, #0b4a86); }
        .heat .well { background: light-dark(#c4def8, #0a3a68); }
        .heat .fits { background: light-dark(#e3effb, #0a2a4a); }
        .heat .tight { background: light-dark(#fdf0c4, #4d3d06); }
        .heat .sometimes_late { background: light-dark(#fbd5b0, #63330a); }
        .heat .too_slow { background: light-dark(#f3b3ad, #6e1a16); }
        .heat .no_memory { background: var(--panel); }
        .heat .edge-right { border-right-color: var(--ink); }
        .heat .edge-below { border-bottom-color: var(--ink); }
        .heat b { text-decoration: underline; }
        """;

    static final String LEGEND = "+ fits, = tight, ~ sometimes late, ! too slow, M not enough memory. The number is the headroom: the budget divided by"
        + " the time that a tick needs of it, if it is a slow one. Underlined: measured; the others are by the model. The thick line is the"
        + " frontier of what fits.";

    private HeatMap() {
    }

    /** @param cells all cells of the answer's frame rate, rule and hold */
    static String html(final Answer answer, final List<Cell> cells) {
        final List<Integer> depths = cells.stream().map(Cell::depth).distinct().sorted().toList();
        final List<Integer> widths = cells.stream().map(Cell::width).distinct().sorted().toList();
        final String caption = BudgetText.fps(answer.fps()) + " frames/s, " + answer.title();
        final StringBuilder html = new StringBuilder("<div class=\"scroll heat\" tabindex=\"0\" role=\"group\" aria-label=\"")
            .append(Html.text(caption + ". " + alternative(answer))).append("\">\n<table>\n<caption>").append(Html.text(caption))
            .append("</caption>\n<thead><tr><th scope=\"col\">layers \\ width</th>");
        widths.forEach(width -> html.append("<th scope=\"col\">").append(width).append("</th>"));
        html.append("</tr></thead>\n<tbody>\n");
        for (int d = 0; d < depths.size(); d++) {
            html.append("<tr><th scope=\"row\">").append(depths.get(d)).append("</th>");
            for (int w = 0; w < widths.size(); w++) {
                final Cell cell = at(cells, depths.get(d), widths.get(w));
                final Cell right = w + 1 < widths.size() ? at(cells, depths.get(d), widths.get(w + 1)) : null;
                final Cell below = d + 1 < depths.size() ? at(cells, depths.get(d + 1), widths.get(w)) : null;
                html.append(td(cell, right, below));
            }
            html.append("</tr>\n");
        }
        return html.append("</tbody>\n</table>\n<p>").append(Html.text(alternative(answer))).append("</p>\n</div>\n").toString();
    }

    private static Cell at(final List<Cell> cells, final int depth, final int width) {
        return cells.stream().filter(cell -> cell.depth() == depth && cell.width() == width).findFirst().orElseThrow();
    }

    private static String td(final Cell cell, final Cell right, final Cell below) {
        final Verdict verdict = cell.judged();
        final String shade = verdict != Verdict.FITS ? verdict.key() : cell.headroom() >= FAR ? "far" : cell.headroom() >= WELL ? "well" : "fits";
        final String edges = (edge(cell, right) ? " edge-right" : "") + (edge(cell, below) ? " edge-below" : "");
        final String text = sign(verdict) + (verdict == Verdict.NO_MEMORY ? "" : " " + BudgetText.number(cell.headroom()));
        return "<td class=\"" + shade + edges + "\" title=\"" + Html.text(cell.network() + ": " + verdict.words()) + "\">"
            + (cell.measured() ? "<b>" + text + "</b>" : text) + "</td>";
    }

    private static boolean edge(final Cell cell, final Cell next) {
        return next != null && cell.judged() == Verdict.FITS != (next.judged() == Verdict.FITS);
    }

    private static String sign(final Verdict verdict) {
        return switch (verdict) {
            case FITS -> "+";
            case TIGHT -> "=";
            case SOMETIMES_LATE -> "~";
            case TOO_SLOW -> "!";
            case NO_MEMORY -> "M";
        };
    }

    /** The frontier in words. */
    static String alternative(final Answer answer) {
        if (answer.widestByDepth().isEmpty()) {
            return "Nothing fits.";
        }
        return "The widest that fits: " + answer.widestByDepth().stream().map(HeatMap::widest).collect(Collectors.joining(", ")) + ".";
    }

    private static String widest(final Size size) {
        return size.width() + " with " + size.depth() + (size.depth() == 1 ? " layer" : " layers");
    }
}
