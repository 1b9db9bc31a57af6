package org.tickwave.pipeline;

/** Says to whoever runs a band that the engine was closed, or that a band failed: {@link Progress} knows which. */
public final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    static final Stopped STOPPED = new Stopped();

    private Stopped() {
        super(null, null, false, false);
    }
}
