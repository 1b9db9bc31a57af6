package org.tickwave.bench.budget;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Chooses which chains to measure: the corners of what is asked, and some in between. A network that takes too long to set up is
 * replaced by a shallower or narrower one; the model then goes on from there.
 */
record Point(int depth, int width) {
    /** All networks are measured if there are at most so many. */
    private static final int ALL = 16;
    private static final int FEWEST = 4;
    private static final int DEPTHS = 3;
    private static final int WIDTHS = 5;
    /** A value that is asked takes the place of one in between that is so close. */
    private static final double CLOSE = 1.2;
    private static final double BEYOND = 1.25;

    /**
     * @param depths      rising
     * @param widths      rising
     * @param mostWeights of a network
     */
    static List<Point> of(final List<Integer> depths, final List<Integer> widths, final long mostWeights) {
        final Set<Point> points = new LinkedHashSet<>();
        if (depths.size() * widths.size() <= ALL) {
            addAll(points, depths, widths, mostWeights);
        }
        if (depths.size() * widths.size() > 1) {
            final int deepest = depths.getLast();
            final int widest = widths.getLast();
            // So that the model knows what comes after the last corner when that corner is held back.
            addAll(points, List.of((int) Math.ceil(BEYOND * deepest)), List.of(widest), mostWeights);
            addAll(points, List.of(deepest), List.of((int) Math.ceil(BEYOND * widest)), mostWeights);
            addAll(points, between(depths, widths.size() == 1 ? WIDTHS : DEPTHS), between(widths, WIDTHS), mostWeights);
            int width = points.stream().mapToInt(Point::width).max().orElseThrow();
            while (points.size() < FEWEST && width > 1) {
                width /= 2;
                addAll(points, List.of(1, 2), List.of(width), mostWeights);
            }
        }
        return List.copyOf(points);
    }

    private static void addAll(final Set<Point> to, final List<Integer> depths, final List<Integer> widths, final long mostWeights) {
        for (final int width : widths) {
            final int narrowed = (int) Math.min(width, Math.sqrt(mostWeights));
            for (final int depth : depths) {
                to.add(new Point(Math.clamp(mostWeights / ((long) narrowed * narrowed), 1, depth), narrowed));
            }
        }
    }

    /** The ends, and values in between whose ratios are about the same. */
    private static List<Integer> between(final List<Integer> asked, final int count) {
        final double first = asked.getFirst();
        final double last = asked.getLast();
        final Set<Integer> chosen = new TreeSet<>();
        for (int i = 0; i < count; i++) {
            final double at = first * Math.pow(last / first, (double) i / (count - 1));
            chosen.add(asked.stream().filter(value -> Math.max(value / at, at / value) < CLOSE)
                .min((a, b) -> Double.compare(Math.abs(a - at), Math.abs(b - at))).orElse((int) Math.rint(at)));
        }
        return List.copyOf(chosen);
    }
}
