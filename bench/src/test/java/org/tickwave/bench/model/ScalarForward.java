package org.tickwave.bench.model;

import org.tickwave.Activation;

/** Computes the answer of a model neuron by neuron in double, without the engine. */
public final class ScalarForward {
    private ScalarForward() {
    }

    /** The output x_L; logits if the loss is a cross-entropy. */
    public static double[] answer(final Model model, final float[] input) {
        double[] x = new double[input.length];
        for (int i = 0; i < input.length; i++) {
            x[i] = input[i];
        }
        for (int l = 1; l <= model.network().layers(); l++) {
            x = layer(x, Models.layers(model).weights()[l - 1], Models.layers(model).biases()[l - 1], model.network().activation(l));
        }
        return x;
    }

    private static double[] layer(
        final double[] below, final float[] weights, final float[] biases, final Activation activation) {
        final double[] x = new double[biases.length];
        for (int i = 0; i < x.length; i++) {
            double a = biases[i];
            for (int j = 0; j < below.length; j++) {
                a += (double) weights[i * below.length + j] * below[j];
            }
            x[i] = switch (activation) {
                case IDENTITY -> a;
                case TANH -> Math.tanh(a);
                case LOGISTIC -> 1 / (1 + Math.exp(-a));
                case RELU -> Math.max(a, 0);
                case LEAKY_RELU -> a < 0 ? a / 100 : a;
            };
        }
        return x;
    }
}
