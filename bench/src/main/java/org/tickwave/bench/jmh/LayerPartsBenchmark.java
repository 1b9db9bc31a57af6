package org.tickwave.bench.jmh;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.tickwave.kernel.Activate;
import org.tickwave.kernel.Fold;
import org.tickwave.kernel.Lanes;
import org.tickwave.kernel.LearnBias;
import org.tickwave.kernel.Passes;
import org.tickwave.kernel.Scale;
import org.tickwave.kernel.Sigma;
import org.tickwave.kernel.Slope;
import org.tickwave.layout.Geometry;
import org.tickwave.layout.ImageLayout;
import org.tickwave.layout.ScratchDescriptor;
import org.tickwave.layout.SlotDescriptor;
import org.tickwave.layout.Wiring;
import org.tickwave.pipeline.Image;

/** The kernels of a hidden layer's tick, one by one, and a call that does nothing: where the time of a narrow layer goes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class LayerPartsBenchmark {
    private static final int FUSED = Passes.FORWARD | Passes.BACKWARD | Passes.LEARN;
    private static final float MINUS_RATE = -1e-12f;
    private static final int LAYER = 2;

    /** Neurons in each layer. */
    @Param("16")
    public int width;

    private Arena arena;
    private MemorySegment image;
    private ImageLayout layout;
    private ScratchDescriptor scratch;
    private long weights;
    private int groups;
    private long below;
    private long own;
    private long error;
    private long echo;

    @Setup
    public void setUp() {
        arena = Arena.ofShared();
        layout = new ImageLayout(new Geometry(Lanes.LANES, new int[] {width, width, width}, Wiring.chain(LAYER), 0));
        image = Image.create(layout, arena, 1).segment();
        scratch = layout.scratch(LAYER);
        weights = layout.weights(LAYER).offset();
        groups = layout.weights(LAYER).groups();
        below = layout.activation(LAYER - 1).slot(0) + SlotDescriptor.VECTOR_OFFSET;
        own = layout.activation(LAYER).slot(0) + SlotDescriptor.VECTOR_OFFSET;
        error = layout.delta(LAYER).slot(0) + SlotDescriptor.VECTOR_OFFSET;
        echo = layout.echo(LAYER).slot(1) + SlotDescriptor.VECTOR_OFFSET;
        for (int i = 0; i < width; i++) {
            image.set(ValueLayout.JAVA_FLOAT, below + (long) i * Float.BYTES, (float) Math.sin(i));
            image.set(ValueLayout.JAVA_FLOAT, error + (long) i * Float.BYTES, (float) Math.cos(i));
        }
    }

    @TearDown
    public void tearDown() {
        arena.close();
    }

    /** A kernel that is asked for no number. */
    @Benchmark
    public void call() {
        Scale.run(image, below, MINUS_RATE, scratch.taught(), 0);
    }

    @Benchmark
    public void scale() {
        Scale.run(image, below, MINUS_RATE, scratch.taught(), width);
    }

    @Benchmark
    public boolean slope() {
        return Slope.run(Sigma.LEAKY_RELU, image, error, own, scratch.sums(), width);
    }

    @Benchmark
    public void pass() {
        Passes.run(FUSED, image, weights, width, groups, below, scratch.taught(), error, layout.zeros(), scratch.partials(), echo);
    }

    @Benchmark
    public void fold() {
        Fold.run(image, scratch.partials(), width);
    }

    @Benchmark
    public boolean activate() {
        return Activate.run(Sigma.LEAKY_RELU, image, scratch.sums(), layout.bias(LAYER), own, width);
    }

    @Benchmark
    public void learnBias() {
        LearnBias.run(image, layout.bias(LAYER), error, MINUS_RATE, width);
    }
}
