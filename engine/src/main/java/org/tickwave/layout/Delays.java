package org.tickwave.layout;

/**
 * The three numbers per layer that a rule is: which past activation (p), which past slope (q) and which past target (T)
 * an error meets. All in ticks.
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

    /** No delay at all: Eq. 5 of Betti and Gori to the letter. */
    public static Delays none(final int layers) {
        return new Delays(layers, 0);
    }

    /**
     * p = min(R, 2(L-l)+1), q = min(R-1, 2(L-l)), T = L: the layers l &gt;= L - floor((R-1)/2) get the true gradient of
     * one frame.
     *
     * @param ticks R, from 1 to 2L-1; at 2L-1 every layer gets it
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

    /** Any delays, layer l's at index l: for tests that shift one and see what comes of it. */
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

    /** p: how old is the activation of layer l-1 that meets the error of layer l. */
    public int activation(final int layer) {
        return activation[layer];
    }

    /** q: how old is the layer's own activation that its slope is taken from. */
    public int slope(final int layer) {
        return slope[layer];
    }

    /** T: how old is the target that the output is held against. */
    public int target() {
        return target;
    }
}
