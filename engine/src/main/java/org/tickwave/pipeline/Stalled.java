package org.tickwave.pipeline;

/** A wait took longer than was allowed. Nothing is lost by it: whoever waits again goes on. */
public final class Stalled extends RuntimeException {
    private static final long serialVersionUID = 1L;

    static final Stalled STALLED = new Stalled();

    private Stalled() {
        super(null, null, false, false);
    }
}
