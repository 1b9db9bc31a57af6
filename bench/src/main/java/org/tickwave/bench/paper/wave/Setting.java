package org.tickwave.bench.paper.wave;

import java.util.Arrays;
import java.util.function.Consumer;
import org.tickwave.Activation;
import org.tickwave.Engine;
import org.tickwave.Network;
import org.tickwave.Rule;
import org.tickwave.bench.net.Graphs;
import org.tickwave.layout.Wiring;

/**
 * A network with start weights, under a rule.
 *
 * @param network  to run
 * @param rule     the learning rule
 * @param seed     of the start weights
 * @param ageShift ticks by which the activation that {@link Trace} and {@link Learnt} pair with an error is older than the rule says: 0, except in
 *                 tests
 * @param start    changes the start weights of an engine
 */
public record Setting(Network network, Rule rule, long seed, int ageShift, Consumer<Engine> start) {
    /** A setting with the start weights of the seed. */
    public Setting(final Network network, final Rule rule, final long seed, final int ageShift) {
        this(network, rule, seed, ageShift, _ -> { });
    }

    /** A chain of layers of one width, with a linear output and squared error. */
    public static Network chain(final int layers, final int width, final Activation hidden) {
        final int[] widths = new int[layers + 1];
        Arrays.fill(widths, width);
        return Network.chain(widths).activation(hidden).build();
    }

    /** The ages, delays and gates of the network under the rule. */
    public Wiring wiring() {
        return Graphs.withRule(Graphs.wiring(network), rule);
    }
}
