package org.tickwave.bench.peer;

import org.tickwave.bench.session.Backprop;

/** Sequential backprop with this engine's kernels. */
final class BackpropStep implements TrainingStep {
    private final Chain chain;
    private final Backprop backprop;
    private float rate;

    BackpropStep(final Chain chain) {
        this.chain = chain;
        backprop = new Backprop(chain.network(), Chain.SEED);
        for (int l = 1; l <= chain.last(); l++) {
            backprop.image().writeWeights(l, chain.weights()[l]);
            backprop.image().writeBiases(l, chain.biases()[l]);
        }
    }

    @Override
    public void step(final float[] frame, final float[] target) {
        backprop.forward(frame);
        backprop.learn(target, rate);
    }

    @Override
    public void rate(final float newRate) {
        rate = newRate;
    }

    @Override
    public void weights(final int layer, final float[] to) {
        backprop.image().readWeights(layer, to);
    }

    @Override
    public void biases(final int layer, final float[] to) {
        backprop.image().readBiases(layer, to);
    }

    /** A weight is read twice and written once: forward, then backward and update together. */
    @Override
    public long weightBytes() {
        return chain.bytes(3, 3);
    }

    @Override
    public long multiplyAdds() {
        return chain.multiplyAdds();
    }

    @Override
    public void close() {
        backprop.close();
    }
}
