package org.tickwave;

/**
 * A band kept a call waiting for longer than the context's stall limit: its thread is not there, or does something else.
 * Nothing is lost: what was committed stays so, and {@link Engine#await()} waits again. So does the next tick, which then comes
 * on top of it.
 */
public final class BandStalledException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /** Which band. */
    private final int band;
    /** The tick that it has not completed. */
    private final long tick;

    BandStalledException(final int band, final long tick, final long limitNs) {
        super("band " + band + " has not completed tick " + tick + ": waited " + limitNs + " ns for it, the stall limit");
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
     * The tick that it has not completed.
     *
     * @return from 0 on
     */
    public long tick() {
        return tick;
    }
}
