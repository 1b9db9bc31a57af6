package org.tickwave.bench.ceiling;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.tickwave.kernel.Fold;
import org.tickwave.kernel.Lanes;
import org.tickwave.kernel.LearnBias;
import org.tickwave.kernel.Passes;
import org.tickwave.kernel.Scale;
import org.tickwave.layout.Geometry;
import org.tickwave.layout.ImageLayout;
import org.tickwave.layout.ScratchDescriptor;
import org.tickwave.layout.SlotDescriptor;
import org.tickwave.layout.WeightsDescriptor;
import org.tickwave.layout.Wiring;
import org.tickwave.pipeline.Image;

/** The engine's pass, in its own memory, and the parts of the pass. */
public final class EnginePass extends LayerPass {
    private static final int FUSED = Passes.FORWARD | Passes.BACKWARD | Passes.LEARN;
    /** The layer above a hidden layer, so that the pass computes an echo. */
    private static final int LAYER = 2;

    private final MemorySegment image;
    private final WeightsDescriptor weights;
    private final ScratchDescriptor scratch;
    private final long x;
    private final long delta;
    private final long zeros;
    private final long bias;
    private final long echo;

    EnginePass(final int rows, final int columns, final float rate) {
        super(rows, columns, rate);
        final ImageLayout layout = new ImageLayout(new Geometry(Lanes.LANES, new int[] {columns, columns, rows}, Wiring.chain(LAYER), 0));
        image = Image.create(layout, arena, 1).segment();
        weights = layout.weights(LAYER);
        scratch = layout.scratch(LAYER);
        x = layout.activation(LAYER - 1).slot(0) + SlotDescriptor.VECTOR_OFFSET;
        delta = layout.delta(LAYER).slot(0) + SlotDescriptor.VECTOR_OFFSET;
        zeros = layout.zeros();
        bias = layout.bias(LAYER);
        echo = layout.echo(LAYER).slot(1);
    }

    @Override
    public void run() {
        scale();
        overWeights();
        fold();
    }

    /** A kernel that is asked for no number. */
    public void call() {
        Scale.run(image, x, minusRate, scratch.taught(), 0);
    }

    /** The activation below times the rate. */
    public void scale() {
        Scale.run(image, x, minusRate, scratch.taught(), columns);
    }

    /** Forward, backward and learn, without the fold. */
    public void overWeights() {
        Passes.run(FUSED, image, weights.offset(), rows, weights.groups(), x, scratch.taught(), delta, zeros, scratch.partials(), echo);
    }

    /** From sixteen sums a row to one. */
    public void fold() {
        Fold.run(image, scratch.partials(), rows);
    }

    /** The biases learn. */
    public void learnBias() {
        LearnBias.run(image, bias, delta, minusRate, rows);
    }

    /** A bias. */
    public float bias(final int row) {
        return image.get(ValueLayout.JAVA_FLOAT, bias + (long) row * Float.BYTES);
    }

    @Override
    MemorySegment memory() {
        return image;
    }

    @Override
    long weightAt(final int row, final int column) {
        return weights.weight(row, column);
    }

    @Override
    long belowAt() {
        return x;
    }

    @Override
    long deltaAt() {
        return delta;
    }

    @Override
    long sumsAt() {
        return scratch.sums();
    }

    @Override
    long echoAt() {
        return echo;
    }
}
