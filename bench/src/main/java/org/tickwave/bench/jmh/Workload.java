package org.tickwave.bench.jmh;

import java.util.Arrays;
import org.tickwave.Activation;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Network;
import org.tickwave.Rule;

/**
 * A square chain of leaky ReLU that learns on every tick, and the noise that it learns: what the benchmarks of a tick have
 * in common.
 */
final class Workload implements AutoCloseable {
    /** What a tick teaches, whatever the hold. */
    static final float RATE = 1e-6f;
    /** Of narrow networks while they are measured: noise, learnt at the rate above, takes their weights out of all bounds. */
    static final float NARROW_RATE = 1e-12f;
    /** Narrower ones do so many ticks in a measurement that what they learn adds up. */
    private static final int WIDE = 64;

    final String rule;
    final int depth;
    final int width;
    final int hold;
    final Network network;
    final Frames frames;
    final Engine engine;

    /**
     * @param hold ticks for which each frame is held
     * @throws IllegalArgumentException if a parameter is not one that can be measured
     */
    Workload(final String rule, final int depth, final int width, final int threads, final int hold) {
        this.rule = rule;
        this.depth = depth;
        this.width = width;
        this.hold = hold;
        network = chain(depth, width).activation(Activation.LEAKY_RELU).build();
        frames = new Frames(width);
        if (threads > depth) {
            throw new IllegalArgumentException("threads " + threads + ": expected 1 to " + depth + ", as many as there are layers");
        }
        engine = Engine.open(network, context().threads(threads));
    }

    static Network.Builder chain(final int depth, final int width) {
        if (depth < 1) {
            throw new IllegalArgumentException("depth " + depth + ": expected at least 1 layer");
        }
        final int[] widths = new int[depth + 1];
        Arrays.fill(widths, width);
        return Network.chain(widths);
    }

    /** But for the threads. */
    Context context() {
        return new Context().rule(Rule.parse(rule)).hold(hold).rate(RATE * hold).seed(1);
    }

    /** From now on ticks teach as much as the answer is verified with. */
    void toVerify() {
        engine.rate(RATE * hold);
    }

    /** From now on ticks teach so little that any number of them may be measured; the work is the same. */
    void toMeasure() {
        engine.rate((width < WIDE ? NARROW_RATE : RATE) * hold);
    }

    /** The next frame and its target, in place, and one tick. */
    void tick() {
        frames.give(engine);
        engine.tick();
    }

    @Override
    public void close() {
        engine.close();
    }
}
