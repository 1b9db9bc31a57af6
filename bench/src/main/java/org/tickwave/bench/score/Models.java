package org.tickwave.bench.score;

/** The models whose answers to the same frames are scored. Their numbers are those of the channels of a {@link Measure}. */
public final class Models {
    /** The network that the engine runs. */
    public static final int NETWORK = 0;
    /** Sequential backprop on the same network. */
    public static final int BACKPROP = 1;
    /** The first of the models without a hidden layer. */
    public static final int LINEAR = 2;
    /** The rates of the models without a hidden layer, as multiples of the network's rate. */
    private static final float[] LINEAR_RATES = {.1f, 1, 10};

    private Models() {
    }

    /** The number of models: one, or all with a comparison. */
    public static int count(final boolean compares) {
        return compares ? LINEAR + LINEAR_RATES.length : 1;
    }

    /** The number of models without a hidden layer, in a comparison. */
    public static int linear() {
        return LINEAR_RATES.length;
    }

    /** The rate of a model without a hidden layer, as a multiple of the network's rate. */
    public static float linearRate(final int model) {
        return LINEAR_RATES[model - LINEAR];
    }
}
