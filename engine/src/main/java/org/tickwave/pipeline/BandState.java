package org.tickwave.pipeline;

/** Two lines before what a band's thread writes; the int is where the JVM would put one of its fields, before the longs. */
abstract class BandPadding {
    private int p;
    private long p00, p01, p02, p03, p04, p05, p06, p07, p08, p09, p10, p11, p12, p13, p14, p15;
}

/** What a band's thread writes in every tick, in lines of its own: neither the band before it in memory nor the one after it has any of it. */
abstract class BandState extends BandPadding {
    /** The tick that comes next. */
    long tick;
    /** The tick after the last of the present commit. */
    long end;
    /** Commits taken so far. */
    long taken;
    /** Ticks of which it was taken how long they worked and waited. */
    volatile long sampledTicks;
    volatile long workedNs;
    volatile long waitedNs;
    long sinceNs;
    /** Who is in it, now; null if nobody is. */
    volatile Thread inside;
}
