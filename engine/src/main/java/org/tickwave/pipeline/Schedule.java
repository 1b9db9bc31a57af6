package org.tickwave.pipeline;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.tickwave.layout.Wiring;

/**
 * In which order a band takes its layers in a tick, and for which layers of other bands it waits before the tick. A band waits for
 * the layers that the projections of its own layers name. Then everything that the band reads is there, and everything that it
 * overwrites has been read.
 */
record Schedule(int[] layers, int[] waitsFor) {
    /**
     * Takes the layers at the border first, because other bands wait for them: the highest first. The others follow, downwards if
     * there is a band above, else upwards.
     *
     * @param own the layers of the band, from the lowest level up
     */
    static Schedule sweep(final Wiring wiring, final int[] own) {
        final int[] waitsFor = Arrays.stream(own).flatMap(l -> IntStream.of(wiring.neighbours(l)))
            .filter(l -> !contains(own, l)).sorted().distinct().toArray();
        final int[] down = IntStream.range(0, own.length).map(i -> own[own.length - 1 - i]).toArray();
        final IntStream border = IntStream.of(down)
            .filter(l -> IntStream.of(wiring.neighbours(l)).anyMatch(other -> !contains(own, other)));
        final boolean above = waitsFor.length > 0 && contains(wiring.neighbours(down[0]), waitsFor[waitsFor.length - 1]);
        return new Schedule(IntStream.concat(border, IntStream.of(above ? down : own)).distinct().toArray(), waitsFor);
    }

    private static boolean contains(final int[] layers, final int layer) {
        return IntStream.of(layers).anyMatch(l -> l == layer);
    }

    boolean has(final int layer) {
        return contains(layers, layer);
    }

    /** The layer that completes a tick last. */
    int last() {
        return layers[layers.length - 1];
    }
}
