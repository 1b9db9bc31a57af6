package org.tickwave.bench.session;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.tickwave.Network;
import org.tickwave.bench.keep.Archive;
import org.tickwave.bench.keep.Kept;
import org.tickwave.bench.net.Graphs;
import org.tickwave.kernel.Activate;
import org.tickwave.kernel.Add;
import org.tickwave.kernel.Fold;
import org.tickwave.kernel.Good;
import org.tickwave.kernel.Lanes;
import org.tickwave.kernel.LearnBias;
import org.tickwave.kernel.OutputError;
import org.tickwave.kernel.Passes;
import org.tickwave.kernel.Scale;
import org.tickwave.kernel.Sigma;
import org.tickwave.kernel.Slope;
import org.tickwave.layout.Wiring;
import org.tickwave.layout.Geometry;
import org.tickwave.layout.ImageLayout;
import org.tickwave.layout.ScratchDescriptor;
import org.tickwave.layout.SlotDescriptor;
import org.tickwave.layout.WeightsDescriptor;
import org.tickwave.pipeline.Image;

/**
 * Sequential backprop, the reference for every rule. It takes one frame at a time: forward through all layers, then backward
 * with the update. It uses the engine's kernels and image layout. The backward pass also corrects the weights, so a frame
 * reads W twice and writes it once.
 */
public final class Backprop implements Kept, AutoCloseable {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Arena arena = Arena.ofShared();
    private final Image image;
    private final MemorySegment segment;
    private final ImageLayout layout;
    private final Wiring wiring;
    private final int[] upwards;
    private final int[] outputs;
    private final Sigma[] sigmas;
    private final OutputError.Loss[] losses;
    private final Network network;
    private final MemorySegment answer;
    private long guardTrips;

    /**
     * The start weights are those of an engine with this network and seed.
     *
     * @param network has no cycles
     */
    public Backprop(final Network network, final long seed) {
        this(network);
        image.startWeights(seed, sigmas);
    }

    /** All weights are 0. */
    private Backprop(final Network network) {
        this.network = network;
        final int count = network.last() + 1;
        sigmas = new Sigma[count];
        losses = new OutputError.Loss[count];
        for (int l = network.inputs(); l < count; l++) {
            sigmas[l] = Sigma.valueOf(network.activation(l).name());
        }
        outputs = network.outputs();
        for (final int output : outputs) {
            losses[output] = OutputError.Loss.valueOf(network.loss(output).name());
        }
        wiring = Graphs.wiring(network);
        upwards = wiring.upwards();
        layout = new ImageLayout(new Geometry(Lanes.LANES, Graphs.widths(network), wiring, 0));
        image = Image.create(layout, arena, 0);
        segment = image.segment();
        answer = outputs.length > 1 ? arena.allocate((long) network.targetWidth() * Float.BYTES, Float.BYTES)
            : segment.asSlice(activation(outputs[0]), (long) network.width(outputs[0]) * Float.BYTES).asReadOnly();
    }

    private long activation(final int layer) {
        return layout.activation(layer).slotAt(0) + SlotDescriptor.VECTOR_OFFSET;
    }

    private long delta(final int layer) {
        return layout.delta(layer).slotAt(0) + SlotDescriptor.VECTOR_OFFSET;
    }

    private long target(final int output) {
        return layout.target(output).slotAt(0) + SlotDescriptor.VECTOR_OFFSET;
    }

    private long echo(final int projection) {
        return layout.echo(projection).slotAt(0) + SlotDescriptor.VECTOR_OFFSET;
    }

    /**
     * Computes the answer to a frame.
     *
     * @param frame the parts of all inputs, one after the other; its numbers must be good
     * @return the activations of all outputs, one after the other; valid until the next frame
     */
    public MemorySegment forward(final float[] frame) {
        int first = 0;
        for (int input = 0; input < network.inputs(); input++) {
            final int width = network.width(input);
            MemorySegment.copy(frame, first, segment, FLOAT, activation(input), width);
            Good.admit(segment, activation(input), width);
            first += width;
        }
        for (final int l : upwards) {
            final ScratchDescriptor scratch = layout.scratch(l);
            final int rows = network.width(l);
            long start = layout.zeros();
            for (final int k : wiring.into(l)) {
                final WeightsDescriptor weights = layout.weights(k);
                Passes.run(Passes.FORWARD, segment, weights.offset(), rows, weights.groups(), activation(wiring.from(k)), 0, 0, start,
                    scratch.partials(), 0);
                start = scratch.partials();
            }
            final long sums = Fold.run(segment, scratch.partials(), rows);
            guard(Activate.run(sigmas[l], segment, sums, layout.bias(l), activation(l), rows), activation(l), rows);
        }
        return answer();
    }

    private MemorySegment answer() {
        long first = 0;
        for (int o = 0; o < outputs.length && outputs.length > 1; o++) {
            final long bytes = (long) network.width(outputs[o]) * Float.BYTES;
            MemorySegment.copy(segment, activation(outputs[o]), answer, first, bytes);
            first += bytes;
        }
        return answer;
    }

    /**
     * Teaches the target of the frame that {@link #forward} was given last.
     *
     * @param target the targets of all outputs, one after the other; its numbers must be good
     */
    public void learn(final float[] target, final float rate) {
        int first = 0;
        for (final int output : outputs) {
            final int width = network.width(output);
            MemorySegment.copy(target, first, segment, FLOAT, target(output), width);
            Good.admit(segment, target(output), width);
            first += width;
        }
        for (int i = upwards.length - 1; i >= 0; i--) {
            final int l = upwards[i];
            slope(l, error(l));
            for (final int k : wiring.into(l)) {
                final WeightsDescriptor weights = layout.weights(k);
                final boolean sends = wiring.sendsEcho(k);
                final long taught = layout.scratch(l).taught();
                Scale.run(segment, activation(wiring.from(k)), -rate, taught, weights.columns());
                Passes.run(sends ? Passes.BACKWARD | Passes.LEARN : Passes.LEARN, segment, weights.offset(), weights.rows(),
                    weights.groups(), 0, taught, delta(l), 0, 0, sends ? echo(k) : 0);
            }
            LearnBias.run(segment, layout.bias(l), delta(l), -rate, network.width(l));
        }
    }

    /** Adds the echoes of a layer in the order of its projections, and then the gradient of its loss, as the engine does. */
    private long error(final int layer) {
        final int rows = network.width(layer);
        final int[] echoes = wiring.outOf(layer);
        long sum = delta(layer);
        for (int i = 0; i < echoes.length; i++) {
            sum = i == 0 ? echo(echoes[0]) : added(sum, echo(echoes[i]), layer);
        }
        if (losses[layer] == null) {
            return sum;
        }
        final ScratchDescriptor scratch = layout.scratch(layer);
        final long gradient = echoes.length == 0 ? sum : scratch.sums();
        OutputError.run(losses[layer], segment, activation(layer), target(layer), gradient, scratch.partials(), rows);
        return echoes.length == 0 ? sum : added(sum, gradient, layer);
    }

    private long added(final long a, final long b, final int layer) {
        Add.run(segment, a, b, delta(layer), network.width(layer));
        return delta(layer);
    }

    private void slope(final int layer, final long error) {
        final int rows = network.width(layer);
        guard(Slope.run(sigmas[layer], segment, error, activation(layer), delta(layer), rows), delta(layer), rows);
    }

    private void guard(final boolean good, final long vector, final int n) {
        if (!good) {
            Good.zero(segment, vector, n);
            guardTrips++;
        }
    }

    /** Number of vectors that the guard refused. */
    public long guardTrips() {
        return guardTrips;
    }

    public Network network() {
        return network;
    }

    /** The image that holds the weights and biases. */
    public Image image() {
        return image;
    }

    /** Memory for a copy of this state. */
    Backprop spare() {
        return new Backprop(network);
    }

    /** Takes the state of another backprop on the same network. Copies the image as it is, and allocates nothing. */
    void copyFrom(final Backprop other) {
        segment.copyFrom(other.segment);
        guardTrips = other.guardTrips;
    }

    @Override
    public void close() {
        arena.close();
    }

    /** The weights and biases; all else is computed anew for each frame. */
    @Override
    public void keep(final Archive archive) {
        archive.section("backprop");
        for (int k = 1; k <= network.projections(); k++) {
            final float[] row = new float[network.width(network.from(k))];
            for (int r = 0; r < network.width(network.to(k)); r++) {
                image.readRow(k, r, row, 0);
                archive.all(row);
                if (archive.reads()) {
                    image.writeRow(k, r, row);
                }
            }
        }
        for (int l = network.inputs(); l <= network.last(); l++) {
            final float[] biases = new float[network.width(l)];
            image.readBiases(l, biases);
            archive.all(biases);
            if (archive.reads()) {
                image.writeBiases(l, biases);
            }
        }
        guardTrips = archive.of(guardTrips);
    }
}
