package org.tickwave.bench.session;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.tickwave.Context;
import org.tickwave.Engine;
import org.tickwave.GraphBuilder;
import org.tickwave.Network;
import org.tickwave.bench.keep.Archive;
import org.tickwave.bench.keep.Kept;
import org.tickwave.bench.net.Graphs;
import org.tickwave.bench.report.Crc;
import org.tickwave.bench.report.Report;
import org.tickwave.bench.score.Models;
import org.tickwave.bench.score.Score;

/**
 * The references of a comparison, which learn from the same pairs as the network, one frame after another: backprop on the same
 * network, and backprop without a hidden layer at several rates. For one thread.
 */
public final class References implements Kept, AutoCloseable {
    private final List<Backprop> all = new ArrayList<>();
    private final float rate;

    /**
     * @param rate the network's rate
     * @param seed seed of the start weights
     */
    public References(final Network network, final float rate, final long seed) {
        this.rate = rate;
        all.add(new Backprop(network, seed));
        final Network linear = linear(network);
        for (int m = 0; m < Models.linear(); m++) {
            all.add(new Backprop(linear, seed));
        }
    }

    /** Memory for a copy of these references. */
    private References(final References of) {
        rate = of.rate;
        of.all.forEach(one -> all.add(one.spare()));
    }

    /** Memory for a copy of this state, which another thread encodes while these references learn. */
    public References spare() {
        return new References(this);
    }

    /** Takes the state of the references that this memory was made for. Copies their images as they are. */
    public void copyFrom(final References other) {
        for (int i = 0; i < all.size(); i++) {
            all.get(i).copyFrom(other.all.get(i));
        }
    }

    /** A network without its hidden layers. In a graph every input leads to every output. */
    public static Network linear(final Network network) {
        if (Graphs.chain(network)) {
            final int output = network.last();
            return Network.chain(network.width(0), network.width(output)).outputActivation(network.activation(output)).loss(network.loss())
                .build();
        }
        final GraphBuilder graph = Network.graph();
        final String[] inputs = IntStream.range(0, network.inputs()).mapToObj(network::name).toArray(String[]::new);
        for (int i = 0; i < inputs.length; i++) {
            graph.input(inputs[i], network.width(i));
        }
        for (final int output : network.outputs()) {
            graph.output(network.name(output), network.width(output)).activation(network.activation(output)).loss(network.loss(output))
                .from(inputs);
        }
        return graph.build();
    }

    /** Bytes that the references of a network take, at most. */
    public static long bytes(final Network network) {
        return Engine.imageBytes(network, new Context()) + Models.linear() * Engine.imageBytes(linear(network), new Context());
    }

    /** Bytes of the weights and biases of all references, which a checkpoint keeps. */
    public static long keptBytes(final Network network) {
        return keptBytesOfOne(network) + Models.linear() * keptBytesOfOne(linear(network));
    }

    private static long keptBytesOfOne(final Network network) {
        final long weights = IntStream.rangeClosed(1, network.projections())
            .mapToLong(k -> (long) network.width(network.from(k)) * network.width(network.to(k))).sum();
        return Float.BYTES * (weights + IntStream.rangeClosed(network.inputs(), network.last()).mapToLong(network::width).sum());
    }

    /** Backprop on the same network. */
    public Backprop backprop() {
        return all.getFirst();
    }

    private float rate(final int model) {
        return model == Models.BACKPROP ? rate : rate * Models.linearRate(model);
    }

    /**
     * Answers the frame that was fed last, and learns its target.
     *
     * @param target null to learn nothing
     */
    void compare(final float[] input, final float[] target, final Score score) {
        for (int i = 0; i < all.size(); i++) {
            final int model = Models.BACKPROP + i;
            score.compared(model, all.get(i).forward(input));
            if (target != null) {
                all.get(i).learn(target, rate(model));
            }
        }
    }

    /** The results, by model from {@link Models#BACKPROP} on. */
    List<Report.Reference> reports() {
        final List<Report.Reference> reports = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            final Backprop one = all.get(i);
            reports.add(new Report.Reference(rate(Models.BACKPROP + i), one.guardTrips(), Crc.of(one.network(), one.image())));
        }
        return reports;
    }

    @Override
    public void close() {
        all.forEach(Backprop::close);
    }

    @Override
    public void keep(final Archive archive) {
        all.forEach(reference -> reference.keep(archive));
    }
}
