package org.tickwave.layout;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Where the edges of a network lead, and how errors come down them. An edge is a projection or a direct edge; {@link Wiring} says which
 * numbers they have. Of time, this class knows only the ticks that each projection takes.
 */
final class Edges {
    final int layers;
    final int inputs;
    /** Of each projection, at its number. */
    final int[] from;
    final int[] to;
    /** Ticks that a projection takes. */
    final int[] length;
    final int[] outputs;
    /** Of each projection. */
    final Feedback[] feedback;
    /** The layers with direct feedback. */
    final int[] direct;
    final int[][] into;
    final int[][] outOf;
    /** The direct edges, upper and lower ends. */
    private final int[] directFrom;
    private final int[] directTo;

    Edges(
        final int layers, final int[] from, final int[] to, final int[] length, final int[] outputs, final Feedback[] feedback,
        final int[] direct) {
        this.layers = layers;
        this.from = from;
        this.to = to;
        this.length = length;
        this.outputs = outputs;
        this.feedback = feedback;
        this.direct = direct;
        into = projectionsBy(layers, to);
        outOf = projectionsBy(layers, from);
        inputs = (int) Arrays.stream(into).filter(projections -> projections.length == 0).count();
        for (int l = 0; l < inputs; l++) {
            if (into[l].length > 0) {
                throw new IllegalArgumentException("layer " + l + " has weights: expected the " + inputs + " inputs first");
            }
        }
        final int[][] directEdges = endsOfDirectEdges();
        directFrom = directEdges[0];
        directTo = directEdges[1];
    }

    /** The same layers and projections, without direct edges. */
    static Edges transposed(final int layers, final int[] from, final int[] to, final int[] length, final int[] outputs) {
        return new Edges(layers, from, to, length, outputs, allTransposed(from.length), new int[0]);
    }

    static Feedback[] allTransposed(final int count) {
        final Feedback[] feedback = new Feedback[count];
        Arrays.fill(feedback, Feedback.TRANSPOSE);
        return feedback;
    }

    Edges withLength(final int... newLength) {
        return new Edges(layers, from, to, newLength, outputs, feedback, direct);
    }

    Edges withFeedback(final Feedback[] newFeedback, final int... newDirect) {
        return new Edges(layers, from, to, length, outputs, newFeedback, newDirect);
    }

    private static int[][] projectionsBy(final int layers, final int[] ends) {
        return IntStream.range(0, layers)
            .mapToObj(l -> IntStream.range(1, ends.length).filter(k -> ends[k] == l).toArray()).toArray(int[][]::new);
    }

    /** For each layer with direct feedback an edge from every other output that the layer reaches. */
    private int[][] endsOfDirectEdges() {
        final IntStream.Builder lower = IntStream.builder();
        final IntStream.Builder upper = IntStream.builder();
        for (final int layer : direct) {
            if (layer < inputs || layer >= layers) {
                throw new IllegalArgumentException("direct feedback to layer " + layer + (layer >= 0 && layer < inputs ? ", an input" : "")
                    + ": expected a layer with weights, " + inputs + " to " + (layers - 1));
            }
            final boolean[] reached = reached(layer);
            for (final int output : outputs) {
                if (output != layer && reached[output]) {
                    lower.add(layer);
                    upper.add(output);
                }
            }
        }
        return new int[][] {lower.build().toArray(), upper.build().toArray()};
    }

    private boolean[] reached(final int layer) {
        final boolean[] reached = new boolean[layers];
        reached[layer] = true;
        boolean further = true;
        while (further) {
            further = false;
            for (int k = 1; k < from.length; k++) {
                further |= reached[from[k]] && !reached[to[k]];
                reached[to[k]] |= reached[from[k]];
            }
        }
        return reached;
    }

    int projections() {
        return from.length - 1;
    }

    int count() {
        return projections() + directFrom.length;
    }

    int from(final int edge) {
        return edge < from.length ? from[edge] : directFrom[edge - from.length];
    }

    int to(final int edge) {
        return edge < to.length ? to[edge] : directTo[edge - to.length];
    }

    /** Ticks that an echo takes along an edge. */
    int length(final int edge) {
        return edge < from.length ? length[edge] : 1;
    }

    Feedback feedback(final int edge) {
        return edge < from.length ? feedback[edge] : Feedback.DIRECT;
    }

    boolean isDirect(final int layer) {
        return Arrays.binarySearch(direct, layer) >= 0;
    }

    /** Whether errors come down along an edge, if only to an input, which needs none. */
    boolean leadsDown(final int edge) {
        return edge >= from.length || !isDirect(from[edge]);
    }

    boolean sendsEcho(final int edge) {
        return leadsDown(edge) && from(edge) >= inputs;
    }

    int[] echoes(final int layer) {
        return IntStream.rangeClosed(1, count()).filter(edge -> from(edge) == layer && sendsEcho(edge)).toArray();
    }

    int[] directEdges(final int output) {
        return IntStream.rangeClosed(from.length, count()).filter(edge -> to(edge) == output).toArray();
    }

    int holder(final int input) {
        return to[outOf[input][0]];
    }

    int[] neighbours(final int layer) {
        final IntStream below = IntStream.of(into[layer]).map(this::from).flatMap(
            lower -> lower >= inputs ? IntStream.of(lower) : holder(lower) != layer ? IntStream.of(holder(lower)) : readers(lower));
        final IntStream above = readers(layer);
        final IntStream direct = IntStream.rangeClosed(from.length, count()).filter(edge -> from(edge) == layer || to(edge) == layer)
            .flatMap(edge -> IntStream.of(from(edge), to(edge)));
        return IntStream.concat(IntStream.concat(below, above), direct).filter(other -> other != layer).sorted().distinct().toArray();
    }

    private IntStream readers(final int layer) {
        return IntStream.of(outOf[layer]).map(this::to);
    }

    /** Every number that decides how errors come down. Empty if all of them come down by the transposed weights. */
    int[] feedbackNumbers() {
        final int[] codes = IntStream.range(1, from.length).map(k -> sendsEcho(k) ? feedback[k].ordinal() : 0).toArray();
        // Nothing leads down to a layer with no projection out of it.
        final int[] sending = IntStream.of(direct).filter(l -> outOf[l].length > 0).toArray();
        if (sending.length == 0 && IntStream.of(codes).allMatch(code -> code == Feedback.TRANSPOSE.ordinal())) {
            return new int[0];
        }
        return IntStream.concat(IntStream.of(codes), IntStream.concat(IntStream.of(sending.length), IntStream.of(sending))).toArray();
    }
}
