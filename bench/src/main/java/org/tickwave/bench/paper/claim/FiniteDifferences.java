package org.tickwave.bench.paper.claim;

import org.tickwave.Network;
import org.tickwave.bench.gradient.DoubleNetwork;

/** The gradient of a chain by central finite differences of every weight, with a forward pass that counts its multiply-adds. */
final class FiniteDifferences {
    private static final double STEP = 1e-5;

    private final DoubleNetwork network;
    private final Network shape;
    private final float[] frame;
    private final float[] target;
    private long multiplyAdds;

    FiniteDifferences(final DoubleNetwork network, final float[] frame, final float[] target) {
        this.network = network;
        shape = network.network();
        this.frame = frame;
        this.target = target;
    }

    /** So far. */
    long multiplyAdds() {
        return multiplyAdds;
    }

    /** For each projection the gradient of the loss. */
    double[][] gradients() {
        final double[][] gradients = new double[shape.projections() + 1][];
        for (int k = 1; k < gradients.length; k++) {
            final double[] weights = network.weights(k);
            gradients[k] = new double[weights.length];
            for (int w = 0; w < weights.length; w++) {
                final double original = weights[w];
                weights[w] = original + STEP;
                final double above = loss();
                weights[w] = original - STEP;
                final double below = loss();
                weights[w] = original;
                gradients[k][w] = (above - below) / (2 * STEP);
            }
        }
        return gradients;
    }

    private double loss() {
        double[] x = new double[frame.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = frame[i];
        }
        for (int l = 1; l <= shape.last(); l++) {
            x = layer(l, x);
        }
        double loss = 0;
        for (int i = 0; i < x.length; i++) {
            loss += (x[i] - target[i]) * (x[i] - target[i]) / 2;
        }
        return loss;
    }

    private double[] layer(final int l, final double[] below) {
        final double[] weights = network.weights(l);
        final double[] x = network.biases(l).clone();
        for (int i = 0, w = 0; i < x.length; i++) {
            for (int j = 0; j < below.length; j++, w++) {
                x[i] += weights[w] * below[j];
                multiplyAdds++;
            }
            x[i] = DoubleNetwork.activated(shape.activation(l), x[i]);
        }
        return x;
    }
}
