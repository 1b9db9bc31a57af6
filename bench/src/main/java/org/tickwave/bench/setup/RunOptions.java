package org.tickwave.bench.setup;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.tickwave.Activation;
import org.tickwave.Feedback;
import org.tickwave.Rule;
import org.tickwave.bench.answer.AnswerOptions;
import org.tickwave.bench.net.NetworkDescription;
import org.tickwave.bench.net.NetworkFile;
import org.tickwave.bench.report.Clock;
import org.tickwave.bench.report.RunDescription;
import org.tickwave.bench.session.Idle;
import org.tickwave.bench.stream.Format;
import org.tickwave.bench.table.TableOptions;

/**
 * The options of a run, as given on the command line. An option that was not given is null, and the stream decides its value. An
 * {@link OptionsDraft} makes them.
 *
 * @param input      path of the stream; null for the made stream
 * @param format     format of raw frames; null if the first bytes of the stream tell the format
 * @param table      how a table is read; null if the input is no table
 * @param context    N, the number of frames, or of a frame and its changes, in an input
 * @param gain       factor of the changes
 * @param normalise  number of frames over which the numbers of a frame are normalised, at most; 0 not to normalise; null for the default
 * @param fps        frames per second; null for the stream's frame rate
 * @param rule       the learning rule; null for the default of the network
 * @param hold       K, the number of ticks for which each frame is held; null to choose
 * @param layers     widths of the hidden layers
 * @param activation activation of the hidden layers; null for the activation of the loaded model or, without one, the default
 * @param rate       learning rate of a frame
 * @param seed       seed of the start weights, the made stream and the order of recordings; null as for activation
 * @param lanes      required lane width in bits
 * @param frames     number of frames to read, over all loops
 * @param seconds    limit of wall time, including the waits for the stream's header and first frame; null for no limit
 * @param loop       number of times to play the input
 * @param clock      how a frame clock paces the ticks of a live run; null to run as fast as possible
 * @param compare    whether backprop learns from the same pairs
 * @param learn      whether the network learns
 * @param threads    number of threads that tick; 0 to choose automatically
 * @param idle       how these threads wait
 * @param jitterNs   duration of each of two empty loops, before and after the run, that measure the machine's jitter; 0 for none
 * @param load       model file to begin with; null to begin with random weights
 * @param answers    where and how answers are written; null to write none
 * @param save       model file to write at the end; null to save nothing
 * @param skipBad    whether to leave out bad recordings of a directory
 * @param network    description of the network; null for a chain of the hidden layers
 * @param feedback   how errors come down every projection; null as the network has it
 * @param audit      number of frames between two audits of the gradient; null for no audit
 * @param auditOut   file for a page with the audits over time; null for none
 * @param keep       checkpoints of the run; null for none
 * @param image      file that holds the image of the engine, for observers; null for memory
 * @param watch      port of the page that shows the run, 0 for any free port; null for no page
 */
public record RunOptions(
    String input, Format format, TableOptions table, Integer context, Float gain, Long normalise, Double fps, Rule rule, Integer hold, List<Integer> layers,
    Activation activation, Float rate, Long seed, Integer lanes, Long frames, Double seconds, long loop, Clock clock,
    boolean compare, boolean learn, int threads, Idle idle, long jitterNs, String load,
    AnswerOptions answers, String save, boolean skipBad, NetworkFile network, Feedback feedback, Long audit, String auditOut,
    KeepOptions keep, String image, Integer watch) {
    private static final long SEED = 1;
    private static final double REHEARSED_TICKS = 20_000;

    /** Whether a frame clock paces the ticks. */
    public boolean live() {
        return clock != null;
    }

    /** The options of a rehearsal: hidden layers of limited width, rate 0, no end, and 20,000 ticks per second. */
    public RunOptions rehearsed(final int widest, final RunDescription description) throws IOException {
        final NetworkDescription graph = description.graph();
        final List<Integer> hidden = graph != null ? null : IntStream.range(1, description.network().layers())
            .map(l -> Math.min(widest, description.network().width(l))).boxed().toList();
        final NetworkFile narrow = graph == null ? null : NetworkFile.parse("rehearsal", narrowed(graph, widest).toJson());
        final OptionsDraft draft = new OptionsDraft(this);
        draft.context = description.context();
        draft.fps = REHEARSED_TICKS / description.hold().ticks();
        draft.hold = description.hold().ticks();
        draft.layers = hidden;
        draft.network = narrow;
        draft.rate = 0f;
        draft.frames = Long.MAX_VALUE;
        draft.seconds = null;
        draft.loop = Long.MAX_VALUE;
        draft.threads = description.threads().count();
        draft.jitterNs = 0;
        draft.load = null;
        draft.answers = null;
        draft.save = null;
        draft.auditOut = null;
        draft.keep = null;
        draft.image = null;
        draft.watch = null;
        return draft.make();
    }

    private static NetworkDescription narrowed(final NetworkDescription graph, final int widest) {
        return new NetworkDescription(graph.balance(), graph.inputs(), graph.layers().stream().map(layer -> new NetworkDescription.Layer(
            layer.name(), Math.min(widest, layer.width()), layer.activation(), layer.direct())).toList(), graph.outputs(), graph.projections());
    }

    /** A copy with defaults for the options that do not depend on the stream. */
    public RunOptions settled() {
        final OptionsDraft draft = new OptionsDraft(this);
        draft.activation = activation != null ? activation : Activation.TANH;
        draft.seed = seed != null ? seed : SEED;
        return draft.make();
    }
}
