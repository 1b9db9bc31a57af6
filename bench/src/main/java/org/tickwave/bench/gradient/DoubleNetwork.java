package org.tickwave.bench.gradient;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.tickwave.Activation;
import org.tickwave.Engine;
import org.tickwave.Loss;
import org.tickwave.Network;
import org.tickwave.bench.net.Graphs;
import org.tickwave.layout.Wiring;

/**
 * A network in double precision, with weights of its own. A frame goes through all layers at once, and the gradients are those of
 * textbooks, whatever feedback the network has. The weights may be changed between calls. For one thread at a time.
 */
public final class DoubleNetwork {
    private final Network network;
    private final Wiring wiring;
    private final int[] upwards;
    private final double[][] weights;
    private final double[][] biases;

    /** All weights are zero. */
    public DoubleNetwork(final Network network) {
        this.network = network;
        wiring = Graphs.wiring(network);
        upwards = wiring.upwards();
        weights = IntStream.rangeClosed(0, network.projections())
            .mapToObj(k -> new double[k == 0 ? 0 : network.width(network.to(k)) * network.width(network.from(k))]).toArray(double[][]::new);
        biases = IntStream.rangeClosed(0, network.last())
            .mapToObj(l -> new double[l < network.inputs() ? 0 : network.width(l)]).toArray(double[][]::new);
    }

    /** A copy of an engine's network and weights. For the source's thread. */
    public static DoubleNetwork of(final Engine engine) {
        final DoubleNetwork copy = new DoubleNetwork(engine.network());
        for (int k = 1; k < copy.weights.length; k++) {
            final float[] read = new float[copy.weights[k].length];
            engine.weights(k, read);
            Arrays.setAll(copy.weights[k], i -> read[i]);
        }
        for (int l = copy.network.inputs(); l < copy.biases.length; l++) {
            final float[] read = new float[copy.biases[l].length];
            engine.biases(l, read);
            Arrays.setAll(copy.biases[l], i -> read[i]);
        }
        return copy;
    }

    public Network network() {
        return network;
    }

    /** The weights of a projection, row by row. Changes of the array change the network. */
    public double[] weights(final int projection) {
        return weights[projection];
    }

    /** The biases of a layer. Changes of the array change the network. */
    public double[] biases(final int layer) {
        return biases[layer];
    }

    /** The weighted sums of a layer, with its biases, before its activation. */
    public double[] sums(final int layer, final double[][] x) {
        final double[] sums = biases[layer].clone();
        for (final int k : wiring.into(layer)) {
            final double[] below = x[wiring.from(k)];
            for (int i = 0, w = 0; i < sums.length; i++) {
                for (int j = 0; j < below.length; j++, w++) {
                    sums[i] += weights[k][w] * below[j];
                }
            }
        }
        return sums;
    }

    /**
     * The activations of all layers for one frame. The network has no cycles.
     *
     * @param frame the numbers of all inputs, one input after the other
     * @return at the index of each layer
     */
    public double[][] activations(final float[] frame) {
        final double[][] x = new double[biases.length][];
        int first = 0;
        for (int input = 0; input < network.inputs(); input++) {
            x[input] = widen(frame, first, network.width(input));
            first += x[input].length;
        }
        for (final int l : upwards) {
            x[l] = sums(l, x);
            for (int i = 0; i < x[l].length; i++) {
                x[l][i] = activated(network.activation(l), x[l][i]);
            }
        }
        return x;
    }

    /**
     * The errors of all layers with weights: the gradient of the loss with respect to their weighted sums. The network has no cycles.
     *
     * @param x      the activations of all layers
     * @param target the numbers of all outputs, one output after the other
     * @return at the index of each layer; null for an input
     */
    public double[][] errors(final double[][] x, final float[] target) {
        final double[][] errors = new double[biases.length][];
        int first = 0;
        for (final int output : network.outputs()) {
            errors[output] = lossGradient(network.loss(output), x[output], widen(target, first, x[output].length));
            first += x[output].length;
        }
        for (int i = upwards.length - 1; i >= 0; i--) {
            final int l = upwards[i];
            errors[l] = errors[l] == null ? new double[x[l].length] : errors[l];
            for (final int k : wiring.outOf(l)) {
                addEcho(k, errors[wiring.to(k)], errors[l]);
            }
            for (int j = 0; j < errors[l].length; j++) {
                errors[l][j] *= slope(network.activation(l), x[l][j]);
            }
        }
        return errors;
    }

    /**
     * Adds the echo of a projection: the transposed weights times an error.
     *
     * @param error of the upper layer
     * @param to    of the lower layer
     */
    public void addEcho(final int projection, final double[] error, final double[] to) {
        for (int i = 0, w = 0; i < error.length; i++) {
            for (int j = 0; j < to.length; j++, w++) {
                to[j] += weights[projection][w] * error[i];
            }
        }
    }

    /** The loss of all outputs. Parameters as for {@link #errors}. */
    public double loss(final double[][] x, final float[] target) {
        double loss = 0;
        int first = 0;
        for (final int output : network.outputs()) {
            loss += loss(network.loss(output), x[output], widen(target, first, x[output].length));
            first += x[output].length;
        }
        return loss;
    }

    private static double[] widen(final float[] from, final int first, final int count) {
        return IntStream.range(first, first + count).mapToDouble(i -> from[i]).toArray();
    }

    /** An activation of a weighted sum. */
    public static double activated(final Activation activation, final double sum) {
        return switch (activation) {
            case IDENTITY -> sum;
            case TANH -> Math.tanh(sum);
            case LOGISTIC -> 1 / (1 + Math.exp(-sum));
            case RELU -> Math.max(sum, 0);
            case LEAKY_RELU -> sum < 0 ? sum / 100 : sum;
        };
    }

    /** The slope of an activation, where the activation is x. */
    public static double slope(final Activation activation, final double x) {
        return switch (activation) {
            case IDENTITY -> 1;
            case TANH -> 1 - x * x;
            case LOGISTIC -> x * (1 - x);
            case RELU -> x > 0 ? 1 : 0;
            case LEAKY_RELU -> x < 0 ? 1e-2 : 1;
        };
    }

    private static double[] lossGradient(final Loss loss, final double[] x, final double[] target) {
        final double[] predicted = switch (loss) {
            case SQUARED_ERROR -> x;
            case LOGISTIC_CROSS_ENTROPY -> Arrays.stream(x).map(a -> activated(Activation.LOGISTIC, a)).toArray();
            case SOFTMAX_CROSS_ENTROPY -> {
                final double log = logOfSum(x);
                yield Arrays.stream(x).map(a -> Math.exp(a - log)).toArray();
            }
        };
        return IntStream.range(0, x.length).mapToDouble(i -> predicted[i] - target[i]).toArray();
    }

    private static double loss(final Loss loss, final double[] x, final double[] target) {
        final double log = loss == Loss.SOFTMAX_CROSS_ENTROPY ? logOfSum(x) : 0;
        return IntStream.range(0, x.length).mapToDouble(i -> switch (loss) {
            case SQUARED_ERROR -> .5 * (x[i] - target[i]) * (x[i] - target[i]);
            case LOGISTIC_CROSS_ENTROPY -> Math.max(x[i], 0) - x[i] * target[i] + Math.log1p(Math.exp(-Math.abs(x[i])));
            case SOFTMAX_CROSS_ENTROPY -> target[i] * (log - x[i]);
        }).sum();
    }

    /** The logarithm of the sum of the exponentials. */
    private static double logOfSum(final double[] x) {
        final double largest = Arrays.stream(x).max().orElseThrow();
        return largest + Math.log(Arrays.stream(x).map(a -> Math.exp(a - largest)).sum());
    }
}
