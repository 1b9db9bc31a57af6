package org.tickwave.bench.paper.wave;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.tickwave.Activation;
import org.tickwave.Balance;
import org.tickwave.Engine;
import org.tickwave.GraphBuilder;
import org.tickwave.Network;
import org.tickwave.Relaxation;

/** Networks beyond chains. All have one input and one linear output with squared error. */
public final class Shapes {
    private static final int TICKS = 2_000;
    private static final int HALVINGS = 24;

    private Shapes() {
    }

    /** Ten levels, with a projection that skips three of them. */
    public static Network skip(final Balance balance, final int layers, final int width) {
        final GraphBuilder graph = Network.graph().balance(balance).input("input", width);
        for (int l = 1; l <= layers; l++) {
            if (l < layers) {
                graph.layer(name(l), width);
            } else {
                graph.output("output", width);
            }
            graph.from(l == 1 ? "input" : name(l - 1));
            if (l == layers - 2) {
                graph.from(name(2));
            }
        }
        return graph.build();
    }

    /** A balanced graph with random skips, and with two layers at each level but the highest. */
    public static Network ladder(final long seed, final int levels, final int width, final Activation hidden) {
        final SplittableRandom random = new SplittableRandom(seed);
        final GraphBuilder graph = Network.graph().input("input", width);
        final List<String> lower = new ArrayList<>(List.of("input", "input"));
        for (int l = 1; l < levels; l++) {
            final List<String> before = lower.subList(lower.size() - 2, lower.size());
            final List<String> level = List.of("a" + l, "b" + l);
            for (int i = 0; i < level.size(); i++) {
                graph.layer(level.get(i), width).activation(hidden).from(before.get(i));
                for (final String other : lower.subList(1, lower.size())) {
                    if (!other.equals(before.get(i)) && random.nextInt(4) == 0) {
                        graph.from(other);
                    }
                }
            }
            lower.addAll(level);
        }
        graph.output("output", width).from(lower.getLast(), lower.get(lower.size() - 2));
        return graph.build();
    }

    /** Two layers that read each other, and an output. */
    public static Network cycle(final int width) {
        return Network.graph().balance(Balance.RECURRENT).input("input", width)
            .layer("a", width).from("input", "b").layer("b", width).from("a").output("output", width).from("b").build();
    }

    /**
     * Scales the weights inside the cycle until small disturbances of the fixed point grow by a factor in a tick.
     *
     * @param engine has the network {@link #cycle}
     * @param frame  whose fixed point is meant
     * @param growth the factor, below 1
     */
    public static void setGrowth(final Engine engine, final float[] frame, final double growth) {
        final Network network = engine.network();
        final int[] inside = {network.projection("b", "a"), network.projection("a", "b")};
        final float[][] start = new float[inside.length][];
        for (int i = 0; i < inside.length; i++) {
            start[i] = new float[network.width(network.from(inside[i])) * network.width(network.to(inside[i]))];
            engine.weights(inside[i], start[i]);
        }
        double low = 0;
        double high = 4;
        for (int round = 0; round < HALVINGS; round++) {
            final double factor = (low + high) / 2;
            for (int i = 0; i < inside.length; i++) {
                final float[] scaled = start[i].clone();
                for (int w = 0; w < scaled.length; w++) {
                    scaled[w] *= (float) factor;
                }
                engine.setWeights(inside[i], scaled, new float[network.width(network.to(inside[i]))]);
            }
            if (Relaxation.of(engine, frame, TICKS).growth() < growth) {
                low = factor;
            } else {
                high = factor;
            }
        }
    }

    private static String name(final int level) {
        return "layer" + level;
    }
}
