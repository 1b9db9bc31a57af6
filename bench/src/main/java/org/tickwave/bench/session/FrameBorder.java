package org.tickwave.bench.session;

/** Is told when a session stands between two frames. Then the session can be kept. For the session's thread. */
public interface FrameBorder {
    /**
     * The engine is at rest, and no frame was read ahead.
     *
     * @param last whether the session takes no more frames
     */
    void reached(Session session, boolean last);
}
