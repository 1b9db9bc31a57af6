package org.tickwave.bench.budget;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How much longer a slow tick takes than the median tick: factor × median^exponent, fitted to measurements. Disturbances of the machine
 * cost much the same for every network, and a long tick meets more of them; so neither a sum nor a ratio fits.
 *
 * @param factor   in nanoseconds, for a median of one nanosecond
 * @param exponent from 0 to 1
 */
record Tail(double factor, double exponent) {
    /**
     * @param observations at least one
     * @param slow         the percentile
     */
    static Tail fit(final List<Observation> observations, final ToDoubleFunction<Times> slow) {
        double x = 0;
        double y = 0;
        final int n = observations.size();
        for (final Observation of : observations) {
            x += Math.log(of.times().p50Ns()) / n;
            y += log(of, slow) / n;
        }
        double xx = 0;
        double xy = 0;
        for (final Observation of : observations) {
            final double dx = Math.log(of.times().p50Ns()) - x;
            xx += dx * dx;
            xy += dx * (log(of, slow) - y);
        }
        final double exponent = xx > 0 ? Math.clamp(xy / xx, 0, 1) : 0;
        return new Tail(Math.exp(y - exponent * x), exponent);
    }

    /** Of at least a nanosecond, the step of the clock. */
    private static double log(final Observation of, final ToDoubleFunction<Times> slow) {
        return Math.log(Math.max(1, slow.applyAsDouble(of.times()) - of.times().p50Ns()));
    }

    double ns(final double p50Ns) {
        return p50Ns + factor * Math.pow(p50Ns, exponent);
    }
}
