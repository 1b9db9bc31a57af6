package org.tickwave.bench.paper.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.tickwave.Activation;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Network;
import org.tickwave.Rule;
import org.tickwave.bench.gradient.DoubleNetwork;
import org.tickwave.bench.page.Curve;
import org.tickwave.bench.paper.Claim;
import org.tickwave.bench.paper.wave.FixedPoint;
import org.tickwave.bench.paper.wave.Learnt;
import org.tickwave.bench.paper.wave.Setting;
import org.tickwave.bench.paper.wave.Shapes;
import org.tickwave.bench.paper.wave.Signals;
import org.tickwave.bench.paper.wave.Trace;
import org.tickwave.bench.paper.wave.Truth;
import org.tickwave.layout.Wiring;

/** What the paper says of other graphs: Eq. 6 where ways have different lengths, and cycles. */
final class OtherGraphs {
    private static final int WIDTH = 8;
    private static final int TICKS = 40;
    private static final int LEVELS = 5;
    private static final double ROUNDING = 1e-5;
    private static final double PLAINLY_OFF = .1;
    private static final List<Double> GROWTHS = List.of(.5, .7, .8, .9);
    private static final int SETTLING = 60;
    /** From this tick on the slowest part of the disturbance is left. */
    private static final int LATE = 40;
    /** Rounding hides the decay of a faster cycle. */
    private static final double SLOWLY = .8;
    /** Room for a disturbance that turns as it shrinks, and for the error, which shrinks behind the activations. */
    private static final double FACTOR = 3;
    private static final double STEP = 1e-5;
    private static final double NEAR = 1e-7;

    private final Effort effort;
    private final int shift;

    OtherGraphs(final Effort effort, final int shift) {
        this.effort = effort;
        this.shift = shift;
    }

    Claim balanced() {
        double inside = 0;
        double learnt = 0;
        double others = Double.POSITIVE_INFINITY;
        int exactLayers = 0;
        for (long seed = 1; seed <= effort.seeds(); seed++) {
            final Setting setting = new Setting(Shapes.ladder(seed, LEVELS, WIDTH, Activation.IDENTITY), Rule.diffusion(), seed, shift);
            final Signals signals = Signals.fast(setting.network(), seed).errorsFromOutside();
            final Trace trace = Trace.of(setting, signals, 2 * LEVELS + TICKS);
            final Truth truth = Truth.of(trace.twin(), signals);
            learnt = Math.max(learnt, learntInside(setting, signals, truth));
            for (int layer = 1; layer <= setting.network().last(); layer++) {
                final int l = layer;
                final List<Double> relative = IntStream.range(2 * LEVELS, trace.ticks())
                    .mapToObj(t -> trace.gap(l, t, truth.frame(trace.taught(l, t))).relative()).toList();
                if (2 * trace.wiring().level(l) == LEVELS + 1) {
                    inside = Math.max(inside, Numbers.max(relative));
                    exactLayers++;
                } else {
                    others = Math.min(others, Numbers.mean(relative));
                }
            }
        }
        return new Claim("Eq. 6", "The results can easily be extended to any feedforward network; synchronization at l_s = (L + 1) / 2.",
            "Random balanced graphs with skips, Λ = " + LEVELS + ", two layers at each level. Linear, the error of the output from outside, a"
                + " new random frame in every tick, diffusion.",
            List.of(Numbers.shown("layers with λ_i = (Λ + 1) / 2, all seeds", exactLayers),
                Numbers.below("largest relative error in these layers", inside, ROUNDING),
                Numbers.below("largest relative error of what the weights into these layers learn in a tick", learnt, ROUNDING),
                Numbers.above("least mean relative error of the other layers", others, PLAINLY_OFF)),
            "True with levels in place of layers, if projections that skip levels wait: λ_i = (Λ + 1) / 2. As in C5 only for δ_L from"
                + " outside.", List.of());
    }

    private static double learntInside(final Setting setting, final Signals signals, final Truth truth) {
        final Wiring wiring = setting.wiring();
        final Learnt learnt = Learnt.in(setting, signals, 3 * LEVELS);
        return IntStream.rangeClosed(1, wiring.projections()).filter(k -> 2 * wiring.level(wiring.to(k)) == LEVELS + 1)
            .mapToDouble(k -> learnt.error(k, truth)).max().orElseThrow();
    }

    Claim cycles() {
        final List<Claim.Measured> numbers = new ArrayList<>();
        final List<Curve.Line> lines = new ArrayList<>();
        for (final double growth : GROWTHS) {
            final double[] worst = new double[SETTLING + 1];
            double off = 1;
            for (long seed = 1; seed <= effort.seeds(); seed++) {
                final double[] relative = settled(growth, seed);
                for (int t = 0; t <= SETTLING; t++) {
                    worst[t] = Math.max(worst[t], relative[t]);
                }
                off = Math.max(off, factor(relative[SETTLING] / relative[LATE] / Math.pow(growth, SETTLING - LATE)));
            }
            final String name = "largest relative error of g after " + SETTLING + " ticks, growth " + growth;
            numbers.add(growth <= .7 ? Numbers.below(name, worst[SETTLING], ROUNDING) : Numbers.shown(name, worst[SETTLING]));
            if (growth >= SLOWLY) {
                numbers.add(Numbers.below("error at tick " + SETTLING + " / error at tick " + LATE + ", off growth^" + (SETTLING - LATE)
                    + " by a factor of at most, growth " + growth, off, FACTOR));
            }
            lines.add(Numbers.line("growth " + growth, IntStream.rangeClosed(0, SETTLING).mapToDouble(t -> worst[t])));
        }
        numbers.add(Numbers.below("true gradient against finite differences of the loss at the fixed point: largest difference",
            finiteDifferences(), NEAR));
        return new Claim("Cycles", "Diffusion processes are at the basis of learning algorithms for cyclic graphs.",
            "Two layers that read each other, a constant input. The weights inside the cycle are scaled, so that a disturbance of the fixed"
                + " point shrinks by a known factor in a tick. The gradient is compared with that at the fixed point in double precision"
                + " (Almeida and Pineda).",
            numbers, "True for a constant input and a network that settles: the same rule converges, geometrically, to the gradient at the"
                + " fixed point.",
            List.of(new Curve("A cycle settles: largest relative error by tick", "tick", "relative error of g", false, true,
                Numbers.range(0, SETTLING), lines)));
    }

    private Setting setting(final double growth, final long seed, final Signals signals) {
        return new Setting(Shapes.cycle(WIDTH), Rule.diffusion(), seed, shift,
            engine -> Shapes.setGrowth(engine, signals.frame().apply(0), growth));
    }

    private static double factor(final double ratio) {
        return Math.max(ratio, 1 / ratio);
    }

    /** The largest relative error of a layer in each tick. */
    private double[] settled(final double growth, final long seed) {
        final double[] worst = new double[SETTLING + 1];
        final Network network = Shapes.cycle(WIDTH);
        final Signals signals = Signals.constant(network, seed);
        final Trace trace = Trace.of(setting(growth, seed, signals), signals, worst.length);
        final Truth truth = Truth.atFixedPoints(trace.twin(), signals);
        for (int t = 0; t < worst.length; t++) {
            for (int l = 1; l <= network.last(); l++) {
                worst[t] = Math.max(worst[t], trace.gap(l, t, truth.frame(0)).relative());
            }
        }
        return worst;
    }

    /** The largest difference of a weight's gradient from the difference quotient of the loss at the fixed point. */
    private double finiteDifferences() {
        final Network shape = Shapes.cycle(WIDTH);
        final Signals signals = Signals.constant(shape, 1);
        final DoubleNetwork network;
        try (Engine engine = Engine.open(shape, new Context().rule(Rule.diffusion()).seed(1))) {
            Shapes.setGrowth(engine, signals.frame().apply(0), GROWTHS.getFirst());
            network = DoubleNetwork.of(engine);
        }
        final Truth.State truth = Truth.atFixedPoints(network, signals).frame(0);
        double worst = 0;
        for (int k = 1; k <= shape.projections(); k++) {
            final double[] weights = network.weights(k);
            for (int w = 0; w < weights.length; w++) {
                final double right = truth.errors()[shape.to(k)][w / WIDTH] * truth.activations()[shape.from(k)][w % WIDTH];
                final double quotient = (loss(network, signals, weights, w, STEP) - loss(network, signals, weights, w, -STEP)) / (2 * STEP);
                worst = Math.max(worst, Math.abs(quotient - right));
            }
        }
        return worst;
    }

    private static double loss(final DoubleNetwork network, final Signals signals, final double[] weights, final int w, final double step) {
        final double original = weights[w];
        weights[w] += step;
        final double loss = network.loss(new FixedPoint(network).activations(signals.frame().apply(0)), signals.target().apply(0));
        weights[w] = original;
        return loss;
    }
}
