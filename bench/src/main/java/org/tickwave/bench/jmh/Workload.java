package org.tickwave.bench.jmh;

import java.util.Arrays;
import org.tickwave.Activation;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Network;
import org.tickwave.Rule;

/**
 * The common part of the benchmarks of a tick: a square chain of leaky ReLU layers that learns in every tick, and frames and
 * targets of noise.
 */
final class Workload implements AutoCloseable {
    /** Learning rate of one tick, for every hold. */
    static final float RATE = 1e-6f;
    /** Learning rate of one tick of a narrow network during the measurement. With RATE, noise would make its weights too large. */
    static final float NARROW_RATE = 1e-12f;
    /** Smallest width of a wide network. Narrower networks make so many ticks in a measurement that small updates add up. */
    private static final int WIDE = 64;

    final String rule;
    final int depth;
    final int width;
    final int hold;
    final Network network;
    final Frames frames;
    final Engine engine;
    /** A tick reads and writes each weight once. */
    final long weightBytes;
    /** Of a tick that learns, with weights: nothing is sent down from the first layer. */
    final long multiplyAdds;

    /**
     * @param hold ticks for which each frame is held
     * @throws IllegalArgumentException if a parameter is out of range
     */
    Workload(final String rule, final int depth, final int width, final int threads, final int hold) {
        this(rule, depth, width, hold, open(rule, depth, width, threads, hold));
    }

    /** The workload of an engine that is open. */
    Workload(final String rule, final int depth, final int width, final int hold, final Engine engine) {
        this.rule = rule;
        this.depth = depth;
        this.width = width;
        this.hold = hold;
        this.engine = engine;
        network = engine.network();
        frames = new Frames(width);
        final long weights = (long) width * width;
        weightBytes = 2 * Float.BYTES * depth * weights;
        multiplyAdds = (3L * depth - 1) * weights;
    }

    private static Engine open(final String rule, final int depth, final int width, final int threads, final int hold) {
        final Network network = chain(depth, width).activation(Activation.LEAKY_RELU).build();
        if (threads > depth) {
            throw new IllegalArgumentException("threads " + threads + ": expected 1 to " + depth + ", the number of layers");
        }
        return Engine.open(network, context(rule, hold).threads(threads));
    }

    static Network.Builder chain(final int depth, final int width) {
        if (depth < 1) {
            throw new IllegalArgumentException("depth " + depth + ": expected at least 1 layer");
        }
        final int[] widths = new int[depth + 1];
        Arrays.fill(widths, width);
        return Network.chain(widths);
    }

    /** The context without the number of threads. */
    Context context() {
        return context(rule, hold);
    }

    static Context context(final String rule, final int hold) {
        return new Context().rule(Rule.parse(rule)).hold(hold).rate(RATE * hold).seed(1);
    }

    /** Sets the rate with which the answer is verified. */
    void toVerify() {
        engine.rate(RATE * hold);
    }

    /** Sets a rate so small that any number of ticks may be measured. The work of a tick stays the same. */
    void toMeasure() {
        engine.rate(rate(width) * hold);
    }

    /** A rate of one step that is so small that any number of steps may be measured. */
    static float rate(final int width) {
        return width < WIDE ? NARROW_RATE : RATE;
    }

    /** Gives the next frame and its target in place, and runs one tick. */
    void tick() {
        frames.give(engine);
        engine.tick();
    }

    @Override
    public void close() {
        engine.close();
    }
}
