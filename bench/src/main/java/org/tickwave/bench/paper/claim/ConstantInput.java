package org.tickwave.bench.paper.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tickwave.Activation;
import org.tickwave.Rule;
import org.tickwave.bench.page.Curve;
import org.tickwave.bench.paper.Claim;
import org.tickwave.bench.paper.wave.Learnt;
import org.tickwave.bench.paper.wave.Setting;
import org.tickwave.bench.paper.wave.Signals;
import org.tickwave.bench.paper.wave.Trace;
import org.tickwave.bench.paper.wave.Truth;

/** C3: with a constant input the gradient is that of backprop. */
final class ConstantInput {
    private static final int WIDTH = 8;
    private static final double ROUNDING = 1e-5;

    private final Effort effort;
    private final int shift;

    ConstantInput(final Effort effort, final int shift) {
        this.effort = effort;
        this.shift = shift;
    }

    private Setting setting(final int layers, final long seed) {
        return new Setting(Setting.chain(layers, WIDTH, Activation.TANH), Rule.diffusion(), seed, shift);
    }

    Claim c3() {
        final List<Integer> depths = Stream.concat(effort.odd().stream(), effort.even().stream()).sorted().toList();
        final List<Claim.Measured> numbers = new ArrayList<>();
        for (final int layers : depths) {
            final List<Double> relative = new ArrayList<>();
            double learnt = 0;
            for (long seed = 1; seed <= effort.seeds(); seed++) {
                relative.addAll(filled(layers, seed));
                learnt = Math.max(learnt, learnt(setting(layers, seed)));
            }
            numbers.add(Numbers.below("largest relative error of g after the fill, L = " + layers, Numbers.max(relative), ROUNDING));
            numbers.add(Numbers.below("largest relative error of what the weights learn in a tick, L = " + layers, learnt, ROUNDING));
        }
        final List<Curve> curves = new ArrayList<>();
        long off = 0;
        for (final int layers : depths) {
            final int[] holds = leastHolds(layers);
            off += IntStream.rangeClosed(1, layers).filter(l -> holds[l] != 2 * layers - l + 1 - Math.min(l - 1, layers - l)).count();
            numbers.add(Numbers.equal("least hold with all layers exact in one tick, L = " + layers, holds[0], 2.0 * layers));
            if (layers == depths.getLast()) {
                curves.add(new Curve("Least hold after which a layer is exact, L = " + layers, "layer", "ticks for which a frame is held",
                    false, false, Numbers.range(1, layers), List.of(
                        Numbers.line("measured", IntStream.rangeClosed(1, layers).mapToDouble(l -> holds[l])),
                        Numbers.line("for all layers in one tick", IntStream.rangeClosed(1, layers).mapToDouble(l -> holds[0])))));
            }
        }
        numbers.add(Numbers.equal("layers whose least hold is not 2L - l + 1 - min(l - 1, L - l), all L", off, 0));
        return new Claim("C3", "When the input and the supervision are kept constant, the gradient can consistently be computed by Backpropagation.",
            "A constant random frame and target, frozen weights, diffusion. After tick 2L - 1 the gradient of every layer is compared with"
                + " backprop in"
                + " double precision; then the rate is set to " + (int) Learnt.RATE + " for one tick, and the change of the weights is"
                + " compared too. Frames are held for 1 to 2L + 1 ticks, to find the least hold after which a layer is exact.",
            numbers, "True, to the rounding of float. A frame must be held for 2L ticks to make all layers exact in one tick.", curves);
    }

    private List<Double> filled(final int layers, final long seed) {
        final Setting setting = setting(layers, seed);
        final Signals signals = Signals.constant(setting.network(), seed);
        final Trace trace = Trace.of(setting, signals, 3 * layers + 2);
        final Truth truth = Truth.of(trace.twin(), signals);
        return IntStream.range(2 * layers - 1, trace.ticks()).boxed().flatMap(t -> IntStream.rangeClosed(1, layers)
            .mapToObj(l -> trace.gap(l, t, truth.frame(0)).relative())).toList();
    }

    private static double learnt(final Setting setting) {
        return Learnt.error(setting, Signals.constant(setting.network(), setting.seed()), 2 * setting.network().last());
    }

    /** For each layer the least hold with a tick in which the layer is exact; at index 0 with a tick in which all layers are. */
    private int[] leastHolds(final int layers) {
        final int[] least = new int[layers + 1];
        for (int hold = 2 * layers + 1; hold >= 1; hold--) {
            final Setting setting = setting(layers, 1);
            final Signals signals = Signals.fast(setting.network(), 1).held(hold);
            final Trace trace = Trace.of(setting, signals, 2 * layers + 3 * hold);
            final Truth truth = Truth.of(trace.twin(), signals);
            for (int t = 2 * layers; t < trace.ticks(); t++) {
                boolean all = true;
                for (int l = 1; l <= layers; l++) {
                    final boolean exact = trace.gap(l, t, truth.frame(trace.taught(l, t))).relative() < ROUNDING;
                    all &= exact;
                    least[l] = exact ? hold : least[l];
                }
                least[0] = all ? hold : least[0];
            }
        }
        return least;
    }
}
