package org.tickwave.bench.model;

import org.tickwave.Network;

/** The names and shapes of the tensors of a network. */
final class TensorNames {
    /** Null for the names of a chain. */
    private final Network graph;

    private TensorNames(final Network graph) {
        this.graph = graph;
    }

    /** The names of a chain, which do not depend on its layers. */
    static TensorNames ofChain() {
        return new TensorNames(null);
    }

    /** The names of a network whose layers a description names. */
    static TensorNames ofGraph(final Network network) {
        return new TensorNames(network);
    }

    String weight(final int projection) {
        return graph == null ? 2 * (projection - 1) + ".weight"
            : graph.name(graph.to(projection)) + "/from/" + graph.name(graph.from(projection));
    }

    String bias(final int layer) {
        return graph == null ? 2 * (layer - 1) + ".bias" : graph.name(layer) + "/bias";
    }

    static int[] weightShape(final Network network, final int projection) {
        return new int[] {network.width(network.to(projection)), network.width(network.from(projection))};
    }

    static int[] biasShape(final Network network, final int layer) {
        return new int[] {network.width(layer)};
    }
}
