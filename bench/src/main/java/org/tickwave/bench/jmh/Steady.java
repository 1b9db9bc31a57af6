package org.tickwave.bench.jmh;

import java.lang.foreign.ValueLayout;
import java.util.stream.IntStream;
import org.tickwave.Engine;
import org.tickwave.Feedback;
import org.tickwave.Network;
import org.tickwave.bench.gradient.DoubleNetwork;

/**
 * Verifies an engine without cycles while its waves are steady: one frame and one target are held so long that every rule gives the
 * gradient. Then the output, and what the engine learns, must be those of a network in double precision, which uses no engine.
 */
final class Steady {
    /** So large that rounding does not matter. */
    private static final float RATE = 1e-4f;
    private static final double OUTPUT_TOLERANCE = 1e-4;

    private Steady() {
    }

    /**
     * Leaves the weights as they were, learning on, and a rate of its own.
     *
     * @param frame  the numbers of all inputs
     * @param target the numbers of the output, the only one
     * @throws IllegalStateException if the answer is wrong
     */
    static void verify(final Engine engine, final float[] frame, final float[] target) {
        final Network network = engine.network();
        final DoubleNetwork reference = DoubleNetwork.of(engine);
        final double[][] x = reference.activations(frame);
        engine.learning(true);
        engine.rate(0);
        hold(engine, frame, target, 4 * network.latency() + 8);
        Expect.near("output", x[network.outputs()[0]], engine.output().toArray(ValueLayout.JAVA_FLOAT), OUTPUT_TOLERANCE);
        for (int l = network.inputs(); l <= network.last(); l++) {
            if (l != network.outputs()[0]) {
                Slopes.settle(x[l], engine, l);
            }
        }
        final float[][] start = weights(engine);
        final float[][] biases = biases(engine);
        engine.rate(RATE);
        // In one tick all weights learn from the steady waves. In the next one the waves would differ, and slopes with them.
        hold(engine, frame, target, 1);
        final float[][] after = weights(engine);
        final double[][] errors = reference.errors(x, target);
        for (int k = 1; k <= network.projections(); k++) {
            final int columns = network.width(network.from(k));
            // With other feedback the layers below the output learn no gradient. Then each row must learn something.
            if (network.to(k) == network.outputs()[0] || gradient(network)) {
                Moved.verify("projection " + k, 1, start[k], change(errors[network.to(k)], x[network.from(k)]), after[k], columns);
            } else {
                expectChanges(k, start[k], after[k], columns);
            }
            engine.setWeights(k, start[k], biases[network.to(k)]);
        }
    }

    private static void hold(final Engine engine, final float[] frame, final float[] target, final int ticks) {
        engine.input(frame).target(target);
        engine.advance(ticks);
    }

    private static boolean gradient(final Network network) {
        return IntStream.rangeClosed(1, network.projections()).allMatch(k -> network.feedback(k) == Feedback.TRANSPOSE);
    }

    private static float[] change(final double[] error, final double[] x) {
        final float[] change = new float[error.length * x.length];
        for (int i = 0, w = 0; i < error.length; i++) {
            for (int j = 0; j < x.length; j++, w++) {
                change[w] = (float) (-(double) RATE * error[i] * x[j]);
            }
        }
        return change;
    }

    /** Expects that some weight of each row has changed. */
    static void expectChanges(final int projection, final float[] before, final float[] after, final int columns) {
        for (int row = 0; row < before.length / columns; row++) {
            final int first = row * columns;
            if (IntStream.range(first, first + columns).allMatch(i -> before[i] == after[i])) {
                throw new IllegalStateException("projection " + projection + ", row " + row + ": has learnt nothing");
            }
        }
    }

    /** The weights of each projection. */
    static float[][] weights(final Engine engine) {
        final Network network = engine.network();
        return IntStream.rangeClosed(0, network.projections()).mapToObj(k -> {
            final float[] weights = new float[k == 0 ? 0 : network.width(network.to(k)) * network.width(network.from(k))];
            if (k > 0) {
                engine.weights(k, weights);
            }
            return weights;
        }).toArray(float[][]::new);
    }

    /** The biases of each layer. */
    static float[][] biases(final Engine engine) {
        final Network network = engine.network();
        return IntStream.rangeClosed(0, network.last()).mapToObj(l -> {
            final float[] biases = new float[l < network.inputs() ? 0 : network.width(l)];
            if (l >= network.inputs()) {
                engine.biases(l, biases);
            }
            return biases;
        }).toArray(float[][]::new);
    }
}
