package org.tickwave.bench.paper.claim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tickwave.Activation;
import org.tickwave.Network;
import org.tickwave.Rule;
import org.tickwave.bench.page.Curve;
import org.tickwave.bench.paper.Claim;
import org.tickwave.bench.paper.wave.Learnt;
import org.tickwave.bench.paper.wave.Setting;
import org.tickwave.bench.paper.wave.Shapes;
import org.tickwave.bench.paper.wave.Signals;
import org.tickwave.bench.paper.wave.Trace;
import org.tickwave.bench.paper.wave.Truth;

/** What the paper does not have: rules under which layers are exact with a new frame in every tick. */
final class AlignedRule {
    private static final int WIDTH = 8;
    private static final int TICKS = 60;
    private static final int LEVELS = 5;
    private static final double ROUNDING = 2e-5;
    /** Between rounding and another frame's gradient. */
    private static final double EXACT = 1e-3;

    private final Effort effort;
    private final int shift;

    AlignedRule(final Effort effort, final int shift) {
        this.effort = effort;
        this.shift = shift;
    }

    Claim aligned() {
        final List<Claim.Measured> numbers = new ArrayList<>();
        final List<Integer> depths = Stream.concat(effort.odd().stream(), effort.even().stream()).sorted().toList();
        for (final int layers : depths) {
            add(numbers, "L = " + layers, IntStream.rangeClosed(1, effort.seeds())
                .mapToObj(seed -> relative(Setting.chain(layers, WIDTH, Activation.TANH), Rule.aligned(), seed)).toList());
        }
        add(numbers, "balanced graphs, Λ = " + LEVELS, IntStream.rangeClosed(1, effort.seeds())
            .mapToObj(seed -> relative(Shapes.ladder(seed, LEVELS, WIDTH, Activation.TANH), Rule.aligned(), seed)).toList());
        final int deepest = depths.getLast();
        numbers.add(Numbers.below("relative error of what the weights learn in a tick, largest, L = " + deepest,
            learnt(Setting.chain(deepest, WIDTH, Activation.TANH)), ROUNDING));
        numbers.add(Numbers.below("relative error of what the weights learn in a tick, largest, balanced graphs, Λ = " + LEVELS,
            learnt(Shapes.ladder(1, LEVELS, WIDTH, Activation.TANH)), ROUNDING));
        final List<Curve.Line> lines = new ArrayList<>();
        lines.add(line("diffusion", relative(Setting.chain(deepest, WIDTH, Activation.TANH), Rule.diffusion(), 1)));
        int off = 0;
        for (int window = 1; window < 2 * deepest; window++) {
            final List<List<Double>> relative = relative(Setting.chain(deepest, WIDTH, Activation.TANH), Rule.window(window), 1);
            for (int l = 1; l <= deepest; l++) {
                final boolean exact = Numbers.mean(relative.get(l - 1)) < EXACT;
                off += exact == l >= deepest - (window - 1) / 2 ? 0 : 1;
            }
            if (window == 1 || window == deepest || window == 2 * deepest - 1) {
                lines.add(line(window == 2 * deepest - 1 ? "aligned" : "window:" + window, relative));
            }
        }
        numbers.add(Numbers.equal("layers, over all R, that are exact below L - floor((R - 1) / 2) or not exact above, L = " + deepest, off, 0));
        return new Claim("Aligned", "Not in the paper: with delayed activations, slopes and targets every layer has the gradient of one frame.",
            "A new random frame in every tick, tanh, a real loss, frozen weights. The gradient is compared with that of the frame whose target"
                + " is in the error."
                + " Then the rate is set to " + (int) Learnt.RATE + " for one tick, and the change of the weights is compared too.",
            numbers, "True: exact to the rounding of float in every layer, with a new frame in every tick. The window:R rule makes the highest"
                + " layers exact.",
            List.of(new Curve("Fast input under other rules: mean relative error by layer, L = " + deepest, "layer", "relative error of g",
                false, true, Numbers.range(1, deepest), lines)));
    }

    private static void add(final List<Claim.Measured> numbers, final String of, final List<List<List<Double>>> runs) {
        final List<Double> all = new ArrayList<>(runs.stream().flatMap(List::stream).flatMap(List::stream).toList());
        Collections.sort(all);
        numbers.add(Numbers.below("relative error of g, 99th percentile, " + of, all.get((int) Math.ceil(.99 * all.size()) - 1), ROUNDING));
        numbers.add(Numbers.shown("relative error of g, largest, " + of, all.getLast()));
    }

    private double learnt(final Network network) {
        return IntStream.rangeClosed(1, effort.seeds()).mapToDouble(seed ->
            Learnt.error(new Setting(network, Rule.aligned(), seed, shift), Signals.fast(network, seed), 3 * network.latency())).max().orElseThrow();
    }

    private static Curve.Line line(final String name, final List<List<Double>> byLayer) {
        return Numbers.line(name, byLayer.stream().mapToDouble(Numbers::mean));
    }

    /** For each layer, the relative errors of all ticks. */
    private List<List<Double>> relative(final Network network, final Rule rule, final long seed) {
        final Setting setting = new Setting(network, rule, seed, shift);
        final Signals signals = Signals.fast(network, seed);
        final int latency = network.latency();
        final Trace trace = Trace.of(setting, signals, 2 * latency + TICKS);
        final Truth truth = Truth.of(trace.twin(), signals);
        return IntStream.rangeClosed(1, network.last()).mapToObj(l -> IntStream.range(2 * latency, trace.ticks())
            .mapToObj(t -> trace.gap(l, t, truth.frame(trace.taught(l, t))).relative()).toList()).toList();
    }
}
