package org.tickwave.bench.audit;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.tickwave.Network;
import org.tickwave.Rule;
import org.tickwave.bench.net.Graphs;
import org.tickwave.layout.Wiring;

/**
 * How old the vectors and weights are that an audit of tick t reads. All ages are in ticks and count back from t.
 *
 * <p>A layer is taught the frame whose target is in the layer's error. If targets of several frames are in it, the newest one counts.
 * Under the rule aligned all targets in an error are of one frame.
 */
final class Ages {
    /** More than the age of any target, and small enough for sums. */
    private static final int NEVER = Integer.MAX_VALUE / 4;

    private final Wiring wiring;
    private final int[] frames;
    private final int oldestFrame;

    /** @param network has no cycles */
    Ages(final Network network, final Rule rule) {
        wiring = Graphs.withRule(Graphs.wiringWithFeedback(network), rule);
        frames = newestTargets(wiring);
        oldestFrame = IntStream.range(wiring.inputs(), frames.length).map(l -> frames[l]).max().orElseThrow();
    }

    /** An error takes one tick more than an edge's delay from the upper layer to the lower one. */
    private static int[] newestTargets(final Wiring wiring) {
        final int[] newest = new int[wiring.layers()];
        Arrays.fill(newest, NEVER);
        for (final int output : wiring.outputs()) {
            newest[output] = wiring.targetAge(output);
        }
        for (int round = 0; round < newest.length; round++) {
            for (int edge = 1; edge <= wiring.edges(); edge++) {
                if (wiring.sendsEcho(edge)) {
                    newest[wiring.from(edge)] = Math.min(newest[wiring.from(edge)], 1 + wiring.delay(edge) + newest[wiring.to(edge)]);
                }
            }
        }
        return newest;
    }

    /** The age of the frame that a layer with weights is taught in tick t. */
    int frameAge(final int layer) {
        return frames[layer];
    }

    /** The age of the oldest frame that a layer is taught. */
    int oldestFrameAge() {
        return oldestFrame;
    }

    /**
     * The age of the weights with which a layer made its activation of a frame: 0 for the weights that tick t read. A frame that has
     * not reached the layer will meet newer weights; then the age is 0 too.
     */
    int weightsAge(final int layer, final int frameAge) {
        return Math.max(0, frameAge - wiring.level(layer) + 1);
    }

    /** The age of the oldest error of a layer with weights that an audit reads, in order to undo what the layer learnt since. */
    int oldestErrorAge(final int layer) {
        return weightsAge(layer, oldestFrame);
    }

    /** The age of the oldest activation of a layer that an audit reads. */
    int oldestActivationAge(final int layer) {
        return IntStream.of(wiring.outOf(layer)).map(k -> oldestErrorAge(wiring.to(k)) + wiring.age(k))
            .reduce(layer < wiring.inputs() ? oldestFrame : 0, Math::max);
    }

    /** The age of the activation that the error of a projection's upper layer meets. */
    int metAge(final int projection) {
        return wiring.age(projection);
    }

    /** The projections into a layer. */
    int[] into(final int layer) {
        return wiring.into(layer);
    }

    /** The tick from which on a layer learns, if the first frame comes in tick 0. */
    int gate(final int layer) {
        return wiring.gate(layer);
    }

    /** How many more past waves the engine must keep. The newest activation belongs to tick t + 1. */
    int history() {
        return 1 + IntStream.range(0, wiring.layers())
            .map(l -> Math.max(oldestActivationAge(l), l < wiring.inputs() ? 0 : oldestErrorAge(l))).max().orElseThrow();
    }
}
