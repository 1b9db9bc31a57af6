package org.tickwave.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.tickwave.Balance;
import org.tickwave.Feedback;
import org.tickwave.Network;
import org.tickwave.Rule;
import org.tickwave.bench.net.NetworkDescription;

/**
 * The parameters of a run, complete once its stream is open.
 *
 * @param input      name of the stream
 * @param task       name of the task
 * @param labels     labels of the outputs, in their order; empty if the outputs are no classes
 * @param columns    names of a table's columns, in the order of the numbers of a frame; empty for other streams
 * @param labelColumn name of the column of the labels; null if the stream is not a labelled table
 * @param width      width of a frame
 * @param fps        frames per second
 * @param budgetNs   budget of a tick in nanoseconds, which is 1 / (fps K)
 * @param network    the network
 * @param rule       the learning rule
 * @param hold       K, the number of ticks for which each frame is held, and the reason
 * @param rate       learning rate
 * @param context    number of frames, or of a frame and its changes, in an input
 * @param gain       factor of the changes; 1 if the task has no changes
 * @param normalise  number of frames over which the numbers of a frame are normalised, at most; 0 if frames are fed as they are
 * @param seed       seed of the start weights
 * @param laneBits   width of a vector
 * @param imageBytes size of the engine's image
 * @param clock      how a frame clock paces the ticks; null if the run is as fast as possible
 * @param compare    whether backprop runs beside the network
 * @param learn      whether the network learns
 * @param threads    the threads that tick
 * @param skippedRecordings number of bad recordings that were left out; null if the stream is not a directory of recordings
 * @param graph      description of the network; null for a chain that the options make
 */
public record RunDescription(
    String input, String task, List<String> labels, List<String> columns, String labelColumn, int width, double fps, double budgetNs, Network network,
    Rule rule, Hold hold, float rate, int context, float gain, long normalise, long seed, int laneBits, long imageBytes, Clock clock,
    boolean compare, boolean learn, Threads threads, Integer skippedRecordings, NetworkDescription graph) {

    /** Most layers of a graph that a text names. */
    private static final int MOST_NAMED = 12;

    /** Whether a frame clock paces the ticks. */
    public boolean live() {
        return clock != null;
    }

    /** Whether the numbers of a frame are scaled by their mean and variance. */
    public boolean normalises() {
        return normalise != 0;
    }

    /** Time from one frame to the next, in nanoseconds. */
    public double periodNs() {
        return 1e9 / fps;
    }

    /** Time between two scheduled starts: of frames under burst, else of ticks. */
    public double scheduledNs() {
        return clock == Clock.BURST ? periodNs() : budgetNs;
    }

    /** Number of ticks after the last frame until its waves have left the network. A network with cycles has no such number. */
    public int ticksAfterEnd() {
        return cycles() ? hold.ticks() : 2 * network.latency() - 1;
    }

    /** Whether the network may have cycles. */
    public boolean cycles() {
        return network.balance() == Balance.RECURRENT;
    }

    /** Ticks from a frame to the answer of the highest output. Cycles answer after the last tick of a frame's hold. */
    public int latency() {
        return cycles() ? hold.ticks() : network.latency();
    }

    /** Ticks from a frame to the answer of an output, which is the number of a layer. */
    public int latency(final int output) {
        return cycles() ? hold.ticks() : network.latency(output);
    }

    /** The network in words. A large graph is only counted. */
    public String networkText() {
        return graph == null || network.last() < MOST_NAMED ? network.toString()
            : String.format(Locale.ROOT, "%d inputs, %d layers, %d outputs, %d projections", graph.inputs().size(), graph.layers().size(),
                graph.outputs().size(), graph.projections().size());
    }

    /** What gives a run more or fewer layers. */
    String layersText() {
        return graph == null ? "--layers" : "layers";
    }

    /** The activation of every layer with weights. */
    public List<String> activationNames() {
        return IntStream.rangeClosed(network.inputs(), network.last()).mapToObj(layer -> network.activation(layer).name().toLowerCase(Locale.ROOT))
            .toList();
    }

    /** Activations of the hidden layers, as the command line names them. One for a chain; none in a graph without a hidden layer. */
    List<String> activations() {
        return graph == null ? List.of(network.activation(1).name().toLowerCase(Locale.ROOT))
            : graph.layers().stream().map(layer -> NetworkDescription.named(layer.activation())).distinct().toList();
    }

    /** How errors come down: the name of one kind, or {@code mixed}. */
    public String feedback() {
        final List<Feedback> kinds = IntStream.rangeClosed(1, network.projections()).filter(k -> network.from(k) >= network.inputs())
            .mapToObj(network::feedback).distinct().toList();
        return kinds.size() > 1 ? "mixed" : NetworkDescription.named(kinds.isEmpty() ? Feedback.TRANSPOSE : kinds.getFirst());
    }
}
