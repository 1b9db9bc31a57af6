package org.tickwave.bench.paper.wave;

import java.util.stream.IntStream;
import org.tickwave.bench.gradient.DoubleNetwork;
import org.tickwave.bench.gradient.Gap;

/**
 * What the weights of an engine learn in one tick, found from their change. The engine has frozen weights up to that tick. No age is
 * taken from the rule: the change shows which activations an error has met.
 */
public final class Learnt {
    /** The largest rate, so that the rounding of the weights does not hide what they learn. */
    public static final float RATE = 1024;

    private final Trace trace;
    private final int tick;
    /** For each projection the change of its weights, divided by minus the rate. */
    private final double[][] gradients;

    private Learnt(final Trace trace, final int tick, final double[][] gradients) {
        this.trace = trace;
        this.tick = tick;
        this.gradients = gradients;
    }

    /** Runs an engine from tick 0 to a tick in which it learns. */
    public static Learnt in(final Setting setting, final Signals signals, final int tick) {
        final Trace trace = Trace.learning(setting, signals, tick, RATE);
        final double[][] gradients = new double[setting.network().projections() + 1][];
        final Trace broken = setting.ageShift() == 0 ? null : Trace.of(setting, signals, tick + 1);
        for (int k = 1; k < gradients.length; k++) {
            gradients[k] = broken == null ? change(trace.twin(), trace.end(), k) : broken.gradient(k, tick, setting.ageShift());
        }
        return new Learnt(trace, tick, gradients);
    }

    private static double[] change(final DoubleNetwork before, final DoubleNetwork after, final int projection) {
        final double[] old = before.weights(projection);
        return IntStream.range(0, old.length).mapToDouble(w -> (old[w] - after.weights(projection)[w]) / RATE).toArray();
    }

    /** The largest relative error of a projection, beside the gradients of the frames whose targets are in the errors. */
    public static double error(final Setting setting, final Signals signals, final int tick) {
        final Learnt learnt = in(setting, signals, tick);
        final Truth truth = Truth.of(learnt.trace.twin(), signals);
        return IntStream.rangeClosed(1, setting.network().projections()).mapToDouble(k -> learnt.error(k, truth)).max().orElseThrow();
    }

    /** The relative error of a projection, beside the gradient of the frame whose target is in the error. */
    public double error(final int projection, final Truth truth) {
        final int upper = trace.network().to(projection);
        final Truth.State state = truth.frame(trace.taught(upper, tick));
        return Gap.relative(gradients[projection], Trace.product(state.errors()[upper], state.activations()[trace.network().from(projection)]));
    }

    /** The largest relative difference, of all projections, from the products of the errors and activations that the rule pairs. */
    public double difference() {
        return IntStream.range(1, gradients.length).mapToDouble(k -> Gap.relative(gradients[k], trace.gradient(k, tick, 0))).max().orElseThrow();
    }

    /**
     * The activations that a projection's error has met. What the weights learn is the outer product of the error and these activations, so
     * this is what they learn, divided by the error.
     */
    public double[] met(final int projection) {
        final float[] error = trace.error(trace.network().to(projection), tick);
        final double[] met = new double[trace.network().width(trace.network().from(projection))];
        double square = 0;
        for (int i = 0; i < error.length; i++) {
            square += (double) error[i] * error[i];
            for (int j = 0; j < met.length; j++) {
                met[j] += error[i] * gradients[projection][i * met.length + j];
            }
        }
        for (int j = 0; j < met.length; j++) {
            met[j] /= square;
        }
        return met;
    }

    /** The network in double precision, with the weights before the tick. */
    public DoubleNetwork twin() {
        return trace.twin();
    }
}
