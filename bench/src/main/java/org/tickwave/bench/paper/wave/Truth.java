package org.tickwave.bench.paper.wave;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.tickwave.bench.gradient.DoubleNetwork;

/** The true gradients of frames, in double precision. */
public final class Truth {
    private final IntFunction<State> make;
    private final Map<Integer, State> states = new HashMap<>();

    /**
     * One frame in all layers. The gradient of the weights of a projection is the outer product of the error of its upper layer and the
     * activation of its lower layer.
     *
     * @param activations at the index of each layer
     * @param errors      at the index of each layer; null for an input
     */
    public record State(double[][] activations, double[][] errors) {
    }

    private Truth(final IntFunction<State> make) {
        this.make = make;
    }

    /** The gradients of backprop, of a network without cycles. */
    public static Truth of(final DoubleNetwork network, final Signals signals) {
        return new Truth(s -> {
            final double[][] x = network.activations(signals.frame().apply(s));
            final float[] target = signals.target().apply(s);
            return new State(x, network.errors(x, signals.outside() ? below(x[network.network().outputs()[0]], target) : target));
        });
    }

    private static float[] below(final double[] output, final float[] error) {
        final float[] target = new float[error.length];
        for (int i = 0; i < target.length; i++) {
            target[i] = (float) (output[i] - error[i]);
        }
        return target;
    }

    /** The gradients at the fixed points of a network with cycles. */
    public static Truth atFixedPoints(final DoubleNetwork network, final Signals signals) {
        final FixedPoint point = new FixedPoint(network);
        return new Truth(s -> point.state(signals.frame().apply(s), signals.target().apply(s)));
    }

    /** The frame of a tick. */
    public State frame(final int tick) {
        return states.computeIfAbsent(tick, make::apply);
    }
}
