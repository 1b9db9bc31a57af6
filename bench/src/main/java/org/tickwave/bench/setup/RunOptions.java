package org.tickwave.bench.setup;

import java.util.List;
import java.util.stream.IntStream;
import org.tickwave.Activation;
import org.tickwave.Rule;
import org.tickwave.bench.report.RunDescription;
import org.tickwave.bench.session.Idle;
import org.tickwave.bench.stream.Format;

/**
 * What a run is to do, as the command line says; null where it leaves the choice to the stream.
 *
 * @param input      where the stream comes from; null for the made one
 * @param format     of raw frames; null where the first bytes tell
 * @param context    frames that the input is made of, N
 * @param gain       what changes are multiplied by
 * @param fps        frames a second; null for what the stream says
 * @param rule       what an error meets
 * @param hold       K, ticks a frame
 * @param layers     hidden widths
 * @param activation of the hidden layers; null for what a file or else everybody has
 * @param rate       what a frame teaches
 * @param seed       of the start weights, the made stream, the order of recordings; null as for activation
 * @param lanes      bits that were asked for
 * @param frames     to read, over all loops
 * @param seconds    of wall time, with the waits for the stream's header and first frame; null for no limit
 * @param loop       how often to play the input
 * @param live       whether a frame clock paces the ticks
 * @param compare    whether backprop learns from the same pairs
 * @param learn      whether to learn at all
 * @param threads    that tick; 0 for as many as pay
 * @param idle       how they wait
 * @param jitterNs   how long an empty loop shows the machine's jitter, before the run and again after it; 0 for not at all
 * @param load       file to begin with; null to begin anew
 * @param save       file to keep what was learnt in; null to keep nothing
 * @param skipBad    whether to leave out recordings of a directory that cannot be used
 */
public record RunOptions(
    String input, Format format, Integer context, Float gain, Double fps, Rule rule, Integer hold, List<Integer> layers,
    Activation activation, Float rate, Long seed, Integer lanes, Long frames, Double seconds, long loop, boolean live,
    boolean compare, boolean learn, int threads, Idle idle, long jitterNs, String load,
    String save, boolean skipBad) {
    private static final long SEED = 1;
    private static final double REHEARSED_TICKS = 20_000;

    /** For a network no wider than this, that learns nothing, endlessly, at some twenty thousand ticks a second. */
    public RunOptions rehearsed(final int widest, final RunDescription description) {
        final List<Integer> hidden = IntStream.range(1, description.network().layers())
            .map(l -> Math.min(widest, description.network().width(l))).boxed().toList();
        return new RunOptions(input, format, description.context(), gain, REHEARSED_TICKS / description.hold(), rule, description.hold(), hidden,
            activation, 0f, seed, lanes, Long.MAX_VALUE, null, Long.MAX_VALUE, true, compare, learn, description.threads().count(),
            idle, 0, null, null, skipBad);
    }

    /** With what does not depend on the stream, where it was not said. */
    public RunOptions settled() {
        return with(context, gain, layers, activation != null ? activation : Activation.TANH, seed != null ? seed : SEED);
    }

    /** With what a network is, and what it is given. */
    RunOptions with(
        final Integer frames, final Float factor, final List<Integer> hidden, final Activation ofHidden, final long start) {
        return new RunOptions(input, format, frames, factor, fps, rule, hold, hidden, ofHidden, rate, start, lanes, this.frames,
            seconds, loop, live, compare, learn, threads, idle, jitterNs, load, save, skipBad);
    }
}
