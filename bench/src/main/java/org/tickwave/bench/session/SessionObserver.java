package org.tickwave.bench.session;

/** Looks at a session between two ticks, on its thread: quick, or it makes the next tick late. */
public interface SessionObserver {
    /** Looks away. */
    SessionObserver NOTHING = (session, tookNs) -> { };

    /** @param tookNs the tick's own time */
    void ticked(Session session, long tookNs);
}
