package org.tickwave;

/**
 * A vector held a number that is not good: not at most 2^30 in magnitude, or not a number. The engine put zeros in its
 * place, finished the ticks of the call, and can go on: weights are as finite as before.
 */
public final class GuardTripException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The layer of the first refused vector. */
    private final int layer;
    /** Its tick. */
    private final long tick;
    /** Vectors refused in all. */
    private final long trips;

    GuardTripException(final int layer, final long tick, final long trips) {
        super("guard: numbers went bad in layer " + layer + ", tick " + tick + " (" + trips
            + " vectors refused in all); a smaller rate may help");
        this.layer = layer;
        this.tick = tick;
        this.trips = trips;
    }

    /**
     * The layer of the first vector that was refused: the smallest of that tick.
     *
     * @return from 1 to L
     */
    public int layer() {
        return layer;
    }

    /**
     * The first tick in which a vector was refused.
     *
     * @return from 0 on
     */
    public long tick() {
        return tick;
    }

    /**
     * How many vectors were refused since the counters started anew.
     *
     * @return at least 1
     */
    public long trips() {
        return trips;
    }
}
