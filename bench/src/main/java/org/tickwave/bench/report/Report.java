package org.tickwave.bench.report;

import java.util.List;
import org.HdrHistogram.Histogram;
import org.tickwave.Engine;
import org.tickwave.GuardTripException;
import org.tickwave.Relaxation;
import org.tickwave.bench.audit.AuditReport;
import org.tickwave.bench.score.Measure;
import org.tickwave.bench.score.Models;
import org.tickwave.bench.stream.TableCounts;

/**
 * The results of a session.
 *
 * @param description  parameters of the run
 * @param counts       numbers of frames and ticks
 * @param times        times of the ticks
 * @param scores       scores of the answers
 * @param bytesPerTick bytes that the ticking thread and the engine's own threads allocate in a tick, as a mean over the second
 *                     half of the ticks; NaN without ticks
 * @param guardTrips   number of vectors that the guard refused; {@link #UNKNOWN} if a band failed
 * @param weightsCrc   CRC over the engine's weights and biases; null if a band failed and another hangs, so that they cannot
 *                     be read
 * @param references   results of the references, by their number in {@link Models} from {@link Models#BACKPROP} on; empty without
 *                     comparison
 * @param end          why the session ended
 * @param guardTrip    the guard trip that ended the session; null if the guard did not end it
 * @param inputPower   sum of the squares of an input, as a mean over the frames
 * @param failure      the exception of a broken stream or a failed band; null if there is none
 * @param bands        the engine's bands; their times are zero if a band failed
 * @param answersCrc   CRC over the answers that were scored
 * @param taughtBeforeAnswer scores of the answers that the waves brought, if their targets were taught before and the scores above are
 *                     those of the answers at present weights; else null
 * @param answers      the answers that were written; null if none were asked for
 * @param relaxation   whether a network with cycles settles on the last input; null for a network without cycles
 * @param audit        the audits of the gradient; null if none were asked for
 * @param files        files of weights that the run read and wrote
 */
public record Report(
    RunDescription description, Counts counts, Times times, Measure scores, double bytesPerTick, long guardTrips, String weightsCrc,
    List<Reference> references, End end, GuardTripException guardTrip, double inputPower, Exception failure, List<Engine.Band> bands,
    String answersCrc, Measure taughtBeforeAnswer, AnswerCounts answers, Relaxation relaxation, AuditReport audit,
    Files files) {
    /** Value of a count that cannot be read. */
    public static final long UNKNOWN = -1;

    /** A smaller rate is lost in the rounding of float32 weights. */
    private static final double SMALLEST_RATE = 1e-9;

    /**
     * Numbers of frames and ticks.
     *
     * @param frames        frames that were fed to the network
     * @param ticks         ticks, including the ticks after the last frame
     * @param read          frames read from the stream, including dropped and bad frames
     * @param droppedFrames frames that a newer frame replaced before they were fed
     * @param starvedFrames frame periods in which no frame came
     * @param badFrames     frames that were left out because they held a bad number
     * @param table         what the table lacked; null if the stream is not a table
     */
    public record Counts(
        long frames, long ticks, long read, long droppedFrames, long starvedFrames, long badFrames, TableCounts table) {
    }

    /**
     * Times of the ticks.
     *
     * @param tickNs     duration of each tick, except the ticks after the last frame
     * @param responseNs under spread the time from the scheduled start of a tick to its end, under burst from that of a frame to the
     *                   end of the tick that holds its answer; null without a schedule
     * @param late       under spread the ticks that ended more than a budget after their scheduled start, under burst the frames whose
     *                   last tick ended after the next frame's scheduled start
     * @param jitterNs   lateness of an empty loop with the same schedule; null if it was not measured
     * @param seconds    wall time from the first tick to the last
     */
    public record Times(Histogram tickNs, Histogram responseNs, long late, Histogram jitterNs, double seconds) {
    }

    /**
     * Results of a reference.
     *
     * @param rate       learning rate
     * @param guardTrips number of vectors that the guard refused
     * @param weightsCrc CRC over the weights and biases
     */
    public record Reference(float rate, long guardTrips, String weightsCrc) {
    }

    /**
     * The files of weights, of checkpoints and of the image that the run read and wrote.
     *
     * @param loaded   file that the start weights were loaded from; null if they come from the seed
     * @param saved    file that the weights were saved to; null if they were not saved
     * @param notSaved reason why the weights were not saved to the requested file; null if they were, or if no file was requested
     * @param kept     checkpoints; null if none were asked for
     * @param image    file that held the image; null if the image was in memory
     */
    public record Files(String loaded, String saved, String notSaved, Checkpoints kept, String image) {
        /** No file to load, no file to save. */
        public static final Files NONE = new Files(null, null, null);

        /** Without checkpoints and image. */
        public Files(final String loaded, final String saved, final String notSaved) {
            this(loaded, saved, notSaved, null, null);
        }

        /** A copy with checkpoints. */
        public Files with(final Checkpoints checkpoints) {
            return new Files(loaded, saved, notSaved, checkpoints, image);
        }

        /** A copy with the file of the image. */
        public Files withImage(final String file) {
            return new Files(loaded, saved, notSaved, kept, file);
        }
    }

    /** A copy with the given files. */
    public Report withFiles(final Files all) {
        return new Report(description, counts, times, scores, bytesPerTick, guardTrips, weightsCrc, references, end, guardTrip,
            inputPower, failure, bands, answersCrc, taughtBeforeAnswer, answers, relaxation, audit, all);
    }

    /** A copy with the lateness of an empty loop. */
    public Report withJitter(final Histogram delayNs) {
        final Times withJitter = new Times(times.tickNs, times.responseNs, times.late, delayNs, times.seconds);
        return new Report(description, counts, withJitter, scores, bytesPerTick, guardTrips, weightsCrc, references, end, guardTrip,
            inputPower, failure, bands, answersCrc, taughtBeforeAnswer, answers, relaxation, audit, files);
    }

    /** The results of a reference, by its number in {@link Models}. */
    public Reference reference(final int model) {
        return references.get(model - Models.BACKPROP);
    }

    /** Whether the weights are those of an unfinished tick: some layers have learnt in it and others have not. */
    public boolean unfinished() {
        return end == End.FAILED;
    }

    /** Advice for the user after the guard ended the session. */
    public String advice() {
        final double rate = suggestedRate();
        final String scaling = description.normalises() ? "" : "--normalise";
        if (Double.isNaN(rate)) {
            return scaling.isEmpty() ? "the input is too large to learn from" : "try --normalise: the numbers of the input are too large to learn from";
        }
        return "try --rate " + Units.number(rate) + (scaling.isEmpty() ? "" : ", or --normalise");
    }

    /**
     * A rate to try after the guard ended the session. The update of the first layer is applied D = 2L-1 ticks late. On a
     * loss with curvature c, such an update is stable only if rate * c &lt; 2 sin(pi / (2 (2D + 1))). The curvature is unknown,
     * so the mean power of the input serves as an estimate, as for a linear layer. The result is at most a thirtieth of the
     * rate that failed.
     *
     * @return NaN if no rate would help, because the input is too large or learning was off
     */
    public double suggestedRate() {
        final double delay = 2.0 * description.latency() - 1;
        final double bound = 2 * Math.sin(Math.PI / (2 * (2 * delay + 1)));
        final double rate = Math.min(description.rate() / 30, inputPower > 0 ? bound / inputPower : Double.POSITIVE_INFINITY);
        if (!description.learn() || rate < SMALLEST_RATE) {
            return Double.NaN;
        }
        final double magnitude = Math.pow(10, Math.floor(Math.log10(rate)));
        return Math.floor(rate / magnitude) * magnitude;
    }

    /** Why a session ended. */
    public enum End {
        STREAM, FRAMES, SECONDS, READER, INTERRUPT, GUARD, BROKEN, FAILED;

        /** Whether the session ran to its planned end, without an error and without an interrupt. */
        public boolean asPlanned() {
            return this == STREAM || this == FRAMES || this == SECONDS || this == READER;
        }
    }
}
