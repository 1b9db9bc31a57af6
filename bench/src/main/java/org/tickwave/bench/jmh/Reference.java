package org.tickwave.bench.jmh;

import org.tickwave.Engine;

/**
 * The workload's network, computed by the equations with scalar double arithmetic. There are no rings and no slots: every past x
 * is kept. So the reference is slow and has memory for a few ticks only. A weight is its start value plus its change, since the
 * changes are compared.
 */
final class Reference {
    private static final double LEAK = 0.01;

    private final Workload work;
    private final int layers;
    private final int width;
    private final int window;
    private final float[][] start;
    private final float[][] moved;
    private final double[][] bias;
    private final double[][][] x;
    private double[][] echo;
    private int now;

    /**
     * @param start  weights of each layer at tick 0, row by row
     * @param biases biases of each layer at tick 0
     * @param ticks  largest number of ticks
     */
    Reference(final Workload work, final float[][] start, final float[][] biases, final int ticks) {
        this.work = work;
        layers = work.depth;
        width = work.width;
        window = window(work.rule, layers);
        this.start = start;
        moved = new float[layers + 1][width * width];
        bias = new double[layers + 1][width];
        for (int l = 1; l <= layers; l++) {
            for (int i = 0; i < width; i++) {
                bias[l][i] = biases[l][i];
            }
        }
        x = new double[ticks + 1][layers + 1][width];
        echo = new double[layers + 1][width];
    }

    /** R; 0 without a window. */
    private static int window(final String rule, final int layers) {
        return switch (rule) {
            case "diffusion" -> 0;
            case "aligned" -> 2 * layers - 1;
            default -> Integer.parseInt(rule.substring("window:".length()));
        };
    }

    float[] moved(final int layer) {
        return moved[layer];
    }

    /** x of the last layer, from the last tick. */
    double[] output() {
        return x[now][layers];
    }

    /** @param engine has just made the same tick; see {@link Slopes} */
    void tick(final Engine engine) {
        final int t = now;
        for (int i = 0; i < width; i++) {
            x[t][0][i] = work.frames.frame(t / work.hold, i);
        }
        final double[][] echoes = new double[layers + 1][width];
        for (int l = 1; l <= layers; l++) {
            final double[] delta = l == layers ? outputError(t) : hiddenError(l, t);
            final int past = t - Math.min(window, 2 * (layers - l) + 1);
            final double[] taught = t >= 2 * layers - l ? x[past][l - 1] : null;
            for (int i = 0; i < width; i++) {
                final double a = row(l, i, x[t][l - 1], delta[i], echoes[l - 1], taught) + bias[l][i];
                x[t + 1][l][i] = l < layers && a < 0 ? LEAK * a : a;
                bias[l][i] -= taught == null ? 0 : Workload.RATE * delta[i];
            }
            if (l < layers) {
                Slopes.settle(x[t + 1][l], engine, l);
            }
        }
        echo = echoes;
        now = t + 1;
    }

    private double[] outputError(final int t) {
        final double[] delta = new double[width];
        final int targetTick = window == 0 ? t : t - layers;
        for (int i = 0; i < width && targetTick >= 0; i++) {
            delta[i] = x[t][layers][i] - work.frames.target(targetTick / work.hold, i);
        }
        return delta;
    }

    private double[] hiddenError(final int layer, final int t) {
        final int past = t - Math.min(Math.max(0, window - 1), 2 * (layers - layer));
        final double[] delta = new double[width];
        for (int i = 0; i < width && past >= 0; i++) {
            delta[i] = echo[layer][i] * (x[past][layer][i] < 0 ? LEAK : 1);
        }
        return delta;
    }

    /** Computes a row forward and backward with the current weights, then updates the weights. */
    private double row(
        final int layer, final int i, final double[] below, final double delta, final double[] down, final double[] taught) {
        final float[] initial = start[layer];
        final float[] change = moved[layer];
        double a = 0;
        for (int j = 0, at = i * width; j < width; j++, at++) {
            final double w = (double) initial[at] + change[at];
            a += w * below[j];
            down[j] += w * delta;
            if (taught != null) {
                change[at] -= (float) (Workload.RATE * delta * taught[j]);
            }
        }
        return a;
    }
}
