package org.tickwave.bench.net;

import java.util.stream.IntStream;
import org.tickwave.Feedback;
import org.tickwave.Network;
import org.tickwave.Rule;
import org.tickwave.layout.Wiring;

/** The shapes of networks, for code that works on the layout below the engine. */
public final class Graphs {
    private Graphs() {
    }

    /** Whether each layer leads to the next one only, from one input to one output. The names do not matter. */
    public static boolean chain(final Network network) {
        return network.inputs() == 1 && network.outputs().length == 1 && network.outputs()[0] == network.last()
            && network.projections() == network.last()
            && IntStream.rangeClosed(1, network.last()).allMatch(k -> network.from(k) == k - 1 && network.to(k) == k);
    }

    /** The widths of all layers, in the order of their numbers. */
    public static int[] widths(final Network network) {
        return IntStream.rangeClosed(0, network.last()).map(network::width).toArray();
    }

    /** The layers and projections with their feedback, under diffusion. Every projection takes one tick. */
    public static Wiring wiringWithFeedback(final Network network) {
        final int[] direct = IntStream.rangeClosed(1, network.projections()).filter(k -> network.feedback(k) == Feedback.DIRECT)
            .map(network::from).distinct().toArray();
        return wiring(network).withFeedback(IntStream.rangeClosed(1, network.projections()).mapToObj(network::feedback)
            .map(Graphs::kind).toArray(org.tickwave.layout.Feedback[]::new), direct);
    }

    private static org.tickwave.layout.Feedback kind(final Feedback feedback) {
        return feedback == Feedback.DIRECT ? org.tickwave.layout.Feedback.TRANSPOSE : org.tickwave.layout.Feedback.valueOf(feedback.name());
    }

    /** The same layers and edges under another rule than diffusion. */
    public static Wiring withRule(final Wiring underDiffusion, final Rule rule) {
        final String name = rule.toString();
        return switch (name) {
            case "diffusion" -> underDiffusion;
            case "aligned" -> underDiffusion.aligned();
            default -> underDiffusion.window(Integer.parseInt(name.substring(name.indexOf(':') + 1)));
        };
    }

    /** The layers and projections with transposed feedback, under diffusion. Every projection takes one tick. */
    public static Wiring wiring(final Network network) {
        final int layers = network.last() + 1;
        final int[] from = IntStream.rangeClosed(1, network.projections()).map(network::from).toArray();
        final int[] to = IntStream.rangeClosed(1, network.projections()).map(network::to).toArray();
        return switch (network.balance()) {
            case BALANCED -> Wiring.balanced(layers, from, to, network.outputs());
            case IMMEDIATE -> Wiring.immediate(layers, from, to, network.outputs());
            case RECURRENT -> Wiring.recurrent(layers, from, to, network.outputs());
        };
    }
}
