package org.tickwave.bench.session;

/** Is told when a session stands between two frames. Then the session can be kept. For the session's thread. */
public interface FrameBorder {
    /**
     * The engine is at rest, and no frame was read ahead.
     *
     * @param last whether the session takes no more frames
     */
    void reached(Session session, boolean last);

    /** A live session begins to wait for its next frame. What is done here delays no frame that has come. */
    default void waiting() {
    }
}
