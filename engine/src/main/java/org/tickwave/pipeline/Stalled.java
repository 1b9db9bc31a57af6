package org.tickwave.pipeline;

/** A wait took longer than was allowed. Nothing is lost by it: whoever waits again goes on. */
public final class Stalled extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The band that was waited for. */
    public final int band;
    /** The tick that it has not completed. */
    public final long tick;

    Stalled(final int band, final long tick) {
        super(null, null, false, false);
        this.band = band;
        this.tick = tick;
    }
}
