package org.tickwave.layout;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** How many ticks the ways through a network take. */
final class Ways {
    private Ways() {
    }

    /** From an input to each layer of a graph without cycles. One more round than there are layers changes nothing. */
    static int[] longest(final Edges edges) {
        final int[] way = new int[edges.layers];
        int longer = 1;
        for (int round = 0; round <= edges.layers && longer > 0; round++) {
            longer = 0;
            for (int k = 1; k <= edges.projections(); k++) {
                final int to = edges.to[k];
                final int ticks = way[edges.from[k]] + edges.length[k];
                if (way[to] < ticks) {
                    way[to] = ticks;
                    longer = k;
                }
            }
        }
        if (longer > 0) {
            throw new IllegalArgumentException("projection " + longer + " from layer " + edges.from[longer] + " to layer " + edges.to[longer]
                + " closes a cycle: expected a graph without cycles");
        }
        return way;
    }

    /** From an input to each layer. Cycles have no longest way. */
    static int[] shortest(final Edges edges) {
        final int[] way = new int[edges.layers];
        Arrays.fill(way, edges.inputs, edges.layers, IntStream.of(edges.length).sum());
        boolean shorter = true;
        while (shorter) {
            shorter = false;
            for (int k = 1; k <= edges.projections(); k++) {
                final int to = edges.to[k];
                final int ticks = way[edges.from[k]] + edges.length[k];
                shorter |= way[to] > ticks;
                way[to] = Math.min(way[to], ticks);
            }
        }
        return way;
    }

    /**
     * The longest way of an error from any of some outputs down to each layer of a graph without cycles; less than 0, by far, if there
     * is no way.
     */
    static int[] down(final Edges edges, final int[] level, final int... outputs) {
        final int[] way = new int[edges.layers];
        Arrays.fill(way, Integer.MIN_VALUE / 2);
        for (final int output : outputs) {
            way[output] = 0;
        }
        IntStream.rangeClosed(1, edges.count()).filter(edges::leadsDown).boxed()
            .sorted(Comparator.comparing(e -> -level[edges.from(e)]))
            .forEach(e -> way[edges.from(e)] = Math.max(way[edges.from(e)], way[edges.to(e)] + edges.length(e)));
        return way;
    }
}
