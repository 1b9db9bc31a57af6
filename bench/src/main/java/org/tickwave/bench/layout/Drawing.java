package org.tickwave.bench.layout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.tickwave.Feedback;
import org.tickwave.bench.net.NetworkDescription;
import org.tickwave.layout.Wiring;

/**
 * The coordinates of a drawing, in pixels. Each projection ends at a port of its own, with its label before the port. A column begins
 * with room for these labels; the boxes stand behind them.
 */
final class Drawing {
    static final double LINE = 15;
    static final double CHARACTER = 6.1;
    static final double PAD = 8;
    static final double ARROW = 8;

    private static final double MARGIN = 20;
    private static final double HEADING = 70;
    private static final double LEGEND = 90;
    private static final double BETWEEN = 16;
    private static final double LEAST_GAP = 44;
    private static final double MOST_GAP = 240;
    private static final double STEEPNESS = 5;
    private static final double TRACK = 10;

    /** Horizontal extent of a column: labels stand from {@code labels}, boxes from {@code left} to {@code right}. */
    record Extent(double labels, double left, double right) {
    }

    /** The line of a projection as the data of an SVG path, and the end of its label. */
    record Line(String path, double labelRight, double labelY) {
    }

    private final Plan plan;
    private final Wiring wiring;
    private final Columns columns;
    private final Extent[] extents;
    private final double[] fromY;
    private final double[] toY;
    private final double width;
    private final double height;

    Drawing(final Plan plan, final double leastWidth) {
        this.plan = plan;
        wiring = plan.wiring();
        columns = new Columns(wiring);
        fromY = new double[wiring.projections() + 1];
        toY = new double[wiring.projections() + 1];
        for (final List<Node> column : columns.all()) {
            column.forEach(node -> node.height = node.isBox() ? boxHeight(node.layer) : LINE);
        }
        columns.spread(BETWEEN / 2);
        final double top = nodes().stream().mapToDouble(Node::top).min().orElseThrow();
        nodes().forEach(node -> node.y += HEADING + MARGIN - top);
        for (int l = 0; l < wiring.layers(); l++) {
            final Node box = columns.box(l);
            ports(box, wiring.outOf(l), fromY, k -> columns.leadsBack(k) ? Double.MAX_VALUE : columns.way(k).get(1).y);
            ports(box, wiring.into(l), toY,
                k -> columns.leadsBack(k) ? Double.MAX_VALUE : columns.way(k).get(columns.way(k).size() - 2).y);
        }
        extents = new Extent[columns.all().size()];
        double x = MARGIN;
        for (int c = 0; c < extents.length; c++) {
            extents[c] = extent(c, x);
            x = extents[c].right + gap(c);
        }
        width = Math.max(x + MARGIN, leastWidth);
        height = bottom() + backwards().count() * TRACK + LEGEND;
    }

    private List<Node> nodes() {
        return columns.all().stream().flatMap(List::stream).toList();
    }

    private IntStream backwards() {
        return IntStream.rangeClosed(1, wiring.projections()).filter(columns::leadsBack);
    }

    private double bottom() {
        return nodes().stream().mapToDouble(Node::bottom).max().orElseThrow() + BETWEEN;
    }

    private double boxHeight(final int layer) {
        final int ports = Math.max(wiring.into(layer).length, wiring.outOf(layer).length);
        return Math.max(lines(layer).size(), ports) * LINE + 2 * PAD;
    }

    /** Orders the ends of projections at one side of a box by where their lines come from, and puts them around its middle. */
    private static void ports(final Node box, final int[] projections, final double[] y, final IntToDoubleFunction other) {
        final List<Integer> order = IntStream.of(projections).boxed().sorted(Comparator.comparingDouble(other::applyAsDouble)).toList();
        for (int i = 0; i < order.size(); i++) {
            y[order.get(i)] = box.y + (i - (order.size() - 1) / 2.0) * LINE;
        }
    }

    private Extent extent(final int column, final double x) {
        double labels = 0;
        double boxes = 0;
        for (final Node node : columns.all().get(column)) {
            if (node.isBox()) {
                for (final int k : wiring.into(node.layer)) {
                    labels = Math.max(labels, label(k).length() * CHARACTER + 2 * PAD + ARROW);
                }
                boxes = Math.max(boxes, lines(node.layer).stream().mapToInt(String::length).max().orElseThrow() * CHARACTER + 2 * PAD);
            }
        }
        return new Extent(x, x + labels, x + labels + boxes);
    }

    /** The room after a column: more if lines are steep, and a track for each way back that turns there. */
    private double gap(final int column) {
        double steepest = 0;
        for (int k = 1; k <= wiring.projections(); k++) {
            final List<Node> way = columns.way(k);
            for (int i = 1; !columns.leadsBack(k) && i < way.size(); i++) {
                if (way.get(i - 1).column == column) {
                    steepest = Math.max(steepest, Math.abs(y(k, i - 1, true) - y(k, i, false)));
                }
            }
        }
        final double curves = Math.clamp(steepest / STEEPNESS, LEAST_GAP, MOST_GAP);
        return (column == extents.length - 1 ? 0 : curves) + (beginnings(column).size() + ends(column + 1).size() + 1) * TRACK;
    }

    /** The ways back that begin in a column. They turn in the gap after it. */
    private List<Integer> beginnings(final int column) {
        return backwards().filter(k -> columns.way(k).getFirst().column == column).boxed().toList();
    }

    /** The ways back that end in a column. They turn in the gap before it. */
    private List<Integer> ends(final int column) {
        return backwards().filter(k -> columns.way(k).getLast().column == column).boxed().toList();
    }

    private double y(final int projection, final int index, final boolean leaving) {
        final Node node = columns.way(projection).get(index);
        return !node.isBox() ? node.y : leaving ? fromY[projection] : toY[projection];
    }

    /** What stands in the box of a layer. */
    List<String> lines(final int layer) {
        final List<String> lines = new ArrayList<>(List.of(plan.name(layer)));
        final int n = plan.geometry().width(layer);
        switch (plan.role(layer)) {
            case INPUT -> {
                lines.add("input " + n);
                if (wiring.inputs() > 1 || plan.input(layer).first() > 0) {
                    lines.add("frame " + range(plan.input(layer).first(), n));
                }
            }
            case HIDDEN -> lines.add(n + " " + plan.activation(layer) + (plan.direct(layer) ? " direct" : ""));
            case OUTPUT -> {
                lines.add("output " + n + " " + plan.activation(layer) + (plan.direct(layer) ? " direct" : ""));
                if (wiring.outputs().length > 1 || plan.output(layer).first() > 0) {
                    lines.add("target " + range(plan.output(layer).first(), n));
                }
                lines.add(NetworkDescription.named(plan.output(layer).loss()));
            }
        }
        if (layer >= wiring.inputs()) {
            lines.add("q " + wiring.slopeAge(layer) + (wiring.isOutput(layer) ? "  T " + wiring.targetAge(layer) : "")
                + "  gate " + wiring.gate(layer));
        }
        return lines;
    }

    private static String range(final int first, final int n) {
        return first + ".." + ((long) first + n - 1);
    }

    /** What stands at the end of a projection. */
    String label(final int projection) {
        final NetworkDescription.Projection described = plan.projection(projection);
        return described.from() + "  d " + wiring.delay(projection) + "  p " + wiring.age(projection)
            + (described.length() == 1 ? "" : "  length " + described.length())
            + (described.feedback() == Feedback.TRANSPOSE || !wiring.sendsEcho(projection) ? "" : "  " + NetworkDescription.named(described.feedback()));
    }

    Columns columns() {
        return columns;
    }

    Extent extent(final int column) {
        return extents[column];
    }

    double width() {
        return width;
    }

    double height() {
        return height;
    }

    double legendTop() {
        return height - LEGEND;
    }

    /** The line of a projection. Lines pass columns horizontally, and bend only in the gaps between them. */
    Line line(final int projection) {
        final List<Node> way = columns.way(projection);
        final int to = way.getLast().column;
        final double endY = toY[projection];
        final double end = extents[to].left - ARROW;
        if (columns.leadsBack(projection)) {
            return new Line(back(projection, end), end - PAD, endY);
        }
        final StringBuilder path = new StringBuilder(
            number("M%.1f %.1f", extents[way.getFirst().column].right, fromY[projection]));
        for (int i = 1; i < way.size(); i++) {
            final double x0 = extents[way.get(i - 1).column].right;
            final double x1 = extents[way.get(i).column].labels;
            final double half = (x0 + x1) / 2;
            path.append(number("C%.1f %.1f %.1f %.1f %.1f %.1f", half, y(projection, i - 1, true), half, y(projection, i, false), x1,
                y(projection, i, false)));
            path.append(number("H%.1f", i < way.size() - 1 ? extents[way.get(i).column].right : end));
        }
        return new Line(path.toString(), end - PAD, endY);
    }

    /** Down in the left half of a gap, along a track of its own below all columns, and up in the right half of a gap. */
    private String back(final int projection, final double end) {
        final int from = columns.way(projection).getFirst().column;
        final int to = columns.way(projection).getLast().column;
        final double track = bottom() + backwards().filter(k -> k < projection).count() * TRACK;
        final double down = extents[from].right + TRACK * (1 + beginnings(from).indexOf(projection));
        final double up = extents[to].labels - TRACK * (1 + ends(to).indexOf(projection));
        return number("M%.1f %.1f", extents[from].right, fromY[projection]) + number("H%.1f", down) + number("V%.1f", track)
            + number("H%.1f", up) + number("V%.1f", toY[projection]) + number("H%.1f", end);
    }

    private static String number(final String format, final Object... numbers) {
        return String.format(Locale.ROOT, format, numbers);
    }
}
