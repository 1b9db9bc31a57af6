package org.tickwave;

/**
 * A call waited for a band longer than {@link Context#stallLimitNs}: the band's thread does not run, or does something else.
 * Nothing is lost. The committed ticks stay committed, and {@link Engine#await()} waits for them again. The next
 * {@link Engine#tick()} waits for them too, and then adds a tick.
 */
public final class BandStalledException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** The band that was waited for. */
    private final int band;
    /** The tick that the band has not completed. */
    private final long tick;

    BandStalledException(final int band, final long tick, final long limitNs) {
        super("band " + band + " has not completed tick " + tick + " within the stall limit of " + limitNs + " ns");
        this.band = band;
        this.tick = tick;
    }

    /**
     * The band that was waited for.
     *
     * @return from 0
     */
    public int band() {
        return band;
    }

    /**
     * The tick that the band has not completed.
     *
     * @return from 0 on
     */
    public long tick() {
        return tick;
    }
}
