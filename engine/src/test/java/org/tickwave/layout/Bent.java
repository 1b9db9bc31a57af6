package org.tickwave.layout;

/** Wrong delays and rings, which only tests can make. */
public final class Bent {
    private Bent() {
    }

    /** The same delays with p, q or T one tick off. {@code layer} is not used for T. */
    public static Delays delays(final Delays right, final char which, final int layer, final int by) {
        final int layers = right.layers();
        final int[] activation = new int[layers + 1];
        final int[] slope = new int[layers + 1];
        for (int l = 1; l <= layers; l++) {
            activation[l] = right.activation(l) + (which == 'p' && l == layer ? by : 0);
            slope[l] = right.slope(l) + (which == 'q' && l == layer ? by : 0);
        }
        return Delays.of(activation, slope, right.target() + (which == 'T' ? by : 0));
    }

    /** A layout with one ring a slot too short. */
    public static ImageLayout layout(final Geometry geometry, final Region.Kind shorter, final int ofLayer) {
        return new ImageLayout(geometry, shorter, ofLayer);
    }
}
