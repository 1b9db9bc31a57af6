package org.tickwave.layout;

/**
 * The counters of a layer. The layer's band is the only writer. The counters take two cache lines, so that two layers never
 * share a line. The counters of layer 0 are the source's.
 */
public final class CountersDescriptor {
    public static final int STRIDE_BYTES = 128;

    /** Ticks that the layer has completed. Of layer 0: ticks that the source has committed. */
    public static final int DONE_OFFSET = 0;
    /** Vectors that the guard refused. */
    public static final int TRIPS_OFFSET = 8;
    /** The tick of the first refused vector. Undefined while the count is 0. */
    public static final int FIRST_TRIP_OFFSET = 16;

    private CountersDescriptor() {
    }
}
