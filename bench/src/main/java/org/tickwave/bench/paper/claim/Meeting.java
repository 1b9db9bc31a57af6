package org.tickwave.bench.paper.claim;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tickwave.bench.paper.wave.Influence;

/**
 * The frames that meet in the gradient of a layer, found by experiment.
 *
 * @param x       those whose input is in the activations that the error meets
 * @param targets those whose target is in the error
 * @param inputs  those whose input is in the error
 */
record Meeting(List<Integer> x, List<Integer> targets, List<Integer> inputs) {
    static Meeting of(final Influence influence, final int layer, final int tick) {
        final List<Integer> x = IntStream.of(influence.base().wiring().into(layer)).boxed().flatMap(k ->
            influence.forward(influence.base().wiring().from(k), tick - influence.base().age(k)).stream()).distinct().sorted().toList();
        return new Meeting(x, influence.targets(layer, tick), influence.inputs(layer, tick));
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
