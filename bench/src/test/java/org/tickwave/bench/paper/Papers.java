package org.tickwave.bench.paper;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.tickwave.bench.gradient.Gap;
import org.tickwave.bench.page.Curve;

/** Papers for tests, with cells by formula. */
final class Papers {
    /** Ten levels. */
    static final int LAST = 9;
    static final int MIDDLE = (LAST + 1) / 2;
    static final int TICKS = 20;

    private Papers() {
    }

    /** Ten levels under the paper's rule or the aligned one. */
    static Figure chain(final String id, final String rule, final int firstTick) {
        final List<Figure.Column> columns = IntStream.rangeClosed(0, LAST)
            .mapToObj(l -> new Figure.Column(l == 0 ? "input" : l == LAST ? "output" : "h" + l, l)).toList();
        final List<List<Cell>> rows = IntStream.range(firstTick, firstTick + TICKS)
            .mapToObj(tick -> IntStream.rangeClosed(0, LAST).mapToObj(l -> cell(tick, l, rule.equals("aligned"))).toList()).toList();
        return new Figure(id, "waves under " + rule, rule, "A caption of figure " + id + ", in a sentence or two.", columns, firstTick, rows);
    }

    private static Cell cell(final int tick, final int l, final boolean aligned) {
        final List<Integer> forward = arrived(tick - l);
        final List<Integer> targets = l == 0 ? List.of() : arrived(tick - (LAST - l) - (aligned ? LAST : 0));
        if (targets.isEmpty()) {
            return new Cell(forward, targets, List.of(), -1, null, false);
        }
        final int frame = targets.getFirst();
        final List<Integer> inputs = IntStream.rangeClosed(0, LAST - l).map(k -> tick - l - 2 * k).filter(s -> s >= 0).sorted().boxed().toList();
        final boolean exact = tick >= 2 * LAST - l && (aligned || l == MIDDLE);
        final double relative = exact ? 3e-7 : .2 * Math.abs(l - MIDDLE) + .05;
        return new Cell(forward, targets, inputs, frame, new Gap(relative, 1 - relative * relative / 2), exact);
    }

    private static List<Integer> arrived(final int frame) {
        return frame < 0 ? List.of() : List.of(frame);
    }

    /** A skip that mixes frames, with a long name that has markup in it. */
    static Figure mixed(final String id, final String title) {
        final List<Figure.Column> columns = List.of(new Figure.Column("in", 0), new Figure.Column("<b>&\"a long name\"", 1),
            new Figure.Column("c", 2), new Figure.Column("out", 3));
        final List<List<Cell>> rows = IntStream.range(0, 12).mapToObj(t -> List.of(
            new Cell(List.of(t), List.of(), List.of(), -1, null, false),
            new Cell(List.of(t, t + 1), List.of(t), List.of(t), t, new Gap(.5, Double.NaN), false),
            new Cell(List.of(t, t + 2, t + 4), List.of(t, t + 2), List.of(t, t + 1, t + 2), t, new Gap(Double.POSITIVE_INFINITY, .4), false),
            new Cell(IntStream.rangeClosed(0, t + 5).boxed().toList(), List.of(t), List.of(t), t, new Gap(0, 1), true))).toList();
        return new Figure(id, title, "aligned", "A <script>caption</script> & more.", columns, 0, rows);
    }

    static Paper whole() {
        final List<Figure> figures = new ArrayList<>();
        figures.add(chain("1", "diffusion", 0));
        figures.add(chain("2A", "diffusion", 0));
        figures.add(chain("2B", "diffusion", 30));
        figures.add(chain("3", "diffusion", 30));
        figures.add(chain("1", "aligned", 0));
        figures.add(chain("3", "aligned", 30));
        figures.add(mixed("skip", "A skip, without delays"));
        return new Paper(figures, claims(), List.of(new Paper.Slip("end of section 2", "Δt = f_v/(L−1)", "Δt = 1/(f_v (L−1))")),
            List.of(new Budget(30, LAST, "the paper's formula", 4.17e6), new Budget(240, LAST, "aligned, one tick for a frame", 4.17e6)));
    }

    private static List<Claim> claims() {
        final Curve cosine = new Curve("Cosine with the current frame's gradient", "period / (L − 1)", "mean cosine", true, false,
            List.of(8.0, 16.0, 32.0, 64.0), List.of(new Curve.Line("L = 5", List.of(.47, .78, .92, .97)),
                new Curve.Line("L = 9", List.of(.55, .81, .92, .97)), new Curve.Line("L = 17", List.of(.55, .78, .91, .97))));
        return List.of(
            new Claim("C1", "The input is forwarded to layer κ at tick t + κ.", "Compared with the frame's own forward pass, at 5 seeds.",
                List.of(new Claim.Measured("largest difference, L = 9", 0, "0", true)), "True.", List.of()),
            new Claim("C4", "For a slow input the diffusion very well approximates the gradient.", "Sines of several periods, eight seeds.",
                List.of(new Claim.Measured("mean cosine at 64 (L − 1), L = 9", .9734, "above .9", true),
                    new Claim.Measured("at 8 (L − 1)", .553, "", true)),
                "True, loosely: the error halves as the period doubles.", List.of(cosine)),
            new Claim("C5", "For a fast input the middle layer is still exact.", "A new random frame on every tick.",
                List.of(new Claim.Measured("relative error, tanh and a real loss", .02, "above .1", false)),
                "Only as an identity of indices.", List.of()));
    }
}
