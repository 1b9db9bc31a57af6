package org.tickwave.bench.report;

import java.util.List;
import java.util.Locale;
import org.tickwave.Network;
import org.tickwave.Rule;

/**
 * What a run turned out to be, once its stream was open.
 *
 * @param input     the stream's name
 * @param task      as it names itself
 * @param labels    of the outputs, in their order; none where the outputs are numbers
 * @param width     numbers in a frame
 * @param fps       frames a second
 * @param budgetNs  1 / (fps K)
 * @param network   as it runs
 * @param gain      what changes are multiplied by; 1 where there are none
 * @param laneBits  of a vector
 * @param threads   that tick
 */
public record RunDescription(
    String input, String task, List<String> labels, int width, double fps, double budgetNs, Network network,
    Rule rule, int hold, float rate, int context, float gain, long seed, int laneBits, long imageBytes, boolean live,
    boolean compare, boolean learn, Threads threads) {

    /** Ticks of the last frame, after its own, until all that is under way has arrived. */
    public int ticksAfterEnd() {
        return 2 * network.layers() - 1;
    }

    /** The hidden layers' activation, as the command line names it. */
    String activation() {
        return network.activation(1).name().toLowerCase(Locale.ROOT);
    }
}
