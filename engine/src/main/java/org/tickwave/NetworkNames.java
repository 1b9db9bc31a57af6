package org.tickwave;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.tickwave.layout.Wiring;

/** The names of a network's layers: finds layers and projections by them, and says how messages call these. */
final class NetworkNames {
    private final String[] names;
    private final Wiring wiring;
    private final boolean chain;

    /** @param chain whether {@link Network#chain} has described the network */
    NetworkNames(final String[] names, final Wiring wiring, final boolean chain) {
        this.names = names;
        this.wiring = wiring;
        this.chain = chain;
    }

    String of(final int layer) {
        return names[layer];
    }

    String list(final int... layers) {
        return String.join(", ", IntStream.of(layers).mapToObj(this::of).toList());
    }

    int layer(final String name) {
        final int layer = Arrays.asList(names).indexOf(name);
        if (layer < 0) {
            throw new IllegalArgumentException("layer \"" + name + "\": expected one of " + String.join(", ", names));
        }
        return layer;
    }

    int projection(final String from, final String to) {
        final int lower = layer(from);
        return IntStream.of(wiring.into(layer(to))).filter(k -> wiring.from(k) == lower).findFirst().orElseThrow(
            () -> new IllegalArgumentException("projection from \"" + from + "\" to \"" + to + "\": expected a projection of this network"));
    }

    /** How messages call a layer. */
    String layerText(final int layer) {
        return "layer " + names[layer];
    }

    /** How messages call a projection: in a chain by the layer into which it leads. */
    String projectionText(final int projection) {
        final String to = names[wiring.to(projection)];
        return chain ? "layer " + to : "projection " + names[wiring.from(projection)] + " -> " + to;
    }

    boolean ofChain() {
        return chain;
    }
}
