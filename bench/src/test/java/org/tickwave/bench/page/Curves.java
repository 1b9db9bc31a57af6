package org.tickwave.bench.page;

import java.util.List;

/** Charts for tests. */
final class Curves {
    private static final double NONE = Double.NaN;

    private Curves() {
    }

    static Curve plain() {
        return new Curve("Cosine against period", "period / (L − 1)", "cosine", true, false, List.of(8.0, 16.0, 32.0, 64.0),
            List.of(line("L = 5", .47, .78, .92, .97), line("L = 9", .55, .81, .92, .97)));
    }

    /** With gaps, a zero on a logarithmic axis, and values that are not finite. */
    static Curve gaps() {
        return new Curve("Relative error by tick", "tick", "relative error", false, true, List.of(0.0, 1.0, 2.0, 3.0, 4.0, 5.0),
            List.of(line("diffusion", 1, .1, NONE, 1e-3, 1e-4, 1e-7), line("aligned", NONE, Double.POSITIVE_INFINITY, 0, 1e-7, 1e-7, 1e-7)));
    }

    /** Charts that a careless script does not survive: no values, one value, equal values, names with markup. */
    static List<Curve> hostile() {
        return List.of(
            new Curve("numbers that differ in their last digits", "frame", "y", false, false, List.of(1_000_000.0, 1_000_250.0, 1_000_500.0),
                List.of(line("a", 1_000_000, 1_000_001, 1_000_003))),
            new Curve("nothing", "x", "y", false, false, List.of(), List.of(line("a"))),
            new Curve("nothing, logarithmic", "x", "y", true, true, List.of(), List.of(line("a"))),
            new Curve("only gaps", "x", "y", true, true, List.of(1.0, 2.0), List.of(line("a", NONE, NONE))),
            new Curve("one point", "x", "y", true, true, List.of(3.0), List.of(line("a", 5))),
            new Curve("zeros", "x", "y", true, true, List.of(0.0, 0.0), List.of(line("a", 0, 0))),
            new Curve("constant", "x", "y", false, false, List.of(1.0, 2.0), List.of(line("a", 0, 0))),
            new Curve("</script><script>alert(1)</script>", "<b>x</b>", "\"y'", false, false, List.of(1.0, 2.0),
                List.of(line("</script><!--<script>", -1, 1), line("&amp; \u2028 \uffff", 1e300, -1e300))));
    }

    private static Curve.Line line(final String name, final double... y) {
        return new Curve.Line(name, java.util.Arrays.stream(y).boxed().toList());
    }
}
