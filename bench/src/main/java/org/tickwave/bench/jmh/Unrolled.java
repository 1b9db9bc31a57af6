package org.tickwave.bench.jmh;

import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.tickwave.Engine;
import org.tickwave.Network;
import org.tickwave.bench.gradient.DoubleNetwork;

/** Verifies an engine with cycles: for some ticks of one frame all its layers must be those of a network in double precision. */
final class Unrolled {
    private static final int TICKS = 12;
    private static final float RATE = 1e-4f;
    private static final double TOLERANCE = 1e-3;

    private Unrolled() {
    }

    /**
     * Leaves other weights, and a rate of its own.
     *
     * @param frame  the numbers of the only input
     * @param target the numbers of the only output
     * @throws IllegalStateException if the answer is wrong, or a row of weights learns nothing
     */
    static void verify(final Engine engine, final float[] frame, final float[] target) {
        final Network network = engine.network();
        final DoubleNetwork reference = DoubleNetwork.of(engine);
        double[][] x = IntStream.rangeClosed(0, network.last()).mapToObj(l -> new double[network.width(l)]).toArray(double[][]::new);
        Arrays.setAll(x[0], i -> frame[i]);
        final int ticks = network.latency() + TICKS;
        for (int t = 0; t < ticks; t++) {
            x = next(reference, x);
        }
        engine.reset();
        engine.learning(false);
        engine.input(frame).target(target);
        engine.advance(ticks);
        Expect.near("output", x[network.outputs()[0]], engine.output().toArray(ValueLayout.JAVA_FLOAT), TOLERANCE);
        final float[][] before = Steady.weights(engine);
        engine.rate(RATE);
        engine.learning(true);
        engine.advance(2L * ticks);
        final float[][] after = Steady.weights(engine);
        for (int k = 1; k <= network.projections(); k++) {
            Steady.expectChanges(k, before[k], after[k], network.width(network.from(k)));
        }
    }

    private static double[][] next(final DoubleNetwork reference, final double[][] x) {
        final double[][] next = x.clone();
        for (int l = reference.network().inputs(); l < x.length; l++) {
            next[l] = reference.sums(l, x);
            for (int i = 0; i < next[l].length; i++) {
                next[l][i] = DoubleNetwork.activated(reference.network().activation(l), next[l][i]);
            }
        }
        return next;
    }
}
