package org.tickwave.bench.paper.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.tickwave.Activation;
import org.tickwave.Rule;
import org.tickwave.bench.gradient.Gap;
import org.tickwave.bench.page.Curve;
import org.tickwave.bench.paper.Claim;
import org.tickwave.bench.paper.wave.Learnt;
import org.tickwave.bench.paper.wave.Setting;
import org.tickwave.bench.paper.wave.Signals;
import org.tickwave.bench.paper.wave.Trace;
import org.tickwave.bench.paper.wave.Truth;

/** C4: with a slow input the gradient is close to that of backprop. */
final class SlowInput {
    private static final int WIDTH = 8;
    private static final List<Integer> PERIODS = List.of(8, 16, 32, 64);
    private static final double CLOSE = .9;
    private static final double ROUNDING = 1e-5;
    private static final int NAMED = 9;

    private final Effort effort;
    private final int shift;

    SlowInput(final Effort effort, final int shift) {
        this.effort = effort;
        this.shift = shift;
    }

    Claim c4() {
        final List<Claim.Measured> numbers = new ArrayList<>();
        final List<Curve.Line> cosines = new ArrayList<>();
        final List<Curve.Line> errors = new ArrayList<>();
        for (final int layers : effort.slow()) {
            final List<Gap> means = PERIODS.stream().map(period -> mean(layers, period * (layers - 1))).toList();
            double rise = Double.POSITIVE_INFINITY;
            for (int i = 0; i < means.size(); i++) {
                final String name = "mean cosine at a period of " + PERIODS.get(i) + " (L - 1), L = " + layers;
                final boolean decides = layers == NAMED && i == PERIODS.size() - 1;
                numbers.add(decides ? Numbers.above(name, means.get(i).cosine(), CLOSE) : Numbers.shown(name, means.get(i).cosine()));
                rise = i == 0 ? rise : Math.min(rise, means.get(i).cosine() - means.get(i - 1).cosine());
            }
            numbers.add(Numbers.above("least rise of the cosine from a period to the next, L = " + layers, rise, 0));
            numbers.add(Numbers.shown("mean relative error at 64 (L - 1), as a share of that at 32 (L - 1), L = " + layers,
                means.getLast().relative() / means.get(means.size() - 2).relative()));
            numbers.add(Numbers.below("relative difference of what the weights learn in a tick from g, largest, L = " + layers, learnt(layers),
                ROUNDING));
            cosines.add(Numbers.line("L = " + layers, means.stream().mapToDouble(Gap::cosine)));
            errors.add(Numbers.line("L = " + layers, means.stream().mapToDouble(Gap::relative)));
        }
        final List<Double> x = PERIODS.stream().map(Integer::doubleValue).toList();
        return new Claim("C4", "In the quasi-stationary condition the gradient is very well approximated, for inputs that are not too fast"
            + " (Fig. 2B).",
            "Each number of the input is a sine with a phase of its own, the target is a random linear function of the input. Diffusion, tanh,"
                + " layers of "
                + WIDTH + ". The gradient of every layer is compared with that of the present frame, over a period after the fill. g is the"
                + " product of the error and the activation that the rule pairs; it is compared with the change of the weights in one tick. "
                + effort.slowSeeds() + " seeds.",
            numbers, "True, loosely. A cosine above .9 needs a period of 32 to 64 times L - 1 ticks, not a few times, whatever L.",
            List.of(new Curve("Slow input: mean cosine with the gradient of the present frame", "period / (L - 1), ticks", "cosine",
                    true, false, x, cosines),
                new Curve("Slow input: mean relative error", "period / (L - 1), ticks", "relative error of g", true, true, x, errors)));
    }

    /** At the shortest period. */
    private double learnt(final int layers) {
        return LongStream.rangeClosed(1, effort.slowSeeds()).mapToDouble(seed -> {
            final Setting setting = new Setting(Setting.chain(layers, WIDTH, Activation.TANH), Rule.diffusion(), seed, shift);
            return Learnt.in(setting, Signals.slow(setting.network(), seed, PERIODS.getFirst() * (layers - 1)), 3 * layers).difference();
        }).max().orElseThrow();
    }

    /** Over seeds, layers, and the ticks of a period. */
    private Gap mean(final int layers, final int periodTicks) {
        double cosine = 0;
        double relative = 0;
        int count = 0;
        for (long seed = 1; seed <= effort.slowSeeds(); seed++) {
            final Setting setting = new Setting(Setting.chain(layers, WIDTH, Activation.TANH), Rule.diffusion(), seed, shift);
            final Signals signals = Signals.slow(setting.network(), seed, periodTicks);
            final Trace trace = Trace.of(setting, signals, 2 * layers + periodTicks);
            final Truth truth = Truth.of(trace.twin(), signals);
            for (int t = 2 * layers; t < trace.ticks(); t++) {
                for (int l = 1; l <= layers; l++) {
                    final Gap gap = trace.gap(l, t, truth.frame(t));
                    cosine += gap.cosine();
                    relative += gap.relative();
                    count++;
                }
            }
        }
        return new Gap(relative / count, cosine / count);
    }
}
