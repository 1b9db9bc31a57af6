package org.tickwave.bench.gradient;

/**
 * How far one gradient is from another.
 *
 * @param relative the norm of the difference, as a share of the norm of the true gradient; 0 if both are zero, infinite if only the
 *                 true one is
 * @param cosine   of the angle between the gradients; NaN if one of them is zero
 */
public record Gap(double relative, double cosine) {
    /**
     * Compares two gradients of one projection, each the outer product of an error and an activation, without making the products.
     *
     * @param error  of the gradient that is compared, with the activation x
     * @param truth  the error of the true gradient, with the activation below
     */
    public static Gap of(final double[] error, final double[] x, final double[] truth, final double[] below) {
        double square = 0;
        double own = 0;
        double all = 0;
        double product = 0;
        for (int i = 0; i < error.length; i++) {
            for (int j = 0; j < x.length; j++) {
                final double g = error[i] * x[j];
                final double right = truth[i] * below[j];
                square += (g - right) * (g - right);
                own += g * g;
                all += right * right;
                product += g * right;
            }
        }
        return new Gap(share(square, all), product / Math.sqrt(own * all));
    }

    /** The distance of a vector from a true one that is not zero, as a share of the true one's norm. */
    public static double relative(final double[] vector, final double[] truth) {
        double square = 0;
        double all = 0;
        for (int i = 0; i < truth.length; i++) {
            square += (vector[i] - truth[i]) * (vector[i] - truth[i]);
            all += truth[i] * truth[i];
        }
        return Math.sqrt(square / all);
    }

    private static double share(final double square, final double all) {
        return square == 0 ? 0 : Math.sqrt(square / all);
    }
}
