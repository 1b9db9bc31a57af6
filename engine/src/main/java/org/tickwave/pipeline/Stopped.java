package org.tickwave.pipeline;

/** The engine was closed, or a band failed. {@link Progress} knows which. */
public final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    static final Stopped STOPPED = new Stopped();

    private Stopped() {
        super(null, null, false, false);
    }
}
