package org.tickwave.bench.session;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.tickwave.Network;
import org.tickwave.kernel.Activate;
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
public final class Backprop implements AutoCloseable {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Arena arena = Arena.ofShared();
    private final Image image;
    private final MemorySegment segment;
    private final ImageLayout layout;
    private final Sigma[] sigmas;
    private final OutputError.Loss loss;
    private final Network network;
    private final int layers;
    private final MemorySegment output;
    private long guardTrips;

    /** The start weights are those of an engine with this network and seed. */
    public Backprop(final Network network, final long seed) {
        this.network = network;
        layers = network.layers();
        final int[] widths = new int[layers + 1];
        sigmas = new Sigma[layers + 1];
        for (int l = 0; l <= layers; l++) {
            widths[l] = network.width(l);
            sigmas[l] = l == 0 ? null : Sigma.valueOf(network.activation(l).name());
        }
        loss = OutputError.Loss.valueOf(network.loss().name());
        layout = new ImageLayout(new Geometry(Lanes.LANES, widths, Wiring.chain(layers), 0));
        image = Image.create(layout, arena, seed);
        image.startWeights(seed, sigmas);
        segment = image.segment();
        output = segment.asSlice(activation(layers), (long) network.width(layers) * Float.BYTES).asReadOnly();
    }

    private long activation(final int layer) {
        return layout.activation(layer).slotAt(0) + SlotDescriptor.VECTOR_OFFSET;
    }

    private long delta(final int layer) {
        return layout.delta(layer).slotAt(0) + SlotDescriptor.VECTOR_OFFSET;
    }

    /**
     * Computes the answer to a frame.
     *
     * @param frame the input; its numbers must be good
     * @return x of layer L in the image, read-only, valid until the next frame
     */
    public MemorySegment forward(final float[] frame) {
        MemorySegment.copy(frame, 0, segment, FLOAT, activation(0), frame.length);
        Good.admit(segment, activation(0), frame.length);
        for (int l = 1; l <= layers; l++) {
            final WeightsDescriptor weights = layout.weights(l);
            final ScratchDescriptor scratch = layout.scratch(l);
            final int rows = weights.rows();
            Passes.run(Passes.FORWARD, segment, weights.offset(), rows, weights.groups(), activation(l - 1), 0, 0, layout.zeros(),
                scratch.partials(), 0);
            Fold.run(segment, scratch.partials(), rows, scratch.folds(), scratch.sums());
            guard(Activate.run(sigmas[l], segment, scratch.sums(), layout.bias(l), activation(l), rows), activation(l), rows);
        }
        return output;
    }

    /** Teaches the target of the frame that {@link #forward} was given last. The target's numbers must be good. */
    public void learn(final float[] target, final float rate) {
        final long targetVector = layout.target(layers).slotAt(0) + SlotDescriptor.VECTOR_OFFSET;
        MemorySegment.copy(target, 0, segment, FLOAT, targetVector, target.length);
        Good.admit(segment, targetVector, target.length);
        OutputError.run(
            loss, segment, activation(layers), targetVector, delta(layers), layout.scratch(layers).partials(), target.length);
        slope(layers, delta(layers));
        for (int l = layers; l >= 1; l--) {
            final WeightsDescriptor weights = layout.weights(l);
            final int rows = weights.rows();
            final long taught = layout.scratch(l).taught();
            Scale.run(segment, activation(l - 1), -rate, taught, weights.columns());
            final int parts = l > 1 ? Passes.BACKWARD | Passes.LEARN : Passes.LEARN;
            final long echo = l > 1 ? layout.echo(l).slotAt(0) + SlotDescriptor.VECTOR_OFFSET : 0;
            Passes.run(parts, segment, weights.offset(), rows, weights.groups(), 0, taught, delta(l), 0, 0, echo);
            if (l > 1) {
                slope(l - 1, echo);
            }
            LearnBias.run(segment, layout.bias(l), delta(l), -rate, rows);
        }
    }

    private void slope(final int layer, final long error) {
        final int rows = layout.weights(layer).rows();
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

    @Override
    public void close() {
        arena.close();
    }
}
