package org.tickwave.bench.page;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.tickwave.safetensors.file.AtomicFile;
import org.tickwave.safetensors.file.FileException;

/**
 * One HTML page in one file, for light and dark screens. The page loads nothing from the network, and its own policy forbids it to.
 * Parts stand in the page in the order of the calls. All text is escaped, except where a parameter is said to be HTML or SVG.
 */
public final class Page {
    private static final int HEADINGS_FOR_CONTENTS = 3;

    private final String title;
    private final String language;
    private final StringBuilder body = new StringBuilder();
    private final List<String> headings = new ArrayList<>();
    private final Set<String> styles = new LinkedHashSet<>();
    private final Set<String> scripts = new LinkedHashSet<>();
    private int curves;
    private boolean live;

    /** @param language a code such as {@code en} */
    public Page(final String title, final String language) {
        this.title = title;
        this.language = language;
    }

    /** Starts a section. */
    public Page section(final String heading) {
        if (!headings.isEmpty()) {
            body.append("</section>\n");
        }
        headings.add(heading);
        final String id = "section-" + headings.size();
        body.append("<section aria-labelledby=\"").append(id).append("\">\n<h2 id=\"").append(id).append("\">")
            .append(Html.text(heading)).append("</h2>\n");
        return this;
    }

    /** Adds a paragraph. */
    public Page text(final String paragraph) {
        body.append("<p>").append(Html.text(paragraph)).append("</p>\n");
        return this;
    }

    /**
     * Adds a table. The first cell of each row is the row's heading.
     *
     * @param caption says what the table shows
     */
    public Page table(final String caption, final List<String> headers, final List<List<String>> rows) {
        body.append(tableHtml(caption, headers, rows));
        return this;
    }

    /**
     * Adds a chart, and a table of its numbers that a reader can open. NaN and infinite values are gaps; so are values that are
     * not positive if their axis is logarithmic.
     *
     * @throws IllegalArgumentException if the curve has no line, a line of another length than x, or an x that falls
     */
    public Page curve(final Curve curve) {
        CurveHtml.check(curve);
        body.append(CurveHtml.of(curve, ++curves));
        return this;
    }

    /**
     * Adds a drawing.
     *
     * @param svg         a whole SVG document; not escaped
     * @param caption     stands below the drawing
     * @param alternative says in words what the drawing shows
     */
    public Page svg(final String svg, final String caption, final String alternative) {
        body.append("<figure class=\"drawing\">\n<div role=\"img\" aria-label=\"").append(Html.text(alternative)).append("\">")
            .append(svg.replaceFirst("^<\\?xml[^>]*>\\s*", "")).append("</div>\n<figcaption>").append(Html.text(caption))
            .append("</figcaption>\n</figure>\n");
        return this;
    }

    /** Adds HTML as it is; not escaped. */
    public Page html(final String html) {
        body.append(html);
        return this;
    }

    /**
     * Adds a style sheet and a script to the page. A second call with the same names changes nothing.
     *
     * @param beside a class of the package that has both as resources
     * @param style  name of the style sheet
     * @param script name of the script; it runs when the whole page has been read
     */
    public Page assets(final Class<?> beside, final String style, final String script) {
        styles.add(Inlined.read(beside, style));
        scripts.add(Inlined.read(beside, script));
        return this;
    }

    /** Lets the page listen to the server that it comes from, and to no other. */
    public Page live() {
        live = true;
        return this;
    }

    /** Adds a style sheet. */
    public Page style(final String css) {
        styles.add(css);
        return this;
    }

    /** The whole page. More parts can follow; then the next call returns a longer page. */
    public String html() {
        final List<String> all = new ArrayList<>();
        if (curves > 0) {
            all.add(Inlined.chartScript());
        }
        all.add(Inlined.read(Page.class, "page.js"));
        all.addAll(scripts);
        final StringBuilder html = new StringBuilder("<!DOCTYPE html>\n<html lang=\"").append(Html.text(language)).append("\">\n");
        head(html, all);
        html.append("<body>\n<header>\n<h1>").append(Html.text(title))
            .append("</h1>\n<button type=\"button\" id=\"theme\" hidden>Theme: as the system</button>\n</header>\n");
        contents(html);
        html.append("<main>\n").append(body).append(headings.isEmpty() ? "" : "</section>\n").append("</main>\n");
        all.forEach(script -> html.append("<script>").append(script).append("</script>\n"));
        return html.append("</body>\n</html>\n").toString();
    }

    /**
     * Writes the page as a whole or not at all.
     *
     * @throws FileException if the file cannot be written; an old file is unchanged
     */
    public void write(final Path file) throws FileException {
        final byte[] bytes = html().getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(file, out -> out.write(bytes));
    }

    private void head(final StringBuilder html, final List<String> all) {
        html.append("<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
            + "base-uri 'none'; form-action 'none'; style-src 'unsafe-inline'; img-src data:; " + (live ? "connect-src 'self'; " : "") + "script-src ")
            .append(all.stream().map(Inlined::hash).collect(Collectors.joining(" ")))
            .append("\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"icon\" href=\"data:,\">\n<title>")
            .append(Html.text(title)).append("</title>\n<style>\n");
        if (curves > 0) {
            html.append(Inlined.chartStyle());
        }
        html.append(Inlined.read(Page.class, "page.css"));
        styles.forEach(html::append);
        html.append("</style>\n</head>\n");
    }

    private void contents(final StringBuilder html) {
        if (headings.size() < HEADINGS_FOR_CONTENTS) {
            return;
        }
        html.append("<nav aria-label=\"Contents\">\n<ul>\n");
        for (int i = 0; i < headings.size(); i++) {
            html.append("<li><a href=\"#section-").append(i + 1).append("\">").append(Html.text(headings.get(i))).append("</a></li>\n");
        }
        html.append("</ul>\n</nav>\n");
    }

    /** A table in a box of its own, which scrolls if the table is wider than the screen. */
    public static String tableHtml(final String caption, final List<String> headers, final List<List<String>> rows) {
        final StringBuilder html = new StringBuilder("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"")
            .append(Html.text(caption)).append("\">\n<table>\n<caption>").append(Html.text(caption)).append("</caption>\n<thead><tr>");
        headers.forEach(header -> html.append("<th scope=\"col\">").append(Html.text(header)).append("</th>"));
        html.append("</tr></thead>\n<tbody>\n");
        for (final List<String> row : rows) {
            html.append("<tr>");
            for (int c = 0; c < row.size(); c++) {
                final String cell = Html.text(row.get(c));
                html.append(c == 0 ? "<th scope=\"row\">" + cell + "</th>" : "<td>" + cell + "</td>");
            }
            html.append("</tr>\n");
        }
        return html.append("</tbody>\n</table>\n</div>\n").toString();
    }
}
