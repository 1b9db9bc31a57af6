package org.tickwave.bench.peer;

import java.util.stream.IntStream;
import org.tickwave.Engine;
import org.tickwave.Loss;
import org.tickwave.Network;
import org.tickwave.bench.gradient.DoubleNetwork;

/**
 * Equilibrium propagation (Scellier and Bengio 2017) on a network with symmetric cycles, in double precision. The network settles twice,
 * with its outputs nudged a little towards the target, and away from the target. The difference of what the two fixed points have in
 * common at the ends of a weight is the weight's update. No error travels: so this is another way to what the ticks of a network with
 * {@link org.tickwave.Balance#RECURRENT} learn.
 *
 * <p>Two nudges, one to either side, make the error of the update quadratic in the nudge; with one nudge it is linear.
 */
public final class EquilibriumPropagation {
    private final Network network;
    private final DoubleNetwork copy;
    private final int[] reverse;

    /**
     * Copies the weights of an engine.
     *
     * @param engine of a network in which every projection between two layers with weights has a projection back, with the transposed
     *               weights. Outputs have a squared error
     * @throws IllegalArgumentException if the network is another one
     */
    public EquilibriumPropagation(final Engine engine) {
        network = engine.network();
        copy = DoubleNetwork.of(engine);
        for (final int output : network.outputs()) {
            if (network.loss(output) != Loss.SQUARED_ERROR) {
                throw new IllegalArgumentException("output " + network.name(output) + " has " + network.loss(output) + ": expected SQUARED_ERROR");
            }
        }
        reverse = IntStream.rangeClosed(0, network.projections()).map(k -> k == 0 || network.from(k) < network.inputs() ? 0 : reverseOf(k)).toArray();
    }

    private int reverseOf(final int k) {
        final String ends = "projection " + network.name(network.from(k)) + " -> " + network.name(network.to(k));
        final int back = IntStream.rangeClosed(1, network.projections())
            .filter(other -> network.from(other) == network.to(k) && network.to(other) == network.from(k)).findFirst()
            .orElseThrow(() -> new IllegalArgumentException(ends + " without a projection back: expected symmetric cycles"));
        final int columns = network.width(network.from(k));
        final double[] weights = copy.weights(k);
        for (int w = 0; w < weights.length; w++) {
            if (weights[w] != copy.weights(back)[w % columns * network.width(network.to(k)) + w / columns]) {
                throw new IllegalArgumentException(ends + " whose weights are not those of the projection back, transposed");
            }
        }
        return back;
    }

    /**
     * The update of every projection for one frame.
     *
     * @param frame  the numbers of all inputs, one input after the other
     * @param target the numbers of all outputs, one output after the other
     * @param nudge  &beta;, how strongly the outputs are pulled
     * @param ticks  for how many ticks each phase settles
     * @return at the index of each projection, what gradient descent subtracts from its weights, times the rate. For a projection with a
     *         projection back: the sum of the gradients of both, as one weight stands for both
     */
    public double[][] update(final float[] frame, final float[] target, final double nudge, final int ticks) {
        final double[][] towards = settle(frame, target, nudge, ticks);
        final double[][] away = settle(frame, target, -nudge, ticks);
        final double[][] update = new double[network.projections() + 1][];
        for (int k = 1; k < update.length; k++) {
            update[k] = new double[copy.weights(k).length];
            final int from = network.from(k);
            final int to = network.to(k);
            final int columns = network.width(from);
            for (int w = 0; w < update[k].length; w++) {
                update[k][w] = -(towards[to][w / columns] * towards[from][w % columns]
                    - away[to][w / columns] * away[from][w % columns]) / (2 * nudge);
            }
        }
        return update;
    }

    /**
     * Learns from one frame, and keeps the cycles symmetric.
     *
     * @param rate by which the update is multiplied; the other parameters are those of {@link #update}
     */
    public void learn(final float[] frame, final float[] target, final double nudge, final int ticks, final double rate) {
        final double[][] update = update(frame, target, nudge, ticks);
        for (int k = 1; k < update.length; k++) {
            final double[] weights = copy.weights(k);
            for (int w = 0; w < weights.length; w++) {
                weights[w] -= rate * update[k][w];
            }
        }
    }

    /** The loss of the fixed point without a nudge. */
    public double loss(final float[] frame, final float[] target, final int ticks) {
        final double[][] x = settle(frame, target, 0, ticks);
        double loss = 0;
        int at = 0;
        for (final int output : network.outputs()) {
            for (final double value : x[output]) {
                loss += .5 * Math.pow(value - target[at++], 2);
            }
        }
        return loss;
    }

    /** The projection back; 0 if the projection leads from an input. */
    int reverse(final int projection) {
        return reverse[projection];
    }

    private double[][] settle(final float[] frame, final float[] target, final double nudge, final int ticks) {
        double[][] x = IntStream.rangeClosed(0, network.last()).mapToObj(l -> new double[network.width(l)]).toArray(double[][]::new);
        int at = 0;
        for (int input = 0; input < network.inputs(); input++) {
            for (int i = 0; i < x[input].length; i++) {
                x[input][i] = frame[at++];
            }
        }
        for (int t = 0; t < ticks; t++) {
            x = next(x, target, nudge);
        }
        return x;
    }

    private double[][] next(final double[][] x, final float[] target, final double nudge) {
        final double[][] next = new double[x.length][];
        for (int l = 0; l < x.length; l++) {
            next[l] = l < network.inputs() ? x[l] : copy.sums(l, x);
        }
        int at = 0;
        for (final int output : network.outputs()) {
            for (int i = 0; i < next[output].length; i++) {
                next[output][i] -= nudge * (x[output][i] - target[at++]);
            }
        }
        for (int l = network.inputs(); l < x.length; l++) {
            for (int i = 0; i < next[l].length; i++) {
                next[l][i] = DoubleNetwork.activated(network.activation(l), next[l][i]);
            }
        }
        return next;
    }
}
