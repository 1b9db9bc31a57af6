package org.tickwave.pipeline;

import java.util.stream.DoubleStream;
import org.tickwave.kernel.Sigma;
import org.tickwave.layout.Wiring;

/**
 * A graph and its gradients as in textbooks: no ticks, double precision, one frame at a time, squared error at every output. With other
 * feedback than the transposed weights these are what that feedback gives in place of the gradients.
 */
final class GraphTwin {
    final double[][] weights;
    final double[][] biases;
    /** The random matrix of each edge that has one, row by row. */
    final double[][] feedback;
    private final Wiring wiring;
    private final Sigma[] sigmas;

    GraphTwin(final Wiring wiring, final Sigma[] sigmas) {
        this.wiring = wiring;
        this.sigmas = sigmas;
        weights = new double[wiring.projections() + 1][];
        biases = new double[wiring.layers()][];
        feedback = new double[wiring.edges() + 1][];
    }

    /**
     * The gradient with respect to the weights of every projection.
     *
     * @param given the frame of each input, and the target of each output
     */
    double[][] gradients(final double[][] given) {
        final double[][] x = activations(given);
        final int[] upwards = wiring.upwards();
        final double[][] delta = new double[wiring.layers()][];
        final double[][] gradients = new double[weights.length][];
        for (int i = upwards.length - 1; i >= 0; i--) {
            final int l = upwards[i];
            delta[l] = delta(l, x, delta, given);
            for (final int k : wiring.into(l)) {
                final double[] below = x[wiring.from(k)];
                gradients[k] = new double[weights[k].length];
                for (int w = 0; w < gradients[k].length; w++) {
                    gradients[k][w] = delta[l][w / below.length] * below[w % below.length];
                }
            }
        }
        return gradients;
    }

    /** The loss of all outputs. Parameters as for {@link #gradients}. */
    double loss(final double[][] given) {
        final double[][] x = activations(given);
        double loss = 0;
        for (final int output : wiring.outputs()) {
            for (int i = 0; i < x[output].length; i++) {
                loss += .5 * (x[output][i] - given[output][i]) * (x[output][i] - given[output][i]);
            }
        }
        return loss;
    }

    private double[][] activations(final double[][] given) {
        final double[][] x = new double[wiring.layers()][];
        System.arraycopy(given, 0, x, 0, wiring.inputs());
        for (final int l : wiring.upwards()) {
            x[l] = activation(l, x);
        }
        return x;
    }

    private double[] activation(final int layer, final double[][] x) {
        final double[] a = biases[layer].clone();
        for (final int k : wiring.into(layer)) {
            final double[] below = x[wiring.from(k)];
            for (int w = 0; w < weights[k].length; w++) {
                a[w / below.length] += weights[k][w] * below[w % below.length];
            }
        }
        for (int i = 0; i < a.length; i++) {
            a[i] = switch (sigmas[layer]) {
                case IDENTITY -> a[i];
                case TANH -> Math.tanh(a[i]);
                default -> throw new IllegalArgumentException(sigmas[layer].toString());
            };
        }
        return a;
    }

    /** Adds the transposed matrix times an error. */
    private static void add(final double[] matrix, final double[] error, final double[] to) {
        for (int w = 0; w < matrix.length; w++) {
            to[w % to.length] += matrix[w] * error[w / to.length];
        }
    }

    private double[] delta(final int layer, final double[][] x, final double[][] delta, final double[][] given) {
        final double[] own = x[layer];
        final double[] sum = new double[own.length];
        if (wiring.isDirect(layer)) {
            for (int e = wiring.projections() + 1; e <= wiring.edges(); e++) {
                add(wiring.from(e) == layer ? feedback[e] : new double[0], delta[wiring.to(e)], sum);
            }
        } else {
            for (final int k : wiring.outOf(layer)) {
                add(switch (wiring.feedback(k)) {
                    case TRANSPOSE -> weights[k];
                    case RANDOM -> feedback[k];
                    case SIGN_SYMMETRIC -> DoubleStream.of(weights[k]).map(w -> .8 * Math.signum(w) / Math.sqrt(own.length)).toArray();
                    case DIRECT -> throw new IllegalArgumentException("projection " + k);
                }, delta[wiring.to(k)], sum);
            }
        }
        for (int i = 0; i < sum.length; i++) {
            if (wiring.isOutput(layer)) {
                sum[i] += own[i] - given[layer][i];
            }
            sum[i] *= switch (sigmas[layer]) {
                case IDENTITY -> 1;
                default -> 1 - own[i] * own[i];
            };
        }
        return sum;
    }
}
