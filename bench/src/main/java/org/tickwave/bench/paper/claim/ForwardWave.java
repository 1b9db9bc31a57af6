package org.tickwave.bench.paper.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tickwave.Activation;
import org.tickwave.Rule;
import org.tickwave.bench.page.Curve;
import org.tickwave.bench.paper.Claim;
import org.tickwave.bench.paper.wave.Influence;
import org.tickwave.bench.paper.wave.Setting;
import org.tickwave.bench.paper.wave.Signals;
import org.tickwave.bench.paper.wave.Trace;
import org.tickwave.bench.paper.wave.Truth;

/** C1 and C2: the waves, and how they fill a network. */
final class ForwardWave {
    private static final int WIDTH = 8;
    private static final double ROUNDING = 1e-5;
    private static final double PLAINLY_OFF = 1e-3;

    private final Effort effort;
    private final int shift;

    ForwardWave(final Effort effort, final int shift) {
        this.effort = effort;
        this.shift = shift;
    }

    private Setting diffusion(final int layers, final Activation hidden, final long seed) {
        return new Setting(Setting.chain(layers, WIDTH, hidden), Rule.diffusion(), seed, shift);
    }

    private List<Integer> depths() {
        return Stream.concat(effort.odd().stream(), effort.even().stream()).sorted().toList();
    }

    Claim c1() {
        final List<Claim.Measured> numbers = new ArrayList<>();
        List<Double> byLayer = List.of();
        for (final int layers : depths()) {
            final double[] worst = new double[layers + 1];
            for (long seed = 1; seed <= effort.seeds(); seed++) {
                worstOfForward(diffusion(layers, Activation.TANH, seed), seed, worst);
            }
            byLayer = IntStream.rangeClosed(1, layers).mapToObj(l -> worst[l]).toList();
            numbers.add(Numbers.below("largest relative error of x, L = " + layers, Numbers.max(byLayer), ROUNDING));
        }
        final int deepest = depths().getLast();
        numbers.add(Numbers.equal("layers and ticks in which another frame than t - l is found, L = " + deepest,
            strangers(diffusion(deepest, Activation.TANH, 1)), 0));
        final Curve curve = new Curve("Forward wave: distance from a forward pass in double precision", "layer", "largest relative error of x",
            false, true, Numbers.range(1, byLayer.size()), List.of(new Curve.Line("L = " + deepest, byLayer)));
        return new Claim("C1", "The input u_t is forwarded to layer κ at time t + κ (Eq. 1 to 3).",
            "A new random frame in every tick. The activation x[t+κ][κ] is compared with a forward pass of u[t] in double precision. Each frame is"
                + " changed alone, and every layer and tick is searched for the change.",
            numbers, "True. What differs is the rounding of float.", List.of(curve));
    }

    private static void worstOfForward(final Setting setting, final long seed, final double[] worst) {
        final int layers = worst.length - 1;
        final Signals signals = Signals.fast(setting.network(), seed);
        final Trace trace = Trace.of(setting, signals, 4 * layers + 8);
        for (int t = layers; t < trace.ticks(); t++) {
            for (int l = 1; l <= layers; l++) {
                final double[] x = trace.twin().activations(signals.frame().apply(t - l))[l];
                double square = 0;
                double all = 0;
                for (int i = 0; i < x.length; i++) {
                    square += Math.pow(trace.activation(l, t)[i] - x[i], 2);
                    all += x[i] * x[i];
                }
                worst[l] = Math.max(worst[l], Math.sqrt(square / all));
            }
        }
    }

    private static int strangers(final Setting setting) {
        final Influence influence = Influence.of(setting, Signals.fast(setting.network(), 1), 3 * setting.network().last());
        int strangers = 0;
        for (int t = 0; t < influence.base().ticks(); t++) {
            for (int l = 0; l <= setting.network().last(); l++) {
                strangers += influence.forward(l, t).equals(t < l ? List.of() : List.of(t - l)) ? 0 : 1;
            }
        }
        return strangers;
    }

    Claim c2() {
        final List<Claim.Measured> numbers = new ArrayList<>();
        long notByFrame = 0;
        long notByTarget = 0;
        for (final int layers : depths()) {
            final Setting setting = diffusion(layers, Activation.TANH, 1);
            final Influence influence = Influence.of(setting, Signals.constant(setting.network(), 1), 2 * layers + 1);
            notByFrame += IntStream.rangeClosed(1, layers).filter(l -> firstTick(influence, l, false) != l).count();
            notByTarget += IntStream.rangeClosed(1, layers).filter(l -> firstTick(influence, l, true) != layers - l).count();
        }
        numbers.add(Numbers.equal("layers that the first frame does not reach at tick l, all L", notByFrame, 0));
        numbers.add(Numbers.equal("layers that the first target does not reach at tick L - l, all L", notByTarget, 0));
        Curve curve = null;
        for (final int layers : depths()) {
            final List<Double> late = new ArrayList<>();
            final List<Double> early = new ArrayList<>();
            for (long seed = 1; seed <= effort.seeds(); seed++) {
                final double[][] relative = relative(diffusion(layers, Activation.TANH, seed), seed);
                for (int l = 1; l <= layers; l++) {
                    early.add(relative[2 * layers - l - 1][l]);
                    for (int t = 2 * layers - l; t < relative.length; t++) {
                        late.add(relative[t][l]);
                    }
                }
                curve = seed == 1 ? filling(relative) : curve;
            }
            numbers.add(Numbers.below("largest relative error of g from tick 2L - l on, L = " + layers, Numbers.max(late), ROUNDING));
            numbers.add(Numbers.above("least relative error of g in tick 2L - l - 1, L = " + layers, Numbers.min(early), PLAINLY_OFF));
        }
        final int deepest = depths().getLast();
        numbers.add(Numbers.equal("layers whose error is not zero before tick L - l, or zero in it: tanh, L = " + deepest,
            firstErrorsOff(diffusion(deepest, Activation.TANH, 1), 0), 0));
        numbers.add(Numbers.equal("layers whose error is not zero before tick 2L - l - 2, or zero in it: ReLU, L = " + deepest,
            firstErrorsOff(new Setting(Setting.chain(deepest, 4 * WIDTH, Activation.RELU), Rule.diffusion(), 1, shift), deepest - 2), 0));
        return new Claim("C2", "The input and backward signals fill the neurons (Fig. 1 and 2A).",
            "A frame and a target that are constant from tick 0 on, in a network of zeros. The first frame and the first target are changed"
                + " alone. The gradient g of every layer and tick is compared with backprop in double precision.",
            numbers, "True, but a filled network is not enough: the gradient of layer l is right only from tick 2L - l on, of all layers from"
                + " 2L - 1 on. Errors that are not zero come earlier, so learning waits for each layer until then.", List.of(curve));
    }

    /** The first tick in which tick 0's frame, or target, is in a layer. */
    private static int firstTick(final Influence influence, final int layer, final boolean target) {
        return IntStream.range(0, influence.base().ticks())
            .filter(t -> (target ? influence.targets(layer, t) : influence.forward(layer, t)).contains(0)).findFirst().orElse(-1);
    }

    private static double[][] relative(final Setting setting, final long seed) {
        final int layers = setting.network().last();
        final Signals signals = Signals.constant(setting.network(), seed);
        final Trace trace = Trace.of(setting, signals, 3 * layers + 2);
        final Truth truth = Truth.of(trace.twin(), signals);
        final double[][] relative = new double[trace.ticks()][layers + 1];
        for (int t = 0; t < trace.ticks(); t++) {
            for (int l = 1; l <= layers; l++) {
                relative[t][l] = trace.gap(l, t, truth.frame(0)).relative();
            }
        }
        return relative;
    }

    private static Curve filling(final double[][] relative) {
        final List<Curve.Line> lines = new ArrayList<>();
        for (int layer = 1; layer < relative[0].length; layer++) {
            final int l = layer;
            lines.add(Numbers.line("layer " + l, IntStream.range(0, relative.length).mapToDouble(t -> relative[t][l])));
        }
        return new Curve("Filling with a constant frame: relative error by tick", "tick", "relative error of g", false, true,
            Numbers.range(0, relative.length - 1), lines);
    }

    /** @param extra ticks after L - l in which the first error of a hidden layer is expected */
    private static long firstErrorsOff(final Setting setting, final int extra) {
        final int layers = setting.network().last();
        final Trace trace = Trace.of(setting, Signals.constant(setting.network(), 1), 2 * layers + 1);
        return IntStream.range(1, layers).filter(l -> IntStream.range(0, trace.ticks()).filter(t -> !zero(trace.error(l, t))).findFirst().orElse(-1)
            != layers - l + extra).count();
    }

    private static boolean zero(final float[] numbers) {
        for (final float number : numbers) {
            if (number != 0) {
                return false;
            }
        }
        return true;
    }
}
