package org.tickwave.pipeline;

/**
 * The fields that a band's thread writes: in every tick, and those of {@link Learning} in every commit. Padding keeps them off the
 * cache lines of other bands.
 */
abstract class BandState extends Learning {
    /** The next tick. */
    long tick;
    /** The tick after the last tick of the present commit. */
    long end;
    /** How many commits the band has taken. */
    long taken;
    /** How many ticks the band has timed. */
    volatile long sampledTicks;
    volatile long workedNs;
    volatile long waitedNs;
    long sinceNs;
    /** The thread that is in the band now; null if no thread is. */
    volatile Thread inside;
}
