package org.tickwave.pipeline;

/** The consecutive layers that one thread owns. It sweeps up; any order would give the same bits. */
public final class Band {
    private final Layer[] layers;

    public Band(final Layer... layers) {
        this.layers = layers.clone();
    }

    /**
     * Takes all layers from tick t to t + 1.
     *
     * @return whether all vectors that they made were good
     */
    public boolean tick(final long t, final Learning learning) {
        boolean good = true;
        for (final Layer layer : layers) {
            good &= layer.tick(t, learning);
        }
        for (final Layer layer : layers) {
            layer.done(t + 1);
        }
        return good;
    }
}
