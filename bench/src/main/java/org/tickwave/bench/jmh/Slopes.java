package org.tickwave.bench.jmh;

import org.tickwave.Engine;

/**
 * Values of neurons whose sum is nearly zero. There rounding decides whether a leaky ReLU has the slope 1 or the leak, so that a frame may
 * teach an engine otherwise than a reference in double precision. One such neuron in a million is enough to refuse a right answer.
 */
final class Slopes {
    /** Of the root mean square of the layer. */
    private static final double NEARLY = 1e-4;

    private Slopes() {
    }

    /** Takes the engine's newest activations of a layer in place of those that are nearly zero and nearly the same. */
    static void settle(final double[] x, final Engine engine, final int layer) {
        final float[] seen = new float[x.length];
        if (!engine.waves().activation(layer, engine.ticks(), seen)) {
            throw new IllegalStateException("no activation of layer " + layer + " after tick " + engine.ticks());
        }
        settle(x, seen);
    }

    static void settle(final double[] x, final float[] seen) {
        double squares = 0;
        for (final double value : x) {
            squares += value * value;
        }
        final double nearly = NEARLY * Math.sqrt(squares / x.length);
        for (int i = 0; i < x.length; i++) {
            if (Math.abs(x[i]) <= nearly && Math.abs(seen[i] - x[i]) <= nearly) {
                x[i] = seen[i];
            }
        }
    }
}
