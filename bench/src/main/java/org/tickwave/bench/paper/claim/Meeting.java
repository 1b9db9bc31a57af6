package org.tickwave.bench.paper.claim;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tickwave.bench.paper.wave.Influence;
import org.tickwave.bench.paper.wave.Learnt;
import org.tickwave.bench.paper.wave.Setting;
import org.tickwave.bench.paper.wave.Signals;

/**
 * The frames that meet in the gradient of a layer of a chain, found by experiment.
 *
 * @param x       those whose input is in the activations that the error meets: what the weights learn, divided by the error
 * @param targets those whose target is in the error
 * @param inputs  those whose input is in the error
 */
record Meeting(List<Integer> x, List<Integer> targets, List<Integer> inputs) {
    /** Another frame changes an activation by much more, and the rounding of the weights by much less. */
    private static final double CHANGED = 1e-4;

    /** Of each layer of a chain, from layer 1 on. */
    static List<Meeting> of(final Setting setting, final Signals signals, final int tick) {
        final Influence influence = Influence.of(setting, signals, tick + 1);
        final Learnt base = Learnt.in(setting, signals, tick);
        final List<Learnt> others = IntStream.rangeClosed(0, tick)
            .mapToObj(s -> Learnt.in(setting, signals.withFrameChanged(s), tick)).toList();
        return IntStream.rangeClosed(1, setting.network().last()).mapToObj(l -> new Meeting(
            IntStream.rangeClosed(0, tick).filter(s -> differ(base.met(l), others.get(s).met(l))).boxed().toList(),
            influence.targets(l, tick), influence.inputs(l, tick))).toList();
    }

    private static boolean differ(final double[] a, final double[] b) {
        return IntStream.range(0, a.length).anyMatch(i -> Math.abs(a[i] - b[i]) > CHANGED);
    }

    /** The only frame; NaN if there is none, or more than one. */
    static double only(final List<Integer> frames) {
        return frames.size() == 1 ? frames.getFirst() : Double.NaN;
    }

    int newest() {
        return all().max(Integer::compare).orElseThrow();
    }

    int oldest() {
        return all().min(Integer::compare).orElseThrow();
    }

    private Stream<Integer> all() {
        return Stream.of(x, targets, inputs).flatMap(List::stream);
    }
}
