package org.tickwave;

import org.agrona.concurrent.AgentTerminationException;
import org.tickwave.pipeline.Progress;

/**
 * A band threw, and the engine cannot go on. All bands stop, each before its next layer. Calls of the engine and of its agents
 * throw this exception; its cause is the exception of the band. What was learnt can still be read:
 * {@link Engine#weights(int, float[])}, {@link Engine#biases} and {@link Engine#waves()} still work, and
 * {@link Engine#unfinished()} returns true. An Agrona runner ends an agent that throws this exception.
 */
public final class BandFailedException extends AgentTerminationException {
    private static final long serialVersionUID = 1L;

    /** The band that failed first. */
    private final int band;
    /** The layer that failed. */
    private final int layer;
    /** The tick that failed. */
    private final long tick;

    BandFailedException(final Progress.Failure failure, final Network network) {
        super("band " + failure.band() + " failed in " + (failure.layer() > 0 ? network.names().layerText(failure.layer()) + ", " : "")
            + "tick " + failure.tick() + ": " + failure.cause(), failure.cause());
        band = failure.band();
        layer = failure.layer();
        tick = failure.tick();
    }

    /**
     * The band that failed first.
     *
     * @return from 0
     */
    public int band() {
        return band;
    }

    /**
     * The layer in which the band failed.
     *
     * @return the number of the layer: see {@link Network#name}; 0 if the band failed between two ticks, for example in its idle strategy
     */
    public int layer() {
        return layer;
    }

    /**
     * The tick in which the band failed, or for which the band waited when it failed.
     *
     * @return from 0 on
     */
    public long tick() {
        return tick;
    }
}
