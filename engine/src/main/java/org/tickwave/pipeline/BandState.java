package org.tickwave.pipeline;

/**
 * Two cache lines before the fields that a band's thread writes. The int fills the gap before the longs. Otherwise the JVM
 * would put a field of the subclass into that gap.
 */
abstract class BandPadding {
    private int p;
    private long p00, p01, p02, p03, p04, p05, p06, p07, p08, p09, p10, p11, p12, p13, p14, p15;
}

/** The fields that a band's thread writes in every tick. Padding keeps them off the cache lines of other bands. */
abstract class BandState extends BandPadding {
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
