package org.tickwave.bench.peer;

import java.util.Arrays;

/**
 * Ordinary backprop, layer by layer. The vectors are arrays. A subclass has the weights and does what is done with them; all else, which
 * takes a hundredth of the time or so, is done here in loops that C2 turns into vectors where it can.
 */
abstract class LayeredStep implements TrainingStep {
    private static final float LEAK = 0.01f;
    /** The slope of the leaky ReLU by the sign bit of its output. A branch on a random sign is mispredicted every other time. */
    private static final float[] SLOPES = {1, LEAK};

    final Chain chain;
    /** At the index of each layer. The input's holds the frame. */
    final float[][] x;
    /** The error of each layer with weights, at its index. */
    final float[][] delta;
    float rate;
    private final float[][] bias;

    LayeredStep(final Chain chain) {
        this.chain = chain;
        final int layers = chain.last() + 1;
        x = new float[layers][];
        delta = new float[layers][];
        bias = new float[layers][];
        for (int l = 0; l < layers; l++) {
            x[l] = new float[chain.width(l)];
            delta[l] = new float[chain.width(l)];
            bias[l] = l == 0 ? null : chain.biases()[l].clone();
        }
    }

    /** Writes the weighted sums of a layer into its x. */
    abstract void forward(int layer);

    /** Writes the weighted errors of a layer into the delta of the layer below. Called before {@link #learn}, not for the first layer. */
    abstract void backward(int layer);

    /** Corrects the weights of a layer with its delta and the x of the layer below. */
    abstract void learn(int layer);

    /** Does what {@link #backward} and {@link #learn} do. A peer that can do both at once has its own method. */
    void backwardAndLearn(final int layer) {
        backward(layer);
        learn(layer);
    }

    @Override
    public final void step(final float[] frame, final float[] target) {
        final int last = chain.last();
        System.arraycopy(frame, 0, x[0], 0, x[0].length);
        for (int l = 1; l <= last; l++) {
            forward(l);
            if (l < last) {
                leakyRelu(x[l], bias[l]);
            } else {
                add(x[l], bias[l]);
            }
        }
        subtract(x[last], target, delta[last]);
        for (int l = last; l > 1; l--) {
            backwardAndLearn(l);
            correct(bias[l], delta[l], rate);
            slope(delta[l - 1], x[l - 1]);
        }
        learn(1);
        correct(bias[1], delta[1], rate);
    }

    private static void add(final float[] sums, final float[] bias) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += bias[i];
        }
    }

    private static void leakyRelu(final float[] sums, final float[] bias) {
        for (int i = 0; i < sums.length; i++) {
            final float a = sums[i] + bias[i];
            sums[i] = Math.max(a, LEAK * a);
        }
    }

    private static void subtract(final float[] output, final float[] target, final float[] error) {
        for (int i = 0; i < error.length; i++) {
            error[i] = output[i] - target[i];
        }
    }

    private static void slope(final float[] error, final float[] output) {
        for (int i = 0; i < error.length; i++) {
            error[i] *= SLOPES[Float.floatToRawIntBits(output[i]) >>> Integer.SIZE - 1];
        }
    }

    private static void correct(final float[] bias, final float[] error, final float rate) {
        for (int i = 0; i < bias.length; i++) {
            bias[i] -= rate * error[i];
        }
    }

    @Override
    public final void rate(final float newRate) {
        rate = newRate;
    }

    @Override
    public final void biases(final int layer, final float[] to) {
        System.arraycopy(bias[layer], 0, to, 0, to.length);
    }

    /** By default backward and update are separate: a weight is read three times and written once, in the first layer read twice. */
    @Override
    public long weightBytes() {
        return chain.bytes(3, 4);
    }

    @Override
    public final long multiplyAdds() {
        return chain.multiplyAdds();
    }

    @Override
    public void close() {
    }

    /** Copies of all arrays, for a peer whose weights are arrays. */
    static float[][] copies(final float[][] of) {
        return Arrays.stream(of).map(array -> array == null ? null : array.clone()).toArray(float[][]::new);
    }
}
