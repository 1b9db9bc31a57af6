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

    private static double share(final double square, final double all) {
        return square == 0 ? 0 : Math.sqrt(square / all);
    }
}
