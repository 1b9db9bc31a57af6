package org.tickwave.bench.report;

import java.util.List;
import org.HdrHistogram.Histogram;
import org.tickwave.Engine;
import org.tickwave.GuardTripException;
import org.tickwave.bench.score.Measure;

/**
 * What a session did and what came of it.
 *
 * @param description        what ran
 * @param scores       what the answers are worth
 * @param bytesPerTick allocated by the thread that ticks inside a tick, and by the engine's own, second half; NaN without one
 * @param guardTrips   vectors that the guard refused; {@link #UNKNOWN} once a band has failed
 * @param weightsCrc   over the engine's weights and biases; null if they cannot be read, since a band failed
 * @param backprop     null without it
 * @param end          why it ended
 * @param guardTrip    what stopped it; null unless the guard did
 * @param inputPower   mean over the frames of the sum of an input's squares
 * @param failure      how the stream broke off, or what a band threw; null if nothing did
 * @param bands        and how each has done; no more than where they are once one has failed
 * @param answersCrc   over the answers that were scored
 * @param files        what became of them
 */
public record Report(
    RunDescription description, Counts counts, Times times, Measure scores, double bytesPerTick, long guardTrips, String weightsCrc,
    Reference backprop, End end, GuardTripException guardTrip, double inputPower, Exception failure, List<Engine.Band> bands,
    String answersCrc, Files files) {
    /** Nobody can say. */
    public static final long UNKNOWN = -1;

    /** Below it float32 weights do not move any more. */
    private static final double LEAST_RATE = 1e-9;

    /**
     * @param frames        fed to the network
     * @param ticks         all of them, those after the last frame too
     * @param read          frames read from the stream, with those that were dropped
     * @param droppedFrames that nobody took
     * @param starvedFrames periods for which none came
     * @param badFrames     that were left out
     */
    public record Counts(long frames, long ticks, long read, long droppedFrames, long starvedFrames, long badFrames) {
    }

    /**
     * @param tickNs     the paced ticks' own time
     * @param responseNs from a tick's scheduled start to its end; null where nothing was scheduled
     * @param lateTicks  ticks that ended later than their scheduled start and the budget
     * @param jitterNs   what an empty loop met that was paced as the ticks were; null if nobody looked
     * @param seconds    of wall time, from the first tick to the last
     */
    public record Times(Histogram tickNs, Histogram responseNs, long lateTicks, Histogram jitterNs, double seconds) {
    }

    /**
     * What sequential backprop came to.
     *
     * @param guardTrips vectors that the guard refused
     * @param weightsCrc over its weights and biases
     */
    public record Reference(long guardTrips, String weightsCrc) {
    }

    /**
     * Where the weights came from and went to.
     *
     * @param loaded   null if they were started anew
     * @param saved    null if they were not
     * @param notSaved why they were not, or not where they should have been; null if nobody wanted them to be, or they were
     */
    public record Files(String loaded, String saved, String notSaved) {
        /** Nothing was loaded, and nothing was to be saved. */
        public static final Files NONE = new Files(null, null, null);
    }

    /** The same, with what became of files. */
    public Report withFiles(final Files all) {
        return new Report(description, counts, times, scores, bytesPerTick, guardTrips, weightsCrc, backprop, end, guardTrip,
            inputPower, failure, bands, answersCrc, all);
    }

    /** The same, with what an empty loop met. */
    public Report withJitter(final Histogram delayNs) {
        final Times more = new Times(times.tickNs, times.responseNs, times.lateTicks, delayNs, times.seconds);
        return new Report(description, counts, more, scores, bytesPerTick, guardTrips, weightsCrc, backprop, end, guardTrip,
            inputPower, failure, bands, answersCrc, files);
    }

    /** What to try after a guard stop. */
    public String advice() {
        final double rate = suggestedRate();
        return Double.isNaN(rate)
            ? "its numbers are too large to learn from; scale the input" : "try --rate " + Units.number(rate);
    }

    /**
     * A rate to try after a guard stop. The update of the first layer lands D = 2L-1 ticks late and is stable on a curvature
     * of c only while rate times c is below 2 sin(pi / (2 (2D + 1))). What c is nobody knows; the mean power of the input, of
     * which a linear layer's is made, stands in for it, and a thirtieth of what failed is never exceeded.
     *
     * @return NaN where no rate would help: the input is too large, or nothing was learnt
     */
    public double suggestedRate() {
        final double delay = 2.0 * description.network().layers() - 1;
        final double bound = 2 * Math.sin(Math.PI / (2 * (2 * delay + 1)));
        final double rate = Math.min(description.rate() / 30, inputPower > 0 ? bound / inputPower : Double.POSITIVE_INFINITY);
        if (!description.learn() || rate < LEAST_RATE) {
            return Double.NaN;
        }
        final double magnitude = Math.pow(10, Math.floor(Math.log10(rate)));
        return Math.floor(rate / magnitude) * magnitude;
    }

    /** Why a session ended. */
    public enum End {
        STREAM, FRAMES, SECONDS, INTERRUPT, GUARD, BROKEN, FAILED;

        /** Whether nothing went wrong, and nobody wanted it to end sooner. */
        public boolean asPlanned() {
            return this == STREAM || this == FRAMES || this == SECONDS;
        }
    }
}
