package org.tickwave.bench.session;

import java.util.Arrays;
import org.HdrHistogram.Histogram;

/** Times from a scheduled start to a result: to the end of a tick, or to the end of the tick that holds the answer to a frame. */
final class ResponseTimes {
    private static final long NO_FRAME = Long.MIN_VALUE;

    private final FrameClock clock;
    private final Histogram ns = Session.histogram();
    /** By tick modulo L: when the frame that the tick took was scheduled, less what was forgiven by then. */
    private final long[] startsNs;
    private long tick;

    /** @param latency L, the number of ticks from a frame to its answer */
    ResponseTimes(final FrameClock clock, final int latency) {
        this.clock = clock;
        startsNs = new long[latency];
        Arrays.fill(startsNs, NO_FRAME);
    }

    /** Records a tick that has a scheduled start of its own. */
    void ended(final long endNs) {
        record(endNs - clock.scheduledNs());
    }

    /**
     * Counts a tick, and records the answer to the frame that the network took L - 1 ticks ago.
     *
     * @param fresh whether the tick took a new frame
     */
    void ticked(final boolean fresh, final long endNs) {
        startsNs[(int) (tick++ % startsNs.length)] = fresh ? clock.scheduledNs() - clock.forgivenNs() : NO_FRAME;
        final long startNs = startsNs[(int) (tick % startsNs.length)];
        if (startNs != NO_FRAME) {
            record(endNs - clock.forgivenNs() - startNs);
        }
    }

    private void record(final long responseNs) {
        ns.recordValue(Math.max(0, responseNs));
    }

    Histogram ns() {
        return ns;
    }
}
