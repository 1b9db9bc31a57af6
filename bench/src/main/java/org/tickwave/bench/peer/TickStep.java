package org.tickwave.bench.peer;

import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.Rule;

/**
 * One tick of the engine with a new frame, under the aligned rule. A tick does the work of one frame; what it works on are parts of as many
 * frames as are under way.
 */
public final class TickStep implements TrainingStep {
    private final Chain chain;
    private final Engine engine;

    TickStep(final Chain chain, final int threads) {
        if (threads > chain.last()) {
            throw new IllegalArgumentException("threads " + threads + ": expected 1 to " + chain.last() + ", the number of layers");
        }
        this.chain = chain;
        engine = Engine.open(chain.network(), new Context().rule(Rule.aligned()).seed(Chain.SEED).threads(threads));
    }

    /** The engine that ticks. Its verification needs more than its weights. */
    public Engine engine() {
        return engine;
    }

    @Override
    public void step(final float[] frame, final float[] target) {
        engine.input(frame).target(target);
        engine.tick();
    }

    @Override
    public void rate(final float rate) {
        engine.rate(rate);
    }

    @Override
    public void weights(final int layer, final float[] to) {
        engine.weights(layer, to);
    }

    @Override
    public void biases(final int layer, final float[] to) {
        engine.biases(layer, to);
    }

    /** A weight is read once and written once. */
    @Override
    public long weightBytes() {
        return chain.bytes(2, 2);
    }

    @Override
    public long multiplyAdds() {
        return chain.multiplyAdds();
    }

    @Override
    public void close() {
        engine.close();
    }
}
