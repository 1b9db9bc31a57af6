package org.tickwave.pipeline;

import org.tickwave.kernel.OutputError;
import org.tickwave.kernel.Sigma;

/**
 * A chain and its gradients as in textbooks: no ticks, double precision, one frame at a time. Layers are numbered as in the
 * engine. The weights into a layer are one array, row by row.
 */
public final class Twin {
    private static final double LEAK = 0.01f;

    private final int[] widths;
    private final Sigma[] sigmas;
    private final OutputError.Loss loss;
    /** Weights and biases of layers 1 to L, each at the index of its layer. */
    public final double[][] weights;
    public final double[][] biases;

    public Twin(final int[] widths, final Sigma[] sigmas, final OutputError.Loss loss) {
        this.widths = widths;
        this.sigmas = sigmas;
        this.loss = loss;
        weights = new double[widths.length][];
        biases = new double[widths.length][];
    }

    public void set(final int layer, final float[] newWeights, final float[] newBiases) {
        weights[layer] = widen(newWeights);
        biases[layer] = widen(newBiases);
    }

    public static double[] widen(final float[] narrow) {
        final double[] wide = new double[narrow.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = narrow[i];
        }
        return wide;
    }

    public int layers() {
        return widths.length - 1;
    }

    /** x of every layer, beginning with the frame. */
    public double[][] forward(final double[] frame) {
        final double[][] x = new double[widths.length][];
        x[0] = frame;
        for (int l = 1; l < widths.length; l++) {
            x[l] = new double[widths[l]];
            for (int i = 0; i < widths[l]; i++) {
                double a = biases[l][i];
                for (int j = 0; j < widths[l - 1]; j++) {
                    a += weights[l][i * widths[l - 1] + j] * x[l - 1][j];
                }
                x[l][i] = activation(sigmas[l], a);
            }
        }
        return x;
    }

    private static double activation(final Sigma sigma, final double a) {
        return switch (sigma) {
            case IDENTITY -> a;
            case TANH -> Math.tanh(a);
            case LOGISTIC -> logistic(a);
            case RELU -> Math.max(a, 0);
            case LEAKY_RELU -> a < 0 ? a * LEAK : a;
        };
    }

    private static double slope(final Sigma sigma, final double x) {
        return switch (sigma) {
            case IDENTITY -> 1;
            case TANH -> 1 - x * x;
            case LOGISTIC -> x * (1 - x);
            case RELU -> x > 0 ? 1 : 0;
            case LEAKY_RELU -> x < 0 ? LEAK : 1;
        };
    }

    private static double logistic(final double a) {
        return 1 / (1 + Math.exp(-a));
    }

    public double loss(final double[] frame, final double[] target) {
        final double[] out = forward(frame)[layers()];
        double sum = 0;
        double powers = 0;
        for (int i = 0; i < out.length; i++) {
            powers += Math.exp(out[i]);
            sum += switch (loss) {
                case SQUARED_ERROR -> (out[i] - target[i]) * (out[i] - target[i]) / 2;
                case SOFTMAX_CROSS_ENTROPY -> -target[i] * out[i];
                case LOGISTIC_CROSS_ENTROPY -> Math.log1p(Math.exp(out[i])) - target[i] * out[i];
            };
        }
        return loss == OutputError.Loss.SOFTMAX_CROSS_ENTROPY ? sum + Math.log(powers) : sum;
    }

    /** The error of layers 1 to L, which is also the gradient with respect to the biases. */
    public double[][] deltas(final double[] frame, final double[] target) {
        final double[][] x = forward(frame);
        final double[][] delta = new double[widths.length][];
        double[] error = outputError(x[layers()], target);
        for (int l = layers(); l > 0; l--) {
            delta[l] = new double[widths[l]];
            for (int i = 0; i < widths[l]; i++) {
                delta[l][i] = error[i] * slope(sigmas[l], x[l][i]);
            }
            error = new double[widths[l - 1]];
            for (int i = 0; i < widths[l]; i++) {
                for (int j = 0; j < widths[l - 1]; j++) {
                    error[j] += weights[l][i * widths[l - 1] + j] * delta[l][i];
                }
            }
        }
        return delta;
    }

    private double[] outputError(final double[] out, final double[] target) {
        double powers = 0;
        for (final double a : out) {
            powers += Math.exp(a);
        }
        final double[] error = new double[out.length];
        for (int i = 0; i < out.length; i++) {
            error[i] = switch (loss) {
                case SQUARED_ERROR -> out[i];
                case SOFTMAX_CROSS_ENTROPY -> Math.exp(out[i]) / powers;
                case LOGISTIC_CROSS_ENTROPY -> logistic(out[i]);
            } - target[i];
        }
        return error;
    }

    /** The gradient with respect to the weights of every layer. */
    public double[][] gradients(final double[] frame, final double[] target) {
        final double[][] x = forward(frame);
        final double[][] delta = deltas(frame, target);
        final double[][] gradient = new double[widths.length][];
        for (int l = 1; l < widths.length; l++) {
            gradient[l] = new double[weights[l].length];
            for (int i = 0; i < gradient[l].length; i++) {
                gradient[l][i] = delta[l][i / widths[l - 1]] * x[l - 1][i % widths[l - 1]];
            }
        }
        return gradient;
    }

    /** |a - b| / |b|. */
    public static double relativeError(final double[] a, final double[] b) {
        double difference = 0;
        double size = 0;
        for (int i = 0; i < b.length; i++) {
            difference += (a[i] - b[i]) * (a[i] - b[i]);
            size += b[i] * b[i];
        }
        return Math.sqrt(difference / size);
    }

    public static double norm(final double[] a) {
        double sum = 0;
        for (final double v : a) {
            sum += v * v;
        }
        return Math.sqrt(sum);
    }
}
