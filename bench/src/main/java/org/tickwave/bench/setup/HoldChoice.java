package org.tickwave.bench.setup;

import java.util.Arrays;
import org.tickwave.Network;
import org.tickwave.bench.net.Graphs;
import org.tickwave.bench.report.Hold;
import org.tickwave.bench.report.Units;
import org.tickwave.layout.Geometry;
import org.tickwave.pipeline.Cut;

/**
 * Chooses for how many ticks each frame is held: more ticks teach more, and use time in which the run would only wait. The choice
 * rests on a model of the tick's cost, and never on a measurement, so that the same run learns the same on every machine.
 */
final class HoldChoice {
    private static final int[] TICKS = {16, 8, 4, 2};
    /** A stream without a rate has no time to leave. */
    private static final int WITHOUT_RATE = 8;
    /** The ticks of a frame may take this share of its period. */
    private static final double SHARE = .25;
    /** The model's lanes, whatever the machine has. */
    private static final int LANES = 16;

    private HoldChoice() {
    }

    /**
     * @param option   the number that the user gave; null to choose
     * @param periodNs time from one frame to the next; NaN if the stream has no rate
     */
    static Hold of(final Integer option, final double periodNs, final Network network) {
        if (option != null) {
            return new Hold(option, null);
        }
        if (Double.isNaN(periodNs)) {
            return new Hold(WITHOUT_RATE, "the stream does not say how many frames a second it has");
        }
        final double tickNs = tickNs(network);
        final int ticks = Arrays.stream(TICKS).filter(k -> k * tickNs <= SHARE * periodNs).findFirst().orElse(1);
        return new Hold(ticks, "by a model, a tick takes " + Units.time(tickNs) + "; the ticks of a frame may take a quarter of the "
            + Units.time(periodNs) + " between frames");
    }

    /** The modelled time of a tick on one thread, with sixteen lanes and the default cache size. */
    private static double tickNs(final Network network) {
        return Cut.into(geometry(network, LANES), 1, Cut.CACHE_BYTES).tickNs();
    }

    /** The network as the model of a cut sees it. */
    static Geometry geometry(final Network network, final int lanes) {
        return new Geometry(lanes, Graphs.widths(network), Graphs.wiringWithFeedback(network), 0);
    }
}
