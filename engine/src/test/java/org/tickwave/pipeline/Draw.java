package org.tickwave.pipeline;

import java.util.Random;
import org.tickwave.kernel.OutputError;
import org.tickwave.kernel.Sigma;

/** Random networks, frames and targets whose gradients are neither lost in rounding nor at a kink. */
public final class Draw {
    private Draw() {
    }

    /** Odd widths, some below and some above a vector and a panel of 128 bits. */
    public static int[] widths(final int layers) {
        final int[] all = {7, 5, 17, 3, 19, 9, 5};
        final int[] widths = new int[layers + 1];
        System.arraycopy(all, 0, widths, 0, layers + 1);
        return widths;
    }

    /** Weights that keep the waves large through {@code sigma}: they make up for its slope. */
    public static float[] weights(final Random random, final int rows, final int columns, final Sigma sigma) {
        final double gain = sigma == Sigma.LOGISTIC ? 4 : 1.2;
        final float[] weights = new float[rows * columns];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) (random.nextGaussian() * gain / Math.sqrt(columns));
        }
        return weights;
    }

    public static float[] vector(final Random random, final int width) {
        final float[] vector = new float[width];
        for (int i = 0; i < width; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    /** A target that fits the loss: any numbers, a distribution, or numbers from 0 to 1. */
    public static float[] target(final Random random, final int width, final OutputError.Loss loss) {
        final float[] target = new float[width];
        for (int i = 0; i < width; i++) {
            target[i] = switch (loss) {
                case SQUARED_ERROR -> (float) (2 * random.nextGaussian());
                case LOGISTIC_CROSS_ENTROPY -> random.nextFloat();
                case SOFTMAX_CROSS_ENTROPY -> 0;
            };
        }
        if (loss == OutputError.Loss.SOFTMAX_CROSS_ENTROPY) {
            target[random.nextInt(width)] = 1;
        }
        return target;
    }
}
