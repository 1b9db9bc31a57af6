package org.tickwave.layout;

/**
 * A layer's counters: one writer, the layer's band, and two lines to themselves, so that neighbours share none. Layer 0's are
 * the source's.
 */
public final class CountersDescriptor {
    public static final int STRIDE_BYTES = 128;

    /** Ticks that the layer has completed; layer 0: ticks that the source has committed. */
    public static final int DONE_OFFSET = 0;
    /** Vectors that the guard refused. */
    public static final int TRIPS_OFFSET = 8;
    /** The tick of the first of them; without meaning while there is none. */
    public static final int FIRST_TRIP_OFFSET = 16;

    private CountersDescriptor() {
    }
}
