package org.tickwave.bench.paper.wave;

import java.util.stream.IntStream;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Network;
import org.tickwave.bench.gradient.DoubleNetwork;

/** What the weights learn in one tick, without a look into the rings. */
public final class Learnt {
    /** The largest rate, so that the rounding of the weights does not hide what they learn. */
    public static final float RATE = 1024;

    private Learnt() {
    }

    /**
     * Runs an engine with frozen weights up to a tick in which it learns, and compares the change of the weights with the gradients of the
     * frames whose targets are then in the errors.
     *
     * @return the largest relative error of a projection
     */
    public static double error(final Setting setting, final Signals signals, final int tick) {
        final Network network = setting.network();
        final Trace trace = Trace.of(setting, signals, 0);
        final Truth truth = Truth.of(trace.twin(), signals);
        try (Engine engine = Engine.open(network, new Context().rule(setting.rule()).rate(0).seed(setting.seed()))) {
            for (int t = 0; t <= tick; t++) {
                engine.rate(t == tick ? RATE : 0);
                engine.input(signals.frame().apply(t)).target(signals.target().apply(t)).tick();
            }
            final DoubleNetwork after = DoubleNetwork.of(engine);
            return IntStream.rangeClosed(1, network.projections()).mapToDouble(k -> {
                final Truth.State state = truth.frame(trace.taught(network.to(k), tick));
                return error(trace.twin().weights(k), after.weights(k), state.errors()[network.to(k)], state.activations()[network.from(k)]);
            }).max().orElseThrow();
        }
    }

    private static double error(final double[] before, final double[] after, final double[] error, final double[] below) {
        double square = 0;
        double all = 0;
        for (int w = 0; w < before.length; w++) {
            final double g = (before[w] - after[w]) / RATE;
            final double right = error[w / below.length] * below[w % below.length];
            square += (g - right) * (g - right);
            all += right * right;
        }
        return Math.sqrt(square / all);
    }
}
