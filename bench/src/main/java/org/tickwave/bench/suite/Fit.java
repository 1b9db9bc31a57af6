package org.tickwave.bench.suite;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the time of a series grows: time = constant × x to the power of the exponent, fitted to the medians.
 *
 * @param kneeX         the first x whose weights or memory are larger than the L2 of the cores that are used; null if there is none, or not known
 * @param exponentBelow of the figures before the knee; null for fewer than two
 * @param exponentAbove of the figures from the knee on; null for fewer than two
 */
record Fit(String group, String series, String axis, int figures, double exponent, Double kneeX, Double exponentBelow, Double exponentAbove) {
    private static final int LEAST = 3;

    /** @param l2Bytes of one core; null if not known */
    static List<Fit> of(final List<Figure> figures, final Long l2Bytes) {
        final Map<List<String>, List<Figure>> series = new LinkedHashMap<>();
        for (final Figure figure : figures) {
            final Entry entry = figure.entry();
            if (!entry.axis().isEmpty() && !entry.sampled()) {
                series.computeIfAbsent(List.of(entry.group(), entry.series(), entry.axis()), key -> new ArrayList<>()).add(figure);
            }
        }
        final List<Fit> fits = new ArrayList<>();
        series.forEach((key, all) -> {
            if (all.stream().map(figure -> figure.entry().x()).distinct().count() >= LEAST) {
                fits.add(of(key, all, l2Bytes));
            }
        });
        return fits;
    }

    private static Fit of(final List<String> key, final List<Figure> all, final Long l2Bytes) {
        final List<Figure> above = all.stream().filter(figure -> leavesL2(figure, l2Bytes)).toList();
        final List<Figure> below = all.stream().filter(figure -> !above.contains(figure)).toList();
        final Double knee = above.isEmpty() ? null : (Double) above.stream().mapToDouble(figure -> figure.entry().x()).min().orElseThrow();
        return new Fit(key.get(0), key.get(1), key.get(2), all.size(), exponent(all), knee,
            knee == null || below.size() < 2 ? null : (Double) exponent(below), above.size() < 2 ? null : (Double) exponent(above));
    }

    /** Bytes are counted each time they are read or written: twice in a tick, once in a read. A figure of several passes repeats one pass. */
    private static boolean leavesL2(final Figure figure, final Long l2Bytes) {
        final Entry entry = figure.entry();
        return l2Bytes != null && entry.role() != Role.PEER && figure.bytes() != null
            && figure.bytes() / entry.scale() / whole(entry, "visits", "2") > (double) l2Bytes * whole(entry, "threads", "1");
    }

    private static int whole(final Entry entry, final String param, final String unlessGiven) {
        return Integer.parseInt(entry.params().getOrDefault(param, unlessGiven));
    }

    /** The slope of the straight line through the logarithms, by least squares. */
    private static double exponent(final List<Figure> figures) {
        double x = 0;
        double y = 0;
        double xx = 0;
        double xy = 0;
        for (final Figure figure : figures) {
            final double logX = Math.log(figure.entry().x());
            final double logY = Math.log(figure.spread().median());
            x += logX;
            y += logY;
            xx += logX * logX;
            xy += logX * logY;
        }
        final int n = figures.size();
        return (n * xy - x * y) / (n * xx - x * x);
    }
}
