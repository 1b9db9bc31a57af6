package org.tickwave;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.tickwave.layout.Wiring;

/** The small networks of a warm-up, and what a warm-up asks of the engine's network. */
final class ScratchNetworks {
    private ScratchNetworks() {
    }

    /** A chain of equally wide layers, with the kernels of a network. */
    static Network chain(final Network network, final int layers, final int width) {
        final int[] widths = new int[layers + 1];
        Arrays.fill(widths, width);
        return Network.chain(widths).activation(network.activation(network.inputs()))
            .outputActivation(network.activation(network.outputs()[0])).loss(network.loss(network.outputs()[0])).build();
    }

    /** The same graph with all layers equally wide. */
    static Network ofWidth(final Network network, final int width) {
        final int[] equal = new int[network.last() + 1];
        Arrays.fill(equal, width);
        return network.withWidths(equal);
    }

    /** Whether the network is a chain in which errors come down by the transposed weights. */
    static boolean isPlainChain(final Network network) {
        return network.isChain()
            && IntStream.rangeClosed(1, network.projections()).allMatch(k -> network.feedback(k) == Feedback.TRANSPOSE);
    }

    /** Whether a layer adds several errors: echoes, or an echo and the gradient of its loss. */
    static boolean addsErrors(final Network network) {
        final Wiring wiring = network.wiring();
        return layersWithWeights(network).anyMatch(l -> wiring.echoes(l).length > (wiring.isOutput(l) ? 0 : 1));
    }

    /** Ticks from the first frame, under diffusion, until every layer learns. */
    static int ticksToLearn(final Network network) {
        return layersWithWeights(network).map(network.wiring()::gate).max().orElseThrow();
    }

    private static IntStream layersWithWeights(final Network network) {
        return IntStream.rangeClosed(network.inputs(), network.last());
    }
}
