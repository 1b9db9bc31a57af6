package org.tickwave.bench.paper;

import java.util.List;
import java.util.Locale;
import org.tickwave.bench.page.Html;

/**
 * A figure as a drawing in SVG: layers across, time down. The left half of a cell is red and has the number of the frame that the
 * forward wave brought; the right half is blue and has the number of the frame whose target the backward wave brought. A heavy
 * border marks an exact gradient.
 */
public final class FigureSvg {
    private static final int CELL = 54;
    private static final int ROW = 29;
    private static final int WIDTH = CELL - 2;
    private static final int HEIGHT = ROW - 2;
    private static final int HALF = WIDTH / 2;
    private static final int LEFT = 44;
    private static final int NAMES = 24;
    private static final int HEADING = 66;
    private static final int LEGEND = 74;
    private static final int LONGEST_NAME = 8;
    private static final int MARGIN = 8;
    private static final int CHARACTER = 8;
    /** A half of a cell has a stripe for each frame, but not more than this. */
    private static final int MOST_STRIPES = 4;

    private final Figure figure;
    private final boolean inPage;
    private final int top;
    private final StringBuilder svg = new StringBuilder();

    private FigureSvg(final Figure figure, final boolean inPage) {
        this.figure = figure;
        this.inPage = inPage;
        top = inPage ? NAMES : HEADING + NAMES;
    }

    /** A whole SVG file, with colours for light and dark screens, a legend, and a background of its own. */
    public static String of(final Figure figure) {
        return new FigureSvg(figure, false).file();
    }

    /** A grid of cells for a page, which has the style and a script. Each cell has its text as its title. */
    static String inPage(final Figure figure) {
        return new FigureSvg(figure, true).grid();
    }

    private int gridWidth() {
        return LEFT + figure.layers().size() * CELL + MARGIN;
    }

    private int gridBottom() {
        return top + figure.cells().size() * ROW;
    }

    private String file() {
        final String heading = FigureText.heading(figure);
        final String below = figure.rule() + ": layers from left to right, ticks from top to bottom";
        final int words = MARGIN * 2 + CHARACTER * Math.max(heading.length(), below.length());
        final int width = Math.max(Math.max(gridWidth(), words), LEFT + 480);
        final int height = gridBottom() + LEGEND;
        add("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"figure\" role=\"img\" "
            + "aria-labelledby=\"title desc\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\">\n", width, height, width, height);
        add("<title id=\"title\">%s</title>\n<desc id=\"desc\">%s</desc>\n", Html.text(heading + ", " + figure.rule()),
            Html.text(figure.caption() + " " + FigureText.summary(figure)));
        svg.append("<style>\n").append(FigureStyle.standAlone()).append("</style>\n<rect class=\"back\" width=\"100%\" height=\"100%\"/>\n");
        add("<text class=\"heading\" x=\"%d\" y=\"24\">%s</text>\n<text class=\"faint\" x=\"%d\" y=\"44\">%s</text>\n", MARGIN,
            Html.text(heading), MARGIN, Html.text(below));
        names();
        rows();
        legend();
        return svg.append("</svg>\n").toString();
    }

    private String grid() {
        add("<svg class=\"figure\" role=\"grid\" aria-label=\"%s\" viewBox=\"0 0 %d %d\">\n",
            Html.text(FigureText.heading(figure) + ", " + figure.rule() + ". Arrow keys move between cells, Enter chooses a cell."),
            gridWidth(), gridBottom() + MARGIN);
        names();
        rows();
        add("<rect class=\"now\" x=\"2\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\"/>\n", top - 1, gridWidth() - 4, ROW);
        return svg.append("</svg>\n").toString();
    }

    private void names() {
        add("<g%s>\n<text class=\"faint tick\"%s x=\"%d\" y=\"%d\">tick</text>\n", role("row"), role("columnheader"), LEFT - 10, top - 9);
        for (int l = 0; l < figure.layers().size(); l++) {
            final String name = figure.layers().get(l).name();
            final String shown = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME - 1) + "…" : name;
            add("<text class=\"name\"%s x=\"%d\" y=\"%d\">%s%s</text>\n", role("columnheader"), LEFT + l * CELL + WIDTH / 2, top - 9,
                name.equals(shown) ? "" : "<title>" + Html.text(name) + "</title>", Html.text(shown));
        }
        svg.append("</g>\n");
    }

    private void rows() {
        for (int row = 0; row < figure.cells().size(); row++) {
            final int tick = figure.firstTick() + row;
            add("<g class=\"row\"%s%s>\n<text class=\"faint tick\"%s x=\"%d\" y=\"%d\">%d</text>\n", role("row"),
                inPage ? " data-tick=\"" + tick + "\" data-says=\"" + Html.text(FigureText.row(figure, row)) + "\"" : "",
                role("rowheader"), LEFT - 10, top + row * ROW + 18, tick);
            for (int l = 0; l < figure.layers().size(); l++) {
                cell(row, l);
            }
            svg.append("</g>\n");
        }
    }

    private void cell(final int row, final int layer) {
        final Cell cell = figure.cells().get(row).get(layer);
        final String page = inPage ? " role=\"gridcell\" tabindex=\"-1\"" + data("f", cell.forward()) + data("b", cell.targets()) : "";
        add("<g class=\"cell%s\"%s transform=\"translate(%d %d)\"><title>%s</title>", cell.exact() ? " exact" : "", page,
            LEFT + layer * CELL, top + row * ROW, Html.text(String.join("\n", FigureText.cell(figure, row, layer))));
        final boolean input = FigureText.isInput(figure, layer);
        half("f", 0, input ? WIDTH : HALF, cell.forward());
        if (!input) {
            half("b", HALF, HALF, cell.targets());
        }
        if (cell.exact()) {
            add("<rect class=\"ring\" x=\"1\" y=\"1\" width=\"%d\" height=\"%d\" rx=\"3\"/>", WIDTH - 2, HEIGHT - 2);
        }
        svg.append("</g>\n");
    }

    private static String data(final String wave, final List<Integer> frames) {
        return frames.isEmpty() ? "" : " data-" + wave + "=\"" + String.join(" ", frames.stream().map(String::valueOf).toList()) + "\"";
    }

    /** One wave in a cell: a stripe for each frame, and the numbers of the frames. */
    private void half(final String wave, final int x, final int width, final List<Integer> frames) {
        if (frames.isEmpty()) {
            add("<path class=\"void\" d=\"M%d 0h%dv%dh-%dz\"/>", x, width, HEIGHT, width);
            return;
        }
        add("<g class=\"h%s\">", wave);
        final int stripes = Math.min(frames.size(), MOST_STRIPES);
        for (int i = 0; i < stripes; i++) {
            final double left = x + (double) width * i / stripes;
            add("<path class=\"%s%d\" d=\"M%s 0h%sv%dh-%sz\"/>", wave, shade(frames, i, stripes), plain(left), plain((double) width / stripes),
                HEIGHT, plain((double) width / stripes));
        }
        final String label = FigureText.label(frames);
        if (stripes > 1) {
            // The number stands on a plate of one shade: no ink can be read on all stripes.
            add("<rect class=\"%s0\" x=\"%d\" y=\"8\" width=\"%d\" height=\"11\" rx=\"2\"/>", wave, x + 1, width - 2);
        }
        final int size = label.length() <= 2 ? 2 : label.length() == 3 ? 3 : 5;
        add("<text class=\"n%d on%d\" x=\"%s\" y=\"%s\">%s</text></g>", size, stripes > 1 ? 0 : shade(frames, 0, 1),
            plain(x + width / 2.0), size == 5 ? "16.5" : "18", label);
    }

    /** Of many frames, the stripes show some from the first to the last. */
    private int shade(final List<Integer> frames, final int stripe, final int stripes) {
        return FigureStyle.shade(figure, frames.get(stripes == 1 ? 0 : stripe * (frames.size() - 1) / (stripes - 1)));
    }

    private void legend() {
        final int y = gridBottom() + 12;
        final int shade = FigureStyle.SHADES / 2;
        add("<path class=\"f%d\" d=\"M%d %dh%dv16h-%dz\"/><text x=\"%d\" y=\"%d\">forward wave: the frame whose input, changed alone, changes the "
            + "activation</text>\n", shade, LEFT, y, HALF, HALF, LEFT + HALF + 8, y + 12);
        add("<path class=\"b%d\" d=\"M%d %dh%dv16h-%dz\"/><text x=\"%d\" y=\"%d\">backward wave: the frame whose target, changed alone, changes the "
            + "error</text>\n", shade, LEFT, y + 20, HALF, HALF, LEFT + HALF + 8, y + 32);
        add("<rect class=\"ring\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"14\" rx=\"3\"/><text x=\"%d\" y=\"%d\">heavy border: the gradient is "
            + "exact, up to rounding</text>\n", LEFT + 1, y + 41, HALF - 2, LEFT + HALF + 8, y + 52);
    }

    private String role(final String role) {
        return inPage ? " role=\"" + role + "\"" : "";
    }

    private static String plain(final double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.2f", value);
    }

    private void add(final String format, final Object... arguments) {
        svg.append(String.format(Locale.ROOT, format, arguments));
    }
}
