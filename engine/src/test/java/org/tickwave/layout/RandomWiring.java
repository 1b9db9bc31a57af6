package org.tickwave.layout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Random graphs without cycles in which every layer has a way in and a way out. */
public final class RandomWiring {
    private RandomWiring() {
    }

    /**
     * A graph under diffusion.
     *
     * @param balanced   whether projections that skip levels wait
     * @param mostInputs inputs, at most
     * @param mostLayers layers with weights, at most
     */
    public static Wiring of(final Random random, final boolean balanced, final int mostInputs, final int mostLayers) {
        final int inputs = 1 + random.nextInt(mostInputs);
        final int layers = inputs + 1 + random.nextInt(mostLayers);
        final List<int[]> projections = new ArrayList<>();
        for (int to = inputs; to < layers; to++) {
            final int always = to == inputs ? random.nextInt(inputs) : inputs + random.nextInt(to - inputs);
            for (int from = 0; from < to; from++) {
                if (from == always || random.nextInt(4) == 0) {
                    projections.add(new int[] {from, to});
                }
            }
        }
        for (int input = 0; input < inputs; input++) {
            final int unread = input;
            if (projections.stream().noneMatch(p -> p[0] == unread)) {
                projections.add(new int[] {input, inputs + random.nextInt(layers - inputs)});
            }
        }
        // Dead ends are outputs, and sometimes another layer is one too.
        final int[] outputs = IntStream.range(inputs, layers)
            .filter(l -> projections.stream().noneMatch(p -> p[0] == l) || random.nextInt(8) == 0).toArray();
        final int[] from = projections.stream().mapToInt(p -> p[0]).toArray();
        final int[] to = projections.stream().mapToInt(p -> p[1]).toArray();
        return balanced ? Wiring.balanced(layers, from, to, outputs) : Wiring.immediate(layers, from, to, outputs);
    }

    /** The same graph under the same rule, with any feedback along each projection, and directly to a third of the layers. */
    public static Wiring withFeedback(final Random random, final Wiring wiring) {
        final Feedback[] kinds = new Feedback[wiring.projections()];
        for (int k = 0; k < kinds.length; k++) {
            kinds[k] = Feedback.values()[random.nextInt(Feedback.DIRECT.ordinal())];
        }
        return wiring.withFeedback(
            kinds, IntStream.range(wiring.inputs(), wiring.layers()).filter(l -> random.nextInt(3) == 0).toArray());
    }

    /** The same graph with one kind of feedback along every projection. */
    public static Wiring withFeedback(final Feedback kind, final Wiring wiring, final int... direct) {
        final Feedback[] kinds = new Feedback[wiring.projections()];
        Arrays.fill(kinds, kind);
        return wiring.withFeedback(kinds, direct);
    }
}
