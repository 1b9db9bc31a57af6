package org.tickwave.bench.paper.wave;

import java.util.stream.IntStream;
import org.tickwave.Network;
import org.tickwave.bench.gradient.DoubleNetwork;

/** The fixed point of a network with cycles, with linear outputs and squared error, and the gradient there (Almeida and Pineda). */
public final class FixedPoint {
    private static final double STILL = 1e-15;
    private static final int MOST = 20_000;

    private final DoubleNetwork network;
    private final Network shape;

    public FixedPoint(final DoubleNetwork network) {
        this.network = network;
        shape = network.network();
    }

    /** The activations for one frame, at rest. */
    public double[][] activations(final float[] frame) {
        double[][] x = zeros();
        x[0] = widen(frame);
        for (int tick = 0; tick < MOST; tick++) {
            final double[][] next = x.clone();
            for (int l = shape.inputs(); l <= shape.last(); l++) {
                next[l] = network.sums(l, x);
                for (int i = 0; i < next[l].length; i++) {
                    next[l][i] = DoubleNetwork.activated(shape.activation(l), next[l][i]);
                }
            }
            final boolean still = furthest(x, next) < STILL;
            x = next;
            if (still) {
                break;
            }
        }
        return x;
    }

    /** Activations and errors at rest. */
    public Truth.State state(final float[] frame, final float[] target) {
        final double[][] x = activations(frame);
        double[][] errors = zeros();
        for (int tick = 0; tick < MOST; tick++) {
            final double[][] next = errors(x, errors, target);
            final boolean still = furthest(errors, next) < STILL;
            errors = next;
            if (still) {
                break;
            }
        }
        return new Truth.State(x, errors);
    }

    private double[][] errors(final double[][] x, final double[][] errors, final float[] target) {
        final double[][] next = zeros();
        final int output = shape.outputs()[0];
        for (int i = 0; i < target.length; i++) {
            next[output][i] = x[output][i] - target[i];
        }
        for (int k = 1; k <= shape.projections(); k++) {
            network.addEcho(k, errors[shape.to(k)], next[shape.from(k)]);
        }
        for (int l = shape.inputs(); l <= shape.last(); l++) {
            for (int i = 0; i < next[l].length; i++) {
                next[l][i] *= DoubleNetwork.slope(shape.activation(l), x[l][i]);
            }
        }
        return next;
    }

    private double[][] zeros() {
        return IntStream.rangeClosed(0, shape.last()).mapToObj(l -> new double[shape.width(l)]).toArray(double[][]::new);
    }

    private static double furthest(final double[][] a, final double[][] b) {
        return IntStream.range(0, a.length)
            .mapToDouble(l -> IntStream.range(0, a[l].length).mapToDouble(i -> Math.abs(a[l][i] - b[l][i])).max().orElse(0)).max().orElseThrow();
    }

    private static double[] widen(final float[] numbers) {
        return IntStream.range(0, numbers.length).mapToDouble(i -> numbers[i]).toArray();
    }
}
