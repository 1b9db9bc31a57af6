package org.tickwave.bench.budget;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.tickwave.Activation;
import org.tickwave.Network;

/**
 * A network to judge.
 *
 * @param name    such as {@code 10 x 256}, or the name of a file
 * @param depth   L of a chain; null if the network comes from a file
 * @param width   neurons in each layer of a chain; null if the network comes from a file
 * @param network the network itself
 */
public record Subject(String name, Integer depth, Integer width, Network network) {
    /** A chain of leaky ReLU layers, all of one width, its input too. */
    static Subject chain(final int depth, final int width) {
        final int[] widths = new int[depth + 1];
        Arrays.fill(widths, width);
        return new Subject(depth + " x " + width, depth, width, Network.chain(widths).activation(Activation.LEAKY_RELU).build());
    }

    /** How many weights all projections have. */
    long weights() {
        return IntStream.rangeClosed(1, network.projections())
            .mapToLong(p -> (long) network.width(network.from(p)) * network.width(network.to(p))).sum();
    }
}
