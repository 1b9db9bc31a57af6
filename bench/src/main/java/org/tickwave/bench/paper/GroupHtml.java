package org.tickwave.bench.paper;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tickwave.bench.page.Html;
import org.tickwave.bench.page.Page;

/** The pictures that share a number on the page: one for each rule, of which the reader chooses one. */
final class GroupHtml {
    static final String LEGEND = """
        <ul class="key">
        <li><span class="swatch forward"></span>Red: the forward wave. The number is the frame whose input, changed alone, changes
        the activation.</li>
        <li><span class="swatch backward"></span>Blue: the backward wave. The number is the frame whose target, changed alone, changes
        the error.</li>
        <li><span class="swatch ring"></span>Heavy border: the gradient in the cell is exact, up to rounding.</li>
        </ul>
        <p>Move the scrubber to walk through time. Click a cell, or move to it with the arrow keys and press Enter: the panel says what meets
        in it, and its two waves stand out. Escape ends that.</p>
        """;

    private GroupHtml() {
    }

    /**
     * @param place on the page, from 1
     * @param group figures with the same number
     * @param files the name of each figure's file
     */
    static String of(final int place, final List<Figure> group, final Map<Figure, String> files) {
        final Figure first = group.getFirst();
        final StringBuilder html = new StringBuilder("<div class=\"group\">\n<h3>").append(Html.text(FigureText.heading(first))).append("</h3>\n");
        if (group.size() > 1) {
            html.append("<fieldset class=\"rules\"><legend>Learning rule</legend>\n");
            for (int i = 0; i < group.size(); i++) {
                html.append("<label><input type=\"radio\" name=\"rule-").append(place).append("\" value=\"").append(i).append("\" data-rule=\"")
                    .append(Html.text(group.get(i).rule())).append(i == 0 ? "\" checked" : "\"").append("><span>")
                    .append(Html.text(group.get(i).rule())).append("</span></label>\n");
            }
            html.append("</fieldset>\n");
        }
        for (int i = 0; i < group.size(); i++) {
            view(html, group.get(i), i, files.get(group.get(i)), group.size() > 1 && !group.get(i).title().equals(first.title()));
        }
        return html.append("</div>\n").toString();
    }

    private static void view(final StringBuilder html, final Figure figure, final int number, final String file, final boolean titled) {
        final int last = FigureText.lastTick(figure);
        html.append("<figure class=\"view\"").append(number == 0 ? ">\n<figcaption>" : " hidden>\n<figcaption>")
            .append(titled ? "<strong>" + Html.text(figure.title()) + "</strong> " : "").append(Html.text(figure.caption()))
            .append(" <span class=\"rule\">Rule: ").append(Html.text(figure.rule()))
            .append(".</span></figcaption>\n<div class=\"walk\">\n<button type=\"button\" class=\"play\">Play</button>\n"
                + "<label>Tick <input type=\"range\" min=\"").append(figure.firstTick()).append("\" max=\"").append(last).append("\" value=\"")
            .append(last).append("\" step=\"1\"></label>\n<output>").append(last).append("</output>\n</div>\n")
            .append("<p class=\"row-says\" aria-live=\"polite\">").append(Html.text(FigureText.row(figure, figure.cells().size() - 1))).append("</p>\n<div class=\"stage\" style=\"--columns: ")
            .append(figure.layers().size()).append("\">\n")
            .append(FigureSvg.inPage(figure))
            .append("<aside class=\"panel\" aria-live=\"polite\" aria-label=\"The chosen cell\"><p>Choose a cell.</p></aside>\n</div>\n")
            .append("<details><summary>This figure in words and as a table</summary>\n<p>").append(Html.text(FigureText.summary(figure)))
            .append("</p>\n");
        final List<String> headers = new ArrayList<>(List.of("Tick"));
        figure.layers().forEach(layer -> headers.add(layer.name()));
        html.append(Page.tableHtml("For each layer: frame of the forward wave | frame of the target", headers, FigureText.table(figure)))
            .append("</details>\n<p class=\"file\">As a file: <a href=\"").append(file).append("\">").append(file).append("</a></p>\n</figure>\n");
    }
}
