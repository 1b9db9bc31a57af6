package org.tickwave.bench.suite;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.tickwave.bench.page.Curve;

/** Charts of the figures. A chart without data is null. */
final class Charts {
    private static final int LEAST_PLACES = 2;

    private Charts() {
    }

    /** The series of one group that have an axis, with a value for each x. */
    private static Map<String, Map<Double, Figure>> series(final List<Figure> figures) {
        final Map<String, Map<Double, Figure>> series = new LinkedHashMap<>();
        for (final Figure figure : figures) {
            final Entry entry = figure.entry();
            final String name = entry.series() + (entry.role() == Role.OURS ? "" : " (" + entry.role() + ")");
            series.computeIfAbsent(name, key -> new LinkedHashMap<>()).put(entry.x(), figure);
        }
        return series;
    }

    /** The groups with two places or more, by name. Figures of the mode {@code sample} have charts of their own. */
    static Map<String, List<Figure>> groups(final List<Figure> figures) {
        final Map<String, List<Figure>> groups = new LinkedHashMap<>();
        figures.stream().filter(figure -> !figure.entry().axis().isEmpty() && !figure.entry().sampled())
            .forEach(figure -> groups.computeIfAbsent(figure.entry().group(), name -> new ArrayList<>()).add(figure));
        groups.values().removeIf(all -> all.stream().map(figure -> figure.entry().x()).distinct().count() < LEAST_PLACES);
        return groups;
    }

    /** Time by x. */
    static Curve time(final String group, final List<Figure> figures) {
        return byX("Time by " + figures.getFirst().entry().axis() + ": " + group, "ns for an operation, median of the forks", true, figures,
            figure -> figure.spread().median());
    }

    /** Allocated bytes by x. */
    static Curve allocation(final String group, final List<Figure> figures) {
        final List<Figure> known = figures.stream().filter(figure -> figure.allocated() != null).toList();
        return known.isEmpty() ? null
            : byX("Allocation by " + figures.getFirst().entry().axis() + ": " + group, "bytes for an operation", false, known, Figure::allocated);
    }

    private static Curve byX(
        final String title, final String yLabel, final boolean yLog, final List<Figure> figures, final Function<Figure, Double> y) {
        final List<Double> x = figures.stream().map(figure -> figure.entry().x()).distinct().sorted().toList();
        final List<Curve.Line> lines = new ArrayList<>();
        series(figures).forEach((name, values) -> lines.add(new Curve.Line(name,
            x.stream().map(at -> values.containsKey(at) ? y.apply(values.get(at)) : (Double) Double.NaN).toList())));
        return new Curve(title, figures.getFirst().entry().axis(), yLabel, true, yLog, x, lines);
    }

    /** The percentiles of the single operations. */
    static Curve tails(final List<Figure> figures) {
        final List<Figure> sampled = figures.stream().filter(figure -> figure.entry().sampled() && !figure.forks().isEmpty()).toList();
        final List<Curve.Line> lines = new ArrayList<>();
        for (final Figure figure : sampled) {
            final Tail tail = figure.tail();
            lines.add(new Curve.Line(figure.entry().series(), Tail.ONE_OF.stream().map(tail::valueAt).toList()));
        }
        return lines.isEmpty() ? null : new Curve("Tails: the time that one operation of N exceeds", "N", "ns", true, true, Tail.ONE_OF, lines);
    }

    /**
     * The roofline: multiply-adds a nanosecond against multiply-adds a byte. A ceiling that counts bytes only is a rising line, one that
     * counts multiply-adds only is a level line. All other figures that count both are points. Of the ceilings of one place and one number of
     * threads, such as those in Java and in C, the highest counts.
     */
    static Curve roofline(final List<Figure> figures) {
        final List<Figure> limits = limits(figures);
        final List<Figure> points = figures.stream().filter(figure -> !figure.entry().sampled() && intensity(figure) != null).toList();
        if (limits.isEmpty() || points.isEmpty()) {
            return null;
        }
        final List<Double> x = intensities(points, limits);
        final List<Curve.Line> lines = new ArrayList<>();
        for (final Figure limit : limits) {
            final Double madds = positive(limit.madds()) == null ? null : limit.maddsPerNs();
            lines.add(new Curve.Line(named(limit), x.stream().map(at -> madds == null ? (Double) (at * limit.bytesPerNs()) : madds).toList()));
        }
        for (final Figure point : points) {
            final Double of = intensity(point);
            lines.add(new Curve.Line(named(point), x.stream().map(at -> at.equals(of) ? point.maddsPerNs() : (Double) Double.NaN).toList()));
        }
        return new Curve("Roofline", "multiply-adds a byte", "multiply-adds a nanosecond", true, true, x, lines);
    }

    private static List<Figure> limits(final List<Figure> figures) {
        final Map<String, Figure> highest = new LinkedHashMap<>();
        figures.stream().filter(figure -> figure.entry().role() == Role.CEILING && isLimit(figure)).forEach(figure -> highest.merge(
            figure.entry().place() + " " + figure.entry().what().combination().benchmark() + " " + figure.entry().what().threads(), figure,
            (one, other) -> height(one) < height(other) ? other : one));
        return List.copyOf(highest.values());
    }

    private static double height(final Figure limit) {
        return positive(limit.madds()) == null ? limit.bytesPerNs() : limit.maddsPerNs();
    }

    private static String named(final Figure figure) {
        final Entry entry = figure.entry();
        return entry.series() + (entry.axis().isEmpty() ? "" : ", " + SuiteText.name(entry.group(), entry.axis(), entry.x()));
    }

    /** Whether a ceiling counts bytes or multiply-adds, and not both. */
    private static boolean isLimit(final Figure figure) {
        return (positive(figure.bytes()) != null) != (positive(figure.madds()) != null);
    }

    private static Double intensity(final Figure figure) {
        final Double bytes = positive(figure.bytes());
        final Double madds = positive(figure.madds());
        return bytes == null || madds == null ? null : (Double) (madds / bytes);
    }

    private static Double positive(final Double value) {
        return value != null && value > 0 ? value : null;
    }

    /** Those of the points, one below and one above, and those at which two limits meet. */
    private static List<Double> intensities(final List<Figure> points, final List<Figure> limits) {
        final List<Double> all = new ArrayList<>(points.stream().map(point -> intensity(point)).toList());
        for (final Figure level : limits) {
            for (final Figure rising : limits) {
                if (positive(level.madds()) != null && positive(rising.madds()) == null) {
                    all.add(level.maddsPerNs() / rising.bytesPerNs());
                }
            }
        }
        final List<Double> sorted = new ArrayList<>(all.stream().distinct().sorted().toList());
        sorted.addFirst(sorted.getFirst() / 4);
        sorted.addLast(sorted.getLast() * 4);
        return sorted;
    }
}
