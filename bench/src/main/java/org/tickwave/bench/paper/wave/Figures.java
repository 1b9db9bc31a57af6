package org.tickwave.bench.paper.wave;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.tickwave.Activation;
import org.tickwave.Balance;
import org.tickwave.Network;
import org.tickwave.Rule;
import org.tickwave.bench.gradient.Gap;
import org.tickwave.bench.paper.Cell;
import org.tickwave.bench.paper.Figure;

/** Draws the paper's figures from experiments, and the same pictures of networks that are not chains. */
public final class Figures {
    /** The largest relative error of an exact gradient: the rounding of float over all layers, there and back. */
    public static final double ROUNDING = 1e-5;
    /** With an error from outside, rounding brings the prediction into the error. A smaller change than this is rounding. */
    private static final float ROUNDED = 1e-5f;

    private static final int WIDTH = 6;
    private static final int ROWS = 20;
    private static final int PERIODS = 16;
    private static final double GROWTH = .5;

    private final int layers;
    private final int shift;
    private final Consumer<String> progress;

    /**
     * @param layers   L
     * @param shift    as of a {@link Setting}
     * @param progress gets the name of each figure before it is drawn
     */
    public Figures(final int layers, final int shift, final Consumer<String> progress) {
        this.layers = layers;
        this.shift = shift;
        this.progress = progress;
    }

    /** Figures 1, 2A, 2B and 3 under a rule. */
    public List<Figure> ofThePaper(final Rule rule) {
        final Setting setting = new Setting(Setting.chain(layers, WIDTH, Activation.TANH), rule, 1, shift);
        final Signals constant = Signals.constant(setting.network(), 1);
        final Signals slow = Signals.slow(setting.network(), 1, PERIODS * (layers - 1));
        final Signals fast = Signals.fast(setting.network(), 1);
        final int full = 2 * layers;
        return List.of(
            draw("1", "Constant input and supervision", setting, constant, 0, full + layers, 0,
                "The same frame and target in every tick, from tick 0 on." + marked(rule)),
            draw("2A", "The filling", setting, slow, 0, full + 2, 0,
                "A slow input, each number a sine of " + PERIODS + " (L - 1) ticks. Input and supervision fill the network."),
            draw("2B", "The stationary state of a slow input", setting, slow, full + 2, ROWS, 0,
                "The same input, later. " + inTheMiddle(rule)),
            draw("3", "A fast input", setting, fast, full + 2, ROWS, 0, "A new random frame in every tick. " + inTheMiddle(rule)));
    }

    private static String marked(final Rule rule) {
        return rule.equals(Rule.diffusion()) ? " The paper: for one frame the gradient can be computed on the red-blue neurons." : "";
    }

    private String inTheMiddle(final Rule rule) {
        return switch (rule.toString()) {
            case "diffusion" -> "The paper: perfect synchronization at l_s = " + (layers + 1) / 2 + ". There input and target belong to one frame;"
                + " the prediction and the slopes in the error are of older frames.";
            case "aligned" -> "Every layer has the gradient of one frame, the lower layers of older ones.";
            default -> "The highest layers have the gradient of one frame.";
        };
    }

    /** A fast input in a linear network whose output's error is given from outside: where the paper's Fig. 3 is exact. */
    public Figure fromOutside() {
        final Setting setting = new Setting(Setting.chain(layers, WIDTH, Activation.IDENTITY), Rule.diffusion(), 1, shift);
        return draw("3-outside", "A fast input, linear, the error of the output from outside", setting,
            Signals.fast(setting.network(), 1).errorsFromOutside(), 2 * layers + 2, ROWS, ROUNDED,
            "As figure 3, but no error depends on a prediction or a slope. Only here the layer l_s is exact. Changes below " + ROUNDED
                + " are rounding, and are not listed.");
    }

    /** A graph with a skip, balanced and immediate, and a cycle that settles. */
    public List<Figure> beyondChains() {
        final List<Figure> figures = new ArrayList<>();
        for (final Rule rule : List.of(Rule.diffusion(), Rule.aligned())) {
            figures.add(skip("skip-balanced", Balance.BALANCED, rule, "A projection from layer2 to layer" + (layers - 2)
                + " waits, so that all ways to a layer take the same time."));
        }
        figures.add(skip("skip-immediate", Balance.IMMEDIATE, Rule.diffusion(), "The same projection does not wait. A layer then holds several frames"
            + " at once, and no gradient is exact."));
        figures.add(cycle());
        return figures;
    }

    private Figure skip(final String id, final Balance balance, final Rule rule, final String caption) {
        final Network network = Shapes.skip(balance, layers, WIDTH);
        return draw(id, "A graph with a skip, " + (balance == Balance.BALANCED ? "balanced" : "immediate") + ", fast input",
            new Setting(network, rule, 1, shift), Signals.fast(network, 1), 2 * layers + 2, ROWS, 0, caption);
    }

    private Figure cycle() {
        final Network network = Shapes.cycle(WIDTH);
        final Signals signals = Signals.constant(network, 1);
        final Setting setting = new Setting(network, Rule.diffusion(), 1, shift,
            engine -> Shapes.setGrowth(engine, signals.frame().apply(0), GROWTH));
        return draw("cycle", "A cycle that settles, constant input", setting, signals, 0, 2 * ROWS, 0,
            "Layers a and b read each other. A disturbance shrinks by half in a tick. Every old frame is still in the layers until rounding"
                + " has removed it, and the gradient becomes that at the fixed point.");
    }

    private Figure draw(
        final String id, final String title, final Setting setting, final Signals signals, final int firstTick, final int rows, final float slack,
        final String caption) {
        progress.accept("figure " + id + ", " + setting.rule());
        final Influence influence = Influence.of(setting, signals, firstTick + rows, slack);
        final Trace base = influence.base();
        final Truth truth = base.wiring().recurrent() ? Truth.atFixedPoints(base.twin(), signals) : Truth.of(base.twin(), signals);
        final List<Figure.Column> columns = IntStream.range(0, base.wiring().layers())
            .mapToObj(l -> new Figure.Column(base.network().name(l), base.wiring().level(l))).toList();
        final List<List<Cell>> cells = IntStream.range(firstTick, firstTick + rows).mapToObj(
            t -> IntStream.range(0, columns.size()).mapToObj(l -> cell(influence, truth, l, t)).toList()).toList();
        return new Figure(id, title, setting.rule().toString(), caption + (id.equals("1") ? " " + exactFrom(cells) : ""), columns, firstTick, cells);
    }

    /** From which ticks on the layers of a chain are exact, as the cells say. The first row is tick 0. */
    static String exactFrom(final List<List<Cell>> cells) {
        final int layers = cells.getFirst().size() - 1;
        final int[] first = IntStream.rangeClosed(0, layers).map(l -> 1 + IntStream.range(0, cells.size())
            .filter(t -> !cells.get(t).get(l).exact()).max().orElse(-1)).toArray();
        if (IntStream.rangeClosed(1, layers).allMatch(l -> first[l] == 2 * layers - l && first[l] < cells.size())) {
            return "Layer l is exact from tick 2L - l on.";
        }
        return "Exact " + IntStream.rangeClosed(1, layers)
            .mapToObj(l -> first[l] < cells.size() ? "from tick " + first[l] + " on in layer " + l : "never in layer " + l)
            .collect(Collectors.joining(", ")) + ".";
    }

    private static Cell cell(final Influence influence, final Truth truth, final int layer, final int tick) {
        final List<Integer> targets = influence.targets(layer, tick);
        final int frame = targets.isEmpty() ? -1 : targets.getLast();
        final Gap gap = frame < 0 ? null : influence.base().gap(layer, tick, truth.frame(frame));
        return new Cell(influence.forward(layer, tick), targets, influence.inputs(layer, tick), frame, gap, gap != null && gap.relative() < ROUNDING);
    }
}
