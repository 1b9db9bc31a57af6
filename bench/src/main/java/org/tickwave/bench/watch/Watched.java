package org.tickwave.bench.watch;

/** A network that can be looked at while it ticks. */
public interface Watched {
    /** What does not change. Any thread may call this. */
    Shape shape();

    /** What is there now. Waits for nothing. The caller holds the monitor of this object if several threads look. */
    Sight look();
}
