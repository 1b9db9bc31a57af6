package org.tickwave.bench.page;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.tickwave.bench.json.Json;

/** A chart in a page: a caption, a place for the chart, the chart's data for the script, and a table of the same data. */
final class CurveHtml {
    private static final int MOST_ROWS = 200;

    private CurveHtml() {
    }

    static String of(final Curve curve, final int number) {
        final String id = "curve-" + number;
        return "<figure class=\"curve\">\n<figcaption>" + Html.text(curve.title()) + "</figcaption>\n"
            + "<div class=\"plot\" id=\"" + id + "\" role=\"group\" aria-label=\"" + Html.text(alternative(curve)) + "\"></div>\n"
            // Json.LINE escapes the characters that could end a script element, and keeps null, which is a gap.
            + "<script type=\"application/json\" id=\"" + id + "-data\">" + Json.LINE.toJson(json(curve)) + "</script>\n"
            + "<details><summary>The numbers of this chart</summary>\n" + numbers(curve) + "</details>\n</figure>\n";
    }

    static void check(final Curve curve) {
        if (curve.lines().isEmpty()) {
            throw new IllegalArgumentException(curve.title() + ": no line: expected at least one");
        }
        for (final Curve.Line line : curve.lines()) {
            if (line.y().size() != curve.x().size()) {
                throw new IllegalArgumentException(curve.title() + ": line " + line.name() + " has " + line.y().size()
                    + " values: expected one for each of the " + curve.x().size() + " values of x");
            }
        }
        for (int i = 1; i < curve.x().size(); i++) {
            if (!(curve.x().get(i) >= curve.x().get(i - 1))) {
                throw new IllegalArgumentException(curve.title() + ": x[" + i + "] is " + curve.x().get(i) + " after "
                    + curve.x().get(i - 1) + ": expected rising values");
            }
        }
    }

    /** What the chart shows, in words. */
    private static String alternative(final Curve curve) {
        final StringBuilder text = new StringBuilder(curve.title()).append(". Line chart of ").append(curve.yLabel()).append(" against ")
            .append(curve.xLabel()).append('.');
        for (final Curve.Line line : curve.lines()) {
            final double[] finite = line.y().stream().mapToDouble(Double::doubleValue).filter(Double::isFinite).toArray();
            text.append(' ').append(line.name());
            if (finite.length == 0) {
                text.append(" has no values.");
            } else {
                double least = finite[0];
                double most = finite[0];
                for (final double value : finite) {
                    least = Math.min(least, value);
                    most = Math.max(most, value);
                }
                text.append(" starts at ").append(Html.number(finite[0])).append(" and ends at ").append(Html.number(finite[finite.length - 1]))
                    .append("; it lies between ").append(Html.number(least)).append(" and ").append(Html.number(most)).append('.');
            }
        }
        return text.append(" The numbers are in the table below the chart.").toString();
    }

    private static JsonObject json(final Curve curve) {
        final JsonObject json = new JsonObject();
        json.addProperty("x", curve.xLabel());
        json.addProperty("y", curve.yLabel());
        json.addProperty("xLog", curve.xLog());
        json.addProperty("yLog", curve.yLog());
        final JsonArray names = new JsonArray();
        final JsonArray values = new JsonArray();
        final List<Integer> shown = drawable(curve);
        values.add(values(curve.x(), shown, false));
        for (final Curve.Line line : curve.lines()) {
            names.add(line.name());
            values.add(values(line.y(), shown, curve.yLog()));
        }
        json.add("names", names);
        json.add("values", values);
        return json;
    }

    /** The places whose x the axis can show. */
    private static List<Integer> drawable(final Curve curve) {
        final List<Integer> places = new ArrayList<>();
        for (int i = 0; i < curve.x().size(); i++) {
            final double x = curve.x().get(i);
            if (Double.isFinite(x) && (x > 0 || !curve.xLog())) {
                places.add(i);
            }
        }
        return places;
    }

    private static JsonArray values(final List<Double> all, final List<Integer> places, final boolean log) {
        final JsonArray values = new JsonArray();
        for (final int i : places) {
            final double value = all.get(i);
            if (Double.isFinite(value) && (value > 0 || !log)) {
                values.add(value);
            } else {
                values.add(JsonNull.INSTANCE);
            }
        }
        return values;
    }

    private static String numbers(final Curve curve) {
        final List<String> headers = new ArrayList<>(List.of(curve.xLabel()));
        curve.lines().forEach(line -> headers.add(line.name()));
        final int n = curve.x().size();
        final int rows = Math.min(n, MOST_ROWS);
        final List<List<String>> cells = new ArrayList<>();
        for (int r = 0; r < rows; r++) {
            // The first and the last are always there.
            final int i = rows == n ? r : (int) ((long) r * (n - 1) / (rows - 1));
            final List<String> row = new ArrayList<>(List.of(Html.number(curve.x().get(i))));
            curve.lines().forEach(line -> row.add(Html.number(line.y().get(i))));
            cells.add(row);
        }
        final String left = rows == n ? "" : "<p>" + rows + " of " + n + " rows, evenly spaced.</p>\n";
        return left + Page.tableHtml(curve.title(), headers, cells);
    }
}
