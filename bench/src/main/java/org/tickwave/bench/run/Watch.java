package org.tickwave.bench.run;

/** Looks at a session between two ticks, on its thread: quick, or it makes the next tick late. */
interface Watch {
    /** Looks away. */
    Watch NOTHING = (session, tookNs) -> { };

    /** @param tookNs the tick's own time */
    void ticked(Session session, long tookNs);
}
