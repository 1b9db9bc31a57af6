package org.tickwave.bench.paper.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.tickwave.Activation;
import org.tickwave.Rule;
import org.tickwave.bench.page.Curve;
import org.tickwave.bench.paper.Claim;
import org.tickwave.bench.paper.wave.Setting;
import org.tickwave.bench.paper.wave.Signals;

/** C7: for how long the input must be nearly constant. */
final class Span {
    private static final int WIDTH = 8;

    private final Effort effort;
    private final int shift;

    Span(final Effort effort, final int shift) {
        this.effort = effort;
        this.shift = shift;
    }

    Claim c7() {
        final List<Claim.Measured> numbers = new ArrayList<>();
        final List<Curve> curves = new ArrayList<>();
        final List<Integer> depths = Stream.concat(effort.odd().stream(), effort.even().stream()).sorted().toList();
        for (final int layers : depths) {
            final Setting setting = new Setting(Setting.chain(layers, WIDTH, Activation.TANH), Rule.diffusion(), 1, shift);
            final int tick = 3 * layers;
            final List<Meeting> met = Meeting.of(setting, Signals.fast(setting.network(), 1), tick);
            numbers.add(Numbers.equal("largest offset of input and target, ticks, L = " + layers,
                met.stream().mapToDouble(m -> Math.abs(Meeting.only(m.x()) - Meeting.only(m.targets()))).max().orElseThrow(), layers - 1.0));
            final int oldest = met.stream().mapToInt(Meeting::oldest).min().orElseThrow();
            final int newest = met.stream().mapToInt(Meeting::newest).max().orElseThrow();
            numbers.add(Numbers.equal("from the oldest frame in a tick's gradients to the newest, ticks, L = " + layers, newest - oldest,
                2.0 * layers - 1));
            if (layers == depths.getLast()) {
                curves.add(curve(layers, tick, met));
            }
        }
        return new Claim("C7", "Good synchronization requires that u_t is nearly constant over intervals of length τ_s = (L - 1) Δt.",
            "A new random frame in every tick, tanh, diffusion. Each frame and each target is changed alone, and every layer is"
                + " searched for the change: its error, and the change of its weights in one tick, divided by the error.",
            numbers, "True of the offset of input and target alone. The prediction inside δ_L is L ticks older, so frames of 2L - 1 ticks"
                + " meet.", curves);
    }

    private static Curve curve(final int layers, final int tick, final List<Meeting> met) {
        return new Curve("Ages of the frames that meet in a layer's gradient, L = " + layers, "layer", "age of the frame, ticks", false, false,
            Numbers.range(1, layers), List.of(
                Numbers.line("input that the error meets", met.stream().mapToDouble(m -> tick - Meeting.only(m.x()))),
                Numbers.line("target in the error", met.stream().mapToDouble(m -> tick - Meeting.only(m.targets()))),
                Numbers.line("newest input in the error", met.stream().mapToDouble(m -> tick - (double) m.inputs().getLast())),
                Numbers.line("oldest input in the error", met.stream().mapToDouble(m -> tick - (double) m.inputs().getFirst()))));
    }
}
