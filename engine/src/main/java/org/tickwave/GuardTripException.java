package org.tickwave;

/**
 * The guard refused a vector: one of its numbers was NaN or above 2^30 in magnitude. The engine replaced the vector by zeros,
 * finished the ticks of the call, and can go on: all weights are still finite.
 */
public final class GuardTripException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The layer of the first refused vector. */
    private final int layer;
    /** The tick of the first refused vector. */
    private final long tick;
    /** The number of refused vectors. */
    private final long trips;

    /** @param name of the layer */
    GuardTripException(final int layer, final String name, final long tick, final long trips) {
        super("guard: numbers went bad in layer " + name + ", tick " + tick + " (" + trips
            + " vectors refused in all); a smaller rate may help");
        this.layer = layer;
        this.tick = tick;
        this.trips = trips;
    }

    /**
     * The layer of the first refused vector; the lowest layer if several vectors were refused in that tick.
     *
     * @return the number of the layer: see {@link Network#name}
     */
    public int layer() {
        return layer;
    }

    /**
     * The tick of the first refused vector.
     *
     * @return from 0 on
     */
    public long tick() {
        return tick;
    }

    /**
     * The number of vectors refused since the previous exception of this kind.
     *
     * @return at least 1
     */
    public long trips() {
        return trips;
    }
}
