package org.tickwave.bench.session;

/** Observes a session between two ticks, on the session's thread. A slow observer makes the next tick late. */
public interface SessionObserver {
    /** Does nothing. */
    SessionObserver NOTHING = (session, tookNs) -> { };

    /** @param tookNs duration of the tick */
    void ticked(Session session, long tookNs);
}
