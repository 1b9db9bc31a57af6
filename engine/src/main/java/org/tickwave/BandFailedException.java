package org.tickwave;

import org.agrona.concurrent.AgentTerminationException;
import org.tickwave.pipeline.Progress;

/**
 * A band threw, and the engine cannot go on: its bands stop, each before its next layer, and calls of the engine and of its agents
 * throw this. What was learnt can still be read: {@link Engine#weights(int, float[])}, {@link Engine#biases} and
 * {@link Engine#waves()} go on, and {@link Engine#unfinished()} says true. The cause is what the band threw. An Agrona runner ends
 * an agent that throws this.
 */
public final class BandFailedException extends AgentTerminationException {
    private static final long serialVersionUID = 1L;

    /** Which band. */
    private final int band;
    /** The layer that it was in. */
    private final int layer;
    /** The tick. */
    private final long tick;

    BandFailedException(final Progress.Failure failure) {
        super("band " + failure.band() + " failed in " + (failure.layer() > 0 ? "layer " + failure.layer() + ", " : "")
            + "tick " + failure.tick() + ": " + failure.cause(), failure.cause());
        band = failure.band();
        layer = failure.layer();
        tick = failure.tick();
    }

    /**
     * The band that threw first.
     *
     * @return from 0
     */
    public int band() {
        return band;
    }

    /**
     * The layer that it was in.
     *
     * @return from 1 to L; 0 if it was between two ticks, such as in its idle strategy
     */
    public int layer() {
        return layer;
    }

    /**
     * The tick that it was in, or that it waited for.
     *
     * @return from 0 on
     */
    public long tick() {
        return tick;
    }
}
