package org.tickwave.bench.report;

import java.io.IOException;
import org.HdrHistogram.Histogram;
import org.tickwave.GuardTripException;

/**
 * What a session did and what came of it.
 *
 * @param setup            what ran
 * @param frames           fed to the network
 * @param ticks            all of them, those after the last frame too
 * @param read             frames read from the stream, with those that were dropped
 * @param tickNs           the paced ticks' own time
 * @param responseNs       from a tick's scheduled start to its end; null where nothing was scheduled
 * @param lateTicks        ticks that ended later than their scheduled start and the budget
 * @param series           scores, in the channels of {@link Score}
 * @param bytesPerTick     allocated by the ticking thread inside a tick, second half; NaN if there was none
 * @param backpropTrips    vectors that the guard refused in backprop
 * @param weightsCrc       over the engine's weights and biases
 * @param backpropCrc      over backprop's; null without it
 * @param seconds          of wall time, from the first tick to the last
 * @param end              why it ended
 * @param guardTrip        what stopped it; null unless the guard did
 * @param suggestedRate    after a guard stop; NaN where no rate would help
 * @param failure          how the stream broke off; null if it did not
 */
public record Report(
    Setup setup, long frames, long ticks, long read, Histogram tickNs, Histogram responseNs, long lateTicks,
    long droppedFrames, long starvedFrames, long badFrames, long guardTrips, Series series, double bytesPerTick,
    long backpropTrips, String weightsCrc, String backpropCrc, double seconds, End end, GuardTripException guardTrip,
    double suggestedRate, IOException failure) {

    /** What to try after a guard stop. */
    public String advice() {
        return Double.isNaN(suggestedRate)
            ? "its numbers are too large to learn from; scale the input" : "try --rate " + Units.number(suggestedRate);
    }

    /** Why a session ended. */
    public enum End {
        STREAM, FRAMES, SECONDS, INTERRUPT, GUARD, BROKEN
    }
}
