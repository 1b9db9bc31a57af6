package org.tickwave.layout;

/**
 * A rule as numbers: for each layer the age of the activation (p) and of the slope (q), and for the output the age of the
 * target (T), that an error meets. All are in ticks.
 */
public final class Delays {
    private final int[] activation;
    private final int[] slope;
    private final int target;

    private Delays(final int layers, final int target) {
        if (layers < 1) {
            throw new IllegalArgumentException("layers " + layers + ": expected at least 1");
        }
        this.activation = new int[layers + 1];
        this.slope = new int[layers + 1];
        this.target = target;
    }

    /** No delays: Eq. 5 of Betti and Gori as it is written. */
    public static Delays none(final int layers) {
        return new Delays(layers, 0);
    }

    /**
     * p = min(R, 2(L-l)+1), q = min(R-1, 2(L-l)), T = L: the layers l &gt;= L - floor((R-1)/2) get the true gradient of
     * one frame.
     *
     * @param ticks R, from 1 to 2L-1; at 2L-1 every layer gets the true gradient
     */
    public static Delays window(final int layers, final int ticks) {
        if (ticks < 1 || ticks > 2 * layers - 1) {
            throw new IllegalArgumentException(
                "window:" + ticks + ": expected 1 to " + (2 * layers - 1) + " (2L-1) for a network with L = " + layers);
        }
        final Delays delays = new Delays(layers, layers);
        for (int l = 1; l <= layers; l++) {
            delays.activation[l] = Math.min(ticks, 2 * (layers - l) + 1);
            delays.slope[l] = Math.min(ticks - 1, 2 * (layers - l));
        }
        return delays;
    }

    /** Any delays, those of layer l at index l. For tests that shift one delay. */
    static Delays of(final int[] activation, final int[] slope, final int target) {
        final Delays delays = new Delays(activation.length - 1, target);
        System.arraycopy(activation, 0, delays.activation, 0, activation.length);
        System.arraycopy(slope, 0, delays.slope, 0, slope.length);
        return delays;
    }

    /** The window that reaches every layer: p = 2(L-l)+1, q = 2(L-l), T = L. */
    public static Delays aligned(final int layers) {
        return window(layers, 2 * layers - 1);
    }

    public int layers() {
        return activation.length - 1;
    }

    /** p: the age of the activation of layer l-1 that the error of layer l meets. */
    public int activation(final int layer) {
        return activation[layer];
    }

    /** q: the age of the layer's own activation whose slope its error meets. */
    public int slope(final int layer) {
        return slope[layer];
    }

    /** T: the age of the target that the output is compared with. */
    public int target() {
        return target;
    }
}
