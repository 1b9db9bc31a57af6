package org.tickwave;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/** Refuses graphs that make no network, and says which layer is wrong. */
final class GraphCheck {
    private final List<String> names;
    private final int[] from;
    private final int[] to;

    /**
     * @param names of the layers
     * @param from  the lower layer of each projection
     * @param to    the upper layer of each projection
     */
    GraphCheck(final List<String> names, final int[] from, final int[] to) {
        this.names = names;
        this.from = from;
        this.to = to;
    }

    /** Expects that an input reaches every layer, and that every layer reaches an output. */
    void expectWays(final int[] inputs, final int[] outputs) {
        final BitSet up = reached(inputs, from, to);
        final BitSet down = reached(outputs, to, from);
        for (int l = 0; l < names.size(); l++) {
            if (!up.get(l)) {
                throw new IllegalArgumentException(names.get(l) + ", which no input reaches: expected a way from an input");
            }
            if (!down.get(l)) {
                throw new IllegalArgumentException(names.get(l) + ", which reaches no output: expected a way to an output");
            }
        }
    }

    private static BitSet reached(final int[] starts, final int[] from, final int[] to) {
        final BitSet reached = new BitSet();
        IntStream.of(starts).forEach(reached::set);
        for (int size = 0; size < reached.cardinality();) {
            size = reached.cardinality();
            for (int k = 0; k < from.length; k++) {
                if (reached.get(from[k])) {
                    reached.set(to[k]);
                }
            }
        }
        return reached;
    }

    /** Refuses a graph in which a way leads back to where it began, and names the layers on that way. */
    void expectNoCycle() {
        final BitSet left = new BitSet();
        left.set(0, names.size());
        for (int size = names.size() + 1; left.cardinality() < size;) {
            size = left.cardinality();
            for (int l = left.nextSetBit(0); l >= 0; l = left.nextSetBit(l + 1)) {
                if (below(l, left) < 0) {
                    left.clear(l);
                }
            }
        }
        if (!left.isEmpty()) {
            throw new IllegalArgumentException(
                "the cycle " + String.join(" -> ", cycle(left)) + ": expected a graph without cycles, or Balance.RECURRENT");
        }
    }

    /** A layer of a set from which a projection leads into the given layer; -1 if the set has none. */
    private int below(final int layer, final BitSet among) {
        return IntStream.range(0, to.length).filter(k -> to[k] == layer && among.get(from[k])).map(k -> from[k]).findFirst().orElse(-1);
    }

    /** Goes down, from layer to layer, until one comes again. Every layer of the set has one below. */
    private List<String> cycle(final BitSet left) {
        final Deque<Integer> way = new ArrayDeque<>();
        int layer = left.nextSetBit(0);
        while (!way.contains(layer)) {
            way.push(layer);
            layer = below(layer, left);
        }
        final List<String> cycle = new ArrayList<>(List.of(names.get(layer)));
        for (int at = way.pop(); at != layer; at = way.pop()) {
            cycle.add(names.get(at));
        }
        cycle.add(names.get(layer));
        return cycle;
    }
}
