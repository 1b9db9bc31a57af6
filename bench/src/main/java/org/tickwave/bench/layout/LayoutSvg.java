package org.tickwave.bench.layout;

import java.util.List;
import java.util.Locale;
import org.tickwave.bench.net.NetworkDescription;
import org.tickwave.layout.Wiring;

/** A network as a drawing in SVG, from the inputs at the left to the outputs at the right. */
public final class LayoutSvg {
    private static final int COLOURS = 8;
    private static final double ASCENT = 10;
    private static final double HEADING_CHARACTER = 9;
    private static final double MARGIN = 20;
    private static final int MOST_LAYERS = 256;
    private static final int MOST_PROJECTIONS = 2_048;
    /** Characters that XML does not allow, besides those that Printable has replaced. */
    private static final String NOT_IN_XML = "[\\p{Cs}\\uFFFE\\uFFFF]";
    private static final List<String> LEGEND = List.of(
        "level: ticks from a frame to what a layer makes of it.   d: ticks that a projection waits.",
        "p: age of the activation, and q: age of the slope, that an error meets.   T: age of the target.",
        "gate: ticks from the first frame until a layer learns.");
    /** No variables of CSS: some programs that draw SVG do not know them. */
    private static final String STYLE = """
        <style>
        .back { fill: #fff; }
        text { font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 10px; fill: #1b1f24; }
        .name { font-weight: bold; }
        .heading { font-weight: bold; font-size: 14px; }
        .faint { fill: #57606a; }
        .box { fill: #f6f8fa; stroke: #8c959f; }
        .input .box { fill: #ddf4ff; }
        .output .box { fill: #fff1d6; stroke: #1b1f24; stroke-width: 2; }
        .line { fill: none; stroke: #8c959f; stroke-width: 1.3; }
        .tip { fill: #8c959f; }
        .back-way .line { stroke-dasharray: 5 3; }
        .projection:hover .line { stroke-width: 3.5; }
        %s@media (prefers-color-scheme: dark) {
        .back { fill: #0d1117; }
        text { fill: #e6edf3; }
        .faint { fill: #9da7b1; }
        .box { fill: #1c2128; stroke: #6e7681; }
        .input .box { fill: #0c2d6b; }
        .output .box { fill: #4a3000; stroke: #e6edf3; }
        .line { stroke: #6e7681; }
        .tip { fill: #6e7681; }
        %s}
        </style>
        """.formatted(colours(List.of("#0969da", "#cf222e", "#1a7f37", "#8250df", "#bc4c00", "#0e8a8a", "#bf3989", "#7d6608")),
            colours(List.of("#58a6ff", "#ff7b72", "#3fb950", "#bc8cff", "#f0883e", "#39c5cf", "#f778ba", "#d4b72c")));

    private final Plan plan;
    private final Wiring wiring;
    private final Drawing drawing;
    private final StringBuilder svg = new StringBuilder();
    /** How many projections have a colour. */
    private int coloured;

    private LayoutSvg(final Plan plan) {
        this.plan = plan;
        wiring = plan.wiring();
        final double legend = LEGEND.stream().mapToInt(String::length).max().orElseThrow() * Drawing.CHARACTER;
        drawing = new Drawing(plan, Math.max(legend, plan.network().length() * HEADING_CHARACTER) + 2 * MARGIN);
    }

    /**
     * A whole SVG file. It has colours for light and dark screens, and a background of its own.
     *
     * @throws IllegalArgumentException if the network is so large that nobody could read the drawing
     */
    public static String of(final Plan plan) {
        final int layers = plan.wiring().layers();
        final int projections = plan.wiring().projections();
        if (layers > MOST_LAYERS || projections > MOST_PROJECTIONS) {
            throw new IllegalArgumentException("a drawing of " + layers + " layers and " + projections + " projections: expected at most "
                + MOST_LAYERS + " layers and " + MOST_PROJECTIONS + " projections");
        }
        return new LayoutSvg(plan).text();
    }

    private String text() {
        add("<?xml version=\"1.0\" encoding=\"UTF-8\"?>%n");
        add("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\">%n",
            drawing.width(), drawing.height(), drawing.width(), drawing.height());
        add("<title>%s</title>%n", escaped(plan.network()));
        svg.append(STYLE);
        add("<rect class=\"back\" width=\"100%%\" height=\"100%%\"/>%n");
        add("<text class=\"heading\" x=\"20\" y=\"28\">%s</text>%n", escaped(plan.network()));
        add("<text class=\"faint\" x=\"20\" y=\"46\">%s, %s, L = %d</text>%n",
            NetworkDescription.named(plan.description().balance()), plan.rule(), wiring.latency());
        for (int c = 0; c < drawing.columns().all().size(); c++) {
            final Node box = drawing.columns().all().get(c).stream().filter(Node::isBox).findFirst().orElseThrow();
            words("faint", drawing.extent(c).left() + Drawing.PAD, 74, "level " + wiring.level(box.layer));
        }
        for (int k = 1; k <= wiring.projections(); k++) {
            projection(k);
        }
        for (int l = 0; l < wiring.layers(); l++) {
            layer(l);
        }
        double y = drawing.legendTop() + 2 * Drawing.LINE;
        for (final String line : LEGEND) {
            words("faint", MARGIN, y, line);
            y += Drawing.LINE;
        }
        return svg.append("</svg>\n").toString();
    }

    /** Rules for the lines of projections that skip levels or lead back. */
    private static String colours(final List<String> colours) {
        final StringBuilder rules = new StringBuilder();
        for (int i = 0; i < COLOURS; i++) {
            rules.append(String.format(Locale.ROOT, ".k%d .line { stroke: %s; } .k%d .tip { fill: %s; }\n", i, colours.get(i), i, colours.get(i)));
        }
        return rules.toString();
    }

    private void layer(final int l) {
        final Node box = drawing.columns().box(l);
        final Drawing.Extent extent = drawing.extent(box.column);
        add("<g class=\"layer %s\"><title>%s</title>%n", plan.role(l).name().toLowerCase(Locale.ROOT), plan.name(l));
        add("<rect class=\"box\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"5\"/>%n",
            extent.left(), box.top(), extent.right() - extent.left(), box.height);
        final List<String> lines = drawing.lines(l);
        double y = box.y - lines.size() * Drawing.LINE / 2 + ASCENT;
        for (int i = 0; i < lines.size(); i++, y += Drawing.LINE) {
            words(i == 0 ? "name" : "", extent.left() + Drawing.PAD, y, lines.get(i));
        }
        svg.append("</g>\n");
    }

    private void projection(final int k) {
        final Drawing.Line line = drawing.line(k);
        final int columns = drawing.columns().way(k).getLast().column - drawing.columns().way(k).getFirst().column;
        final String kind = (drawing.columns().leadsBack(k) ? " back-way" : "") + (columns == 1 ? "" : " k" + coloured++ % COLOURS);
        final String label = drawing.label(k);
        final double x = line.labelRight() + Drawing.PAD;
        final double y = line.labelY();
        add("<g class=\"projection%s\"><title>%s -&gt; %s</title>%n", kind, plan.name(wiring.from(k)), plan.name(wiring.to(k)));
        add("<path class=\"line\" d=\"%s\"/><polygon class=\"tip\" points=\"%.1f,%.1f %.1f,%.1f %.1f,%.1f\"/>%n", line.path(),
            x + Drawing.ARROW, y, x, y - Drawing.ARROW / 2, x, y + Drawing.ARROW / 2);
        words("", line.labelRight() - label.length() * Drawing.CHARACTER, y - 3, label);
        svg.append("</g>\n");
    }

    /** Text in a fixed width, whatever font the viewer has. */
    private void words(final String kind, final double x, final double y, final String text) {
        add("<text%s x=\"%.1f\" y=\"%.1f\" textLength=\"%.1f\" lengthAdjust=\"spacingAndGlyphs\" xml:space=\"preserve\">%s</text>%n",
            kind.isEmpty() ? "" : " class=\"" + kind + "\"", x, y, text.length() * Drawing.CHARACTER, text);
    }

    private void add(final String format, final Object... arguments) {
        svg.append(String.format(Locale.ROOT, format.replace("%n", "\n"), arguments));
    }

    private static String escaped(final String text) {
        return text.replaceAll(NOT_IN_XML, "?").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
