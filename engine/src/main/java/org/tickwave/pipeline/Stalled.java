package org.tickwave.pipeline;

/** A wait took longer than its limit. Nothing is lost: the thread may wait again. */
public final class Stalled extends RuntimeException {
    private static final long serialVersionUID = 1L;

    static final Stalled STALLED = new Stalled();

    private Stalled() {
        super(null, null, false, false);
    }
}
