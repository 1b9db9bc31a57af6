package org.tickwave.bench.layout;

import java.util.List;
import java.util.stream.IntStream;
import org.tickwave.Balance;
import org.tickwave.ImageShape;
import org.tickwave.Rule;
import org.tickwave.bench.net.Graphs;
import org.tickwave.bench.net.NetworkDescription;
import org.tickwave.bench.net.NetworkDescription.Input;
import org.tickwave.bench.net.NetworkDescription.Output;
import org.tickwave.bench.net.NetworkDescription.Projection;
import org.tickwave.layout.Feedback;
import org.tickwave.layout.Geometry;
import org.tickwave.layout.ImageLayout;
import org.tickwave.layout.Region;
import org.tickwave.layout.Wiring;

/** A network under a rule, and the layout of its image. Nothing is allocated. */
public final class Plan {
    private final String network;
    private final NetworkDescription description;
    private final Rule rule;
    private final List<String> names;
    private final ImageLayout layout;

    /**
     * @param network what messages and headings call the network
     * @param lanes   float32 lanes of a vector
     * @param history extra slots in every ring
     * @throws IllegalArgumentException if the rule does not suit the network, or the image would be too large for any machine
     */
    public Plan(
        final String network, final NetworkDescription description, final Rule rule, final int lanes, final int history) {
        this.network = network;
        this.description = description;
        this.rule = rule;
        names = description.names();
        layout = new ImageLayout(new Geometry(lanes, description.widths(), wiring(description, names, rule), history));
    }

    /** The rule that a network learns by unless told otherwise. */
    public static Rule defaultRule(final NetworkDescription description) {
        return description.balance() == Balance.BALANCED ? Rule.aligned() : Rule.diffusion();
    }

    private static Wiring wiring(final NetworkDescription description, final List<String> names, final Rule rule) {
        final int[] from = description.projections().stream().mapToInt(projection -> names.indexOf(projection.from())).toArray();
        final int[] to = description.projections().stream().mapToInt(projection -> names.indexOf(projection.to())).toArray();
        final int[] outputs = IntStream.range(names.size() - description.outputs().size(), names.size()).toArray();
        final Wiring wiring = (switch (description.balance()) {
            case BALANCED -> Wiring.balanced(names.size(), from, to, outputs);
            case IMMEDIATE -> Wiring.immediate(names.size(), from, to, outputs);
            case RECURRENT -> Wiring.recurrent(names.size(), from, to, outputs);
        }).lengths(description.projections().stream().mapToInt(Projection::length).toArray())
            .withFeedback(description.projections().stream().map(projection -> Feedback.valueOf(projection.feedback().name()))
                .toArray(Feedback[]::new), IntStream.range(0, names.size()).filter(l -> description.isDirect(names.get(l))).toArray());
        return Graphs.withRule(wiring, rule);
    }

    String network() {
        return network;
    }

    NetworkDescription description() {
        return description;
    }

    Rule rule() {
        return rule;
    }

    ImageLayout layout() {
        return layout;
    }

    Geometry geometry() {
        return layout.geometry();
    }

    Wiring wiring() {
        return geometry().wiring();
    }

    String name(final int layer) {
        return names.get(layer);
    }

    ImageShape.Role role(final int layer) {
        return layer < wiring().inputs() ? ImageShape.Role.INPUT : wiring().isOutput(layer) ? ImageShape.Role.OUTPUT : ImageShape.Role.HIDDEN;
    }

    /** The names at both ends of a projection, lower layer first; of a direct edge with an arrow down from the output. */
    String ends(final int edge) {
        return name(wiring().from(edge)) + (edge > wiring().projections() ? " <- " : " -> ") + name(wiring().to(edge));
    }

    Projection projection(final int number) {
        return description.projections().get(number - 1);
    }

    /** The activation of a layer that has weights. */
    String activation(final int layer) {
        final int hidden = layer - description.inputs().size();
        return NetworkDescription.named(hidden < description.layers().size() ? description.layers().get(hidden).activation()
            : output(layer).activation());
    }

    /** Whether a layer takes errors from the outputs directly. */
    boolean direct(final int layer) {
        return description.isDirect(name(layer));
    }

    Input input(final int layer) {
        return description.inputs().get(layer);
    }

    Output output(final int layer) {
        return description.outputs().get(layer - description.inputs().size() - description.layers().size());
    }

    /** The layer whose region it is; -1 if the region belongs to a projection or to the whole image. */
    static int layer(final Region region) {
        return switch (region.kind()) {
            case ACTIVATION, TARGET, BIAS, SCRATCH, DELTA -> region.owner();
            default -> -1;
        };
    }

    /** The projection or other edge whose region it is; 0 if the region belongs to a layer or to the whole image. */
    static int edge(final Region region) {
        return switch (region.kind()) {
            case WEIGHTS, ECHO, FEEDBACK -> region.owner();
            default -> 0;
        };
    }
}
