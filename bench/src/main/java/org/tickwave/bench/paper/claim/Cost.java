package org.tickwave.bench.paper.claim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.tickwave.Activation;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Network;
import org.tickwave.Rule;
import org.tickwave.bench.gradient.DoubleNetwork;
import org.tickwave.bench.page.Curve;
import org.tickwave.bench.paper.Claim;
import org.tickwave.bench.paper.wave.Setting;
import org.tickwave.bench.paper.wave.Signals;
import org.tickwave.bench.paper.wave.Trace;
import org.tickwave.bench.paper.wave.Truth;
import org.tickwave.layout.Wiring;

/** The cost of one gradient: by the waves, and by finite differences. */
final class Cost {
    private static final int LAYERS = 4;
    private static final int TICKS = 20_000;
    private static final int BATCHES = 9;
    private static final int BATCH = 1_000;
    private static final double NEAR = 1e-4;

    private final Effort effort;

    Cost(final Effort effort) {
        this.effort = effort;
    }

    /**
     * One gradient.
     *
     * @param multiplyAdds computed of the waves, counted of finite differences
     * @param ns           measured
     */
    private record Gradient(long multiplyAdds, double ns) {
    }

    Claim cost() {
        final List<Gradient> waves = new ArrayList<>();
        final List<Gradient> differences = new ArrayList<>();
        final List<Double> weights = new ArrayList<>();
        double furthest = 0;
        warmUp();
        for (final int width : effort.costWidths()) {
            final Network network = Setting.chain(LAYERS, width, Activation.TANH);
            final Signals signals = Signals.constant(network, 1);
            final Trace trace = Trace.of(new Setting(network, Rule.diffusion(), 1, 0), signals, 2 * LAYERS + 1);
            waves.add(new Gradient(multiplyAdds(trace.wiring(), network), tickNs(network, signals)));
            final FiniteDifferences numeric = new FiniteDifferences(trace.twin(), signals.frame().apply(0), signals.target().apply(0));
            final long start = System.nanoTime();
            final double[][] gradients = numeric.gradients();
            differences.add(new Gradient(numeric.multiplyAdds(), System.nanoTime() - start));
            furthest = Math.max(furthest, furthest(trace, signals, gradients));
            weights.add((double) IntStream.rangeClosed(1, LAYERS).mapToLong(k -> (long) width * width).sum());
        }
        final int last = weights.size() - 1;
        final List<Claim.Measured> numbers = new ArrayList<>(List.of(
            Numbers.above("exponent of m in the computed multiply-adds of the waves, from below", exponent(weights, counts(waves)), .9),
            Numbers.below("exponent of m in the computed multiply-adds of the waves, from above", exponent(weights, counts(waves)), 1.1),
            Numbers.above("exponent of m in the counted multiply-adds of finite differences, from below",
                exponent(weights, counts(differences)), 1.9),
            Numbers.below("exponent of m in the counted multiply-adds of finite differences, from above",
                exponent(weights, counts(differences)), 2.1),
            Numbers.below("relative difference of the two gradients, largest", furthest, NEAR)));
        for (final int i : last == 0 ? new int[] {0} : new int[] {0, last}) {
            final String m = ", m = " + weights.get(i).longValue();
            numbers.add(Numbers.shown("multiply-adds of the waves, computed" + m, waves.get(i).multiplyAdds));
            numbers.add(Numbers.shown("multiply-adds of finite differences, counted" + m, differences.get(i).multiplyAdds));
            numbers.add(Numbers.shown("time of a tick of the waves, ns" + m, waves.get(i).ns));
            numbers.add(Numbers.shown("time of finite differences, ns" + m, differences.get(i).ns));
        }
        return new Claim("Cost", "The gradient takes Θ(m) with m weights; classic numerical algorithms would take O(m²).",
            "A chain of " + LAYERS + " layers of growing width. The multiply-adds of one tick, which gives one gradient, are computed from the"
                + " widths: forward, backward and learn in each projection, without an echo to the input. Those of central finite differences"
                + " of every weight are counted while they run. Both are timed; the times decide nothing.",
            numbers, "True: a tick reads each weight at most three times; finite differences need two forward passes for each weight.",
            curves(weights, waves, differences));
    }

    private static List<Curve> curves(final List<Double> weights, final List<Gradient> waves, final List<Gradient> differences) {
        return List.of(
            new Curve("Multiply-adds of one gradient: waves computed, finite differences counted", "weights m", "multiply-adds", true,
                true, weights, List.of(
                new Curve.Line("waves", counts(waves)), new Curve.Line("finite differences", counts(differences)))),
            new Curve("Time of one gradient, on this machine", "weights m", "ns", true, true, weights, List.of(
                new Curve.Line("waves", times(waves)), new Curve.Line("finite differences", times(differences)))));
    }

    private static List<Double> times(final List<Gradient> gradients) {
        return gradients.stream().map(Gradient::ns).toList();
    }

    private static List<Double> counts(final List<Gradient> gradients) {
        return gradients.stream().map(gradient -> (double) gradient.multiplyAdds).toList();
    }

    private static double exponent(final List<Double> m, final List<Double> count) {
        return Math.log(count.getLast() / count.getFirst()) / Math.log(m.getLast() / m.getFirst());
    }

    /** Of one tick, computed: forward and learn in every projection, and backward where a layer takes the echo. */
    private static long multiplyAdds(final Wiring wiring, final Network network) {
        return IntStream.rangeClosed(1, wiring.projections())
            .mapToLong(k -> (wiring.sendsEcho(k) ? 3L : 2L) * network.width(wiring.from(k)) * network.width(wiring.to(k))).sum();
    }

    /** Until the kernels are compiled, a tick takes many times as long. */
    private void warmUp() {
        final Network network = Setting.chain(LAYERS, effort.costWidths().getLast(), Activation.TANH);
        tickNs(network, Signals.constant(network, 1));
    }

    private static double tickNs(final Network network, final Signals signals) {
        try (Engine engine = Engine.open(network, new Context().rule(Rule.diffusion()).rate(0).seed(1))) {
            engine.input(signals.frame().apply(0)).target(signals.target().apply(0)).tick();
            engine.advance(TICKS);
            return LongStream.range(0, BATCHES).mapToDouble(_ -> {
                final long start = System.nanoTime();
                engine.advance(BATCH);
                return (double) (System.nanoTime() - start) / BATCH;
            }).sorted().skip(BATCHES / 2).findFirst().orElseThrow();
        }
    }

    /** The largest relative difference of a projection's gradient by the waves from that by finite differences. */
    private static double furthest(final Trace trace, final Signals signals, final double[][] numeric) {
        final Truth.State truth = Truth.of(trace.twin(), signals).frame(0);
        double furthest = 0;
        for (int k = 1; k <= LAYERS; k++) {
            final double[] below = truth.activations()[k - 1];
            final double[] error = truth.errors()[k];
            double square = 0;
            for (int w = 0; w < numeric[k].length; w++) {
                square += Math.pow(numeric[k][w] - error[w / below.length] * below[w % below.length], 2);
            }
            furthest = Math.max(furthest, Math.sqrt(square / Arrays.stream(numeric[k]).map(g -> g * g).sum())
                + trace.gap(k, trace.ticks() - 1, truth).relative());
        }
        return furthest;
    }
}
