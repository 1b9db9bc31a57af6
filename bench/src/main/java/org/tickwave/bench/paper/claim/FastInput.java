package org.tickwave.bench.paper.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.tickwave.Activation;
import org.tickwave.Rule;
import org.tickwave.bench.page.Curve;
import org.tickwave.bench.paper.Claim;
import org.tickwave.bench.paper.wave.Learnt;
import org.tickwave.bench.paper.wave.Setting;
import org.tickwave.bench.paper.wave.Signals;
import org.tickwave.bench.paper.wave.Trace;
import org.tickwave.bench.paper.wave.Truth;
import org.tickwave.bench.report.Units;

/** C5 and C6: the middle layer under a fast input. */
final class FastInput {
    private static final int WIDTH = 8;
    private static final int TICKS = 60;
    private static final double ROUNDING = 1e-5;
    private static final double PLAINLY_OFF = .1;
    private static final List<Float> TARGETS = List.of(1f, 10f);
    private static final List<Float> SIZES = List.of(.25f, .5f, 1f, 2f, 4f, 8f, 16f, 32f);

    private final Effort effort;
    private final int shift;

    FastInput(final Effort effort, final int shift) {
        this.effort = effort;
        this.shift = shift;
    }

    private Setting setting(final int layers, final Activation hidden, final long seed) {
        return new Setting(Setting.chain(layers, WIDTH, hidden), Rule.diffusion(), seed, shift);
    }

    private static int middle(final int layers) {
        return (layers + 1) / 2;
    }

    Claim c5() {
        final List<Claim.Measured> numbers = new ArrayList<>();
        final List<Curve> curves = new ArrayList<>();
        for (final int layers : effort.odd()) {
            final double[][] linear = gaps(layers, Activation.IDENTITY, true, 1);
            final int middle = middle(layers);
            numbers.add(Numbers.below("linear, δ_L from outside: largest relative error at l_s = " + middle + ", L = " + layers,
                linear[1][middle], ROUNDING));
            numbers.add(Numbers.below("linear, δ_L from outside: largest relative error of what the weights learn in a tick at l_s = " + middle
                + ", L = " + layers, learnt(layers, middle), ROUNDING));
            if (layers > 1) {
                numbers.add(Numbers.above("linear, δ_L from outside: least mean relative error of the other layers, L = " + layers,
                    IntStream.rangeClosed(1, layers).filter(l -> l != middle).mapToDouble(l -> linear[0][l]).min().orElseThrow(), PLAINLY_OFF));
            }
            for (final float scale : TARGETS) {
                final String name = "a real loss, targets times " + Units.number(scale) + ": mean relative error at l_s, L = " + layers;
                final double linearMean = gaps(layers, Activation.IDENTITY, false, scale)[0][middle];
                final double tanhMean = gaps(layers, Activation.TANH, false, scale)[0][middle];
                numbers.add(scale == 1 ? Numbers.above("linear, " + name, linearMean, PLAINLY_OFF) : Numbers.shown("linear, " + name, linearMean));
                numbers.add(scale == 1 ? Numbers.above("tanh, " + name, tanhMean, PLAINLY_OFF) : Numbers.shown("tanh, " + name, tanhMean));
            }
            if (layers == effort.odd().getLast()) {
                curves.add(curve(layers, linear[0]));
                curves.add(bySizeOfTargets(layers));
            }
        }
        for (final int layers : effort.even()) {
            final double[][] linear = gaps(layers, Activation.IDENTITY, true, 1);
            numbers.add(Numbers.above("linear, δ_L from outside, no middle layer: least mean relative error of a layer, L = " + layers,
                IntStream.rangeClosed(1, layers).mapToDouble(l -> linear[0][l]).min().orElseThrow(), PLAINLY_OFF));
        }
        return new Claim("C5",
            "Also with a rapidly changing signal there is perfect synchronization at l_s = (L + 1) / 2, if L is odd (Fig. 3, Eq. 6).",
            "A new random frame in every tick, diffusion. Once the network is linear and the error of its output is given from outside: the"
                + " target of tick t is x_L[t] minus a random error; there the change of the weights in a tick is compared too. Once with a"
                + " real loss, linear and with tanh. The gradient of layer l is compared with that of the frame whose target is in its error.",
            numbers, "True only of the indices of input and target. It is the gradient only if the network is linear and δ_L does not depend on the"
                + " prediction. With a real loss or with tanh the prediction and the slopes come from older frames, and no layer is exact; the"
                + " larger the targets beside the prediction, the smaller the error. With an even L no layer is exact either way.", curves);
    }

    private Curve curve(final int layers, final double[] outside) {
        return new Curve("Fast input: mean relative error by layer, L = " + layers, "layer", "relative error of g",
            false, true, Numbers.range(1, layers), List.of(line("linear, δ_L from outside", outside),
                line("linear, a real loss", gaps(layers, Activation.IDENTITY, false, 1)[0]),
                line("tanh, a real loss", gaps(layers, Activation.TANH, false, 1)[0])));
    }

    private Curve bySizeOfTargets(final int layers) {
        final int middle = middle(layers);
        return new Curve("Fast input: mean relative error at l_s by the size of the targets, L = " + layers, "targets times",
            "relative error of g", true, true, SIZES.stream().map(Float::doubleValue).toList(), List.of(
                Numbers.line("linear", SIZES.stream().mapToDouble(size -> gaps(layers, Activation.IDENTITY, false, size)[0][middle])),
                Numbers.line("tanh", SIZES.stream().mapToDouble(size -> gaps(layers, Activation.TANH, false, size)[0][middle]))));
    }

    private static Curve.Line line(final String name, final double[] byLayer) {
        return Numbers.line(name, IntStream.range(1, byLayer.length).mapToDouble(l -> byLayer[l]));
    }

    /** The mean and the largest relative error of each layer. */
    private double[][] gaps(final int layers, final Activation hidden, final boolean outside, final float targets) {
        final double[][] gaps = new double[2][layers + 1];
        for (long seed = 1; seed <= effort.seeds(); seed++) {
            final Setting setting = setting(layers, hidden, seed);
            final Signals fast = Signals.fast(setting.network(), seed).targetsTimes(targets);
            final Signals signals = outside ? fast.errorsFromOutside() : fast;
            final Trace trace = Trace.of(setting, signals, 2 * layers + TICKS);
            final Truth truth = Truth.of(trace.twin(), signals);
            for (int t = 2 * layers; t < trace.ticks(); t++) {
                for (int l = 1; l <= layers; l++) {
                    final double relative = trace.gap(l, t, truth.frame(trace.taught(l, t))).relative();
                    gaps[0][l] += relative / (TICKS * effort.seeds());
                    gaps[1][l] = Math.max(gaps[1][l], relative);
                }
            }
        }
        return gaps;
    }

    private double learnt(final int layers, final int middle) {
        return LongStream.rangeClosed(1, effort.seeds()).mapToDouble(seed -> {
            final Setting setting = setting(layers, Activation.IDENTITY, seed);
            final Signals signals = Signals.fast(setting.network(), seed).errorsFromOutside();
            final Learnt learnt = Learnt.in(setting, signals, 3 * layers);
            return learnt.error(middle, Truth.of(learnt.twin(), signals));
        }).max().orElseThrow();
    }

    Claim c6() {
        final List<Claim.Measured> numbers = new ArrayList<>();
        for (final int layers : effort.odd()) {
            final Setting setting = setting(layers, Activation.TANH, 1);
            final int tick = 3 * layers;
            final int middle = middle(layers);
            final Meeting meeting = Meeting.of(setting, Signals.fast(setting.network(), 1), tick).get(middle - 1);
            final double lag = (layers - 1) / 2.0;
            numbers.add(Numbers.equal("lag of the input in the gradient at l_s = " + middle + ", ticks, L = " + layers,
                tick - Meeting.only(meeting.x()), lag));
            numbers.add(Numbers.equal("lag of the target in the gradient at l_s = " + middle + ", ticks, L = " + layers,
                tick - Meeting.only(meeting.targets()), lag));
        }
        return new Claim("C6", "The gradient in the layer of perfect synchronization is delayed by l_s - 1 = (L - 1) / 2.",
            "A new random frame in every tick, tanh, diffusion. Each frame and each target is changed alone. The input is found in the change of"
                + " the weights in one tick, divided by the error; the target is found in the error.",
            numbers, "True of the indices: the input and the target that meet at l_s belong to the frame of (L - 1) / 2 ticks ago.", List.of());
    }
}
