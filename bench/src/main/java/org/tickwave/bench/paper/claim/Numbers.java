package org.tickwave.bench.paper.claim;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.tickwave.bench.page.Curve;
import org.tickwave.bench.paper.Claim.Measured;

/** Makes the numbers of a test. A NaN keeps no bound. */
final class Numbers {
    private Numbers() {
    }

    static Measured below(final String name, final double value, final double bound) {
        return new Measured(name, value, "below " + text(bound), value < bound);
    }

    static Measured above(final String name, final double value, final double bound) {
        return new Measured(name, value, "above " + text(bound), value > bound);
    }

    static Measured equal(final String name, final double value, final double expected) {
        return new Measured(name, value, "equal to " + text(expected), value == expected);
    }

    /** A number that decides nothing. */
    static Measured shown(final String name, final double value) {
        return new Measured(name, value, "", true);
    }

    private static String text(final double bound) {
        return bound == Math.rint(bound) ? String.format(Locale.ROOT, "%.0f", bound)
            : bound < 1e-3 ? String.format(Locale.ROOT, "%.0e", bound).replace("e-0", "e-") : Double.toString(bound);
    }

    static double mean(final List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    static double max(final List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    }

    static double min(final List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
    }

    /** The whole numbers from first to last. */
    static List<Double> range(final int first, final int last) {
        return IntStream.rangeClosed(first, last).mapToObj(Double::valueOf).toList();
    }

    static Curve.Line line(final String name, final DoubleStream values) {
        return new Curve.Line(name, values.boxed().toList());
    }
}
