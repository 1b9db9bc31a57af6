package org.tickwave.bench.net;

import java.util.Random;
import org.tickwave.Activation;
import org.tickwave.GraphBuilder;
import org.tickwave.Loss;
import org.tickwave.Network;

/** Random networks, with frames and targets for them. */
public final class RandomNetworks {
    private static final Activation[] SMOOTH = {Activation.TANH, Activation.LOGISTIC, Activation.IDENTITY};

    private RandomNetworks() {
    }

    /** Graphs with several inputs and outputs. Outputs may lead on, and projections may skip layers. */
    public static Network graph(final Random random) {
        final int inputs = 1 + random.nextInt(3);
        final int layers = random.nextInt(5);
        final int outputs = 1 + random.nextInt(3);
        final int all = inputs + layers + outputs;
        final boolean[][] leads = new boolean[all][all];
        for (int to = inputs; to < all; to++) {
            leads[random.nextInt(to)][to] = true;
            for (int from = 0; from < to; from++) {
                leads[from][to] |= random.nextInt(3) == 0;
            }
        }
        for (int from = 0; from < inputs + layers; from++) {
            leads[from][Math.max(inputs, from + 1) + random.nextInt(all - Math.max(inputs, from + 1))] = true;
        }
        final GraphBuilder graph = Network.graph();
        for (int l = 0; l < all; l++) {
            final int width = 1 + random.nextInt(20);
            if (l < inputs) {
                graph.input("l" + l, width);
            } else if (l < inputs + layers) {
                graph.layer("l" + l, width).activation(SMOOTH[random.nextInt(SMOOTH.length)]);
            } else {
                graph.output("l" + l, width).loss(Loss.values()[random.nextInt(Loss.values().length)]);
            }
            for (int from = 0; from < l; from++) {
                if (leads[from][l]) {
                    graph.from("l" + from);
                }
            }
        }
        return graph.build();
    }

    /** A distribution for each output. */
    public static float[] targets(final Random random, final Network network) {
        final float[] targets = new float[network.targetWidth()];
        int first = 0;
        for (final int output : network.outputs()) {
            targets[first + random.nextInt(network.width(output))] = 1;
            first += network.width(output);
        }
        return targets;
    }

    public static float[] numbers(final Random random, final int n) {
        final float[] numbers = new float[n];
        for (int i = 0; i < n; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }
}
