package org.tickwave.kernel;

/** The forward pass of one layer as scalar code, in the order of sums of {@link Passes} and {@link Fold}. */
public final class ScalarLayer {
    private ScalarLayer() {
    }

    /** What the guard keeps of a frame. */
    public static float[] admitted(final float[] frame) {
        final float[] x = new float[frame.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = Scalar.flush(frame[i]);
        }
        return x;
    }

    /**
     * The activation of a layer.
     *
     * @param weights row by row
     * @param x       the activation of the layer below
     * @return null if the guard refuses the activation
     */
    public static float[] forward(final Sigma sigma, final float[] weights, final float[] biases, final float[] x) {
        final float[] activation = new float[biases.length];
        for (int row = 0; row < activation.length; row++) {
            final float[] sums = new float[Scalar.SUMS];
            for (int column = 0; column < Scalar.padded(x.length); column++) {
                final boolean padding = column >= x.length;
                final float weight = padding ? 0 : weights[row * x.length + column];
                final int v = column % Scalar.SUMS;
                sums[v] = Math.fma(weight, padding ? 0 : x[column], sums[v]);
            }
            final float sum = Scalar.fold(sums, 0, Scalar.SUMS) + biases[row];
            if (!Scalar.good(sum)) {
                return null;
            }
            activation[row] = Scalar.activate(sigma, sum);
        }
        return activation;
    }
}
