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
import org.tickwave.kernel.Fold;
import org.tickwave.kernel.Passes;
import org.tickwave.kernel.Lanes;
import org.tickwave.kernel.Scale;
import org.tickwave.layout.Wiring;
import org.tickwave.layout.Geometry;
import org.tickwave.layout.ImageLayout;
import org.tickwave.layout.ScratchDescriptor;
import org.tickwave.layout.SlotDescriptor;
import org.tickwave.layout.WeightsDescriptor;
import org.tickwave.pipeline.Image;

/**
 * Forward, backward and learn over one layer, square or not, with the fold of the row sums. A BLAS needs three matrix-vector calls for
 * this. The rate is tiny and the error's sign alternates, so the weights stay constant except for rounding.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class FusedPassBenchmark {
    private static final int FUSED = Passes.FORWARD | Passes.BACKWARD | Passes.LEARN;
    private static final float MINUS_RATE = -1e-6f;
    /** The layer above a hidden layer, so that the pass computes an echo. */
    private static final int LAYER = 2;

    /** Neurons in the layer: rows of the weights. */
    @Param("256")
    public int width;

    /** Neurons in the layer below: columns of the weights. 0: as many as there are rows. */
    @Param("0")
    public int columns;

    private Arena arena;
    private MemorySegment image;
    private ImageLayout layout;
    private WeightsDescriptor weights;
    private ScratchDescriptor scratch;
    private int below;
    private long weightBytes;
    private long multiplyAdds;
    private long x;
    private long delta;
    private long zeros;
    private long echo;

    @Setup
    public void setUp() {
        if (width < 1 || columns < 0) {
            throw new IllegalArgumentException("width " + width + ", columns " + columns + ": expected at least 1, or 0 columns for a square");
        }
        below = columns == 0 ? width : columns;
        weightBytes = 2L * Float.BYTES * width * below;
        multiplyAdds = 3L * width * below;
        arena = Arena.ofShared();
        layout = new ImageLayout(new Geometry(Lanes.LANES, new int[] {below, below, width}, Wiring.chain(LAYER), 0));
        image = Image.create(layout, arena, 1).segment();
        weights = layout.weights(LAYER);
        scratch = layout.scratch(LAYER);
        x = layout.activation(LAYER - 1).slot(0) + SlotDescriptor.VECTOR_OFFSET;
        delta = layout.delta(LAYER).slot(0) + SlotDescriptor.VECTOR_OFFSET;
        zeros = layout.zeros();
        echo = layout.echo(LAYER).slot(1);
        for (int j = 0; j < below; j++) {
            put(x, j, (float) Math.sin(j));
        }
        for (int i = 0; i < width; i++) {
            put(delta, i, (float) Math.cos(i) * 1e-3f);
            for (int j = 0; j < below; j++) {
                image.set(ValueLayout.JAVA_FLOAT, weights.weight(i, j), weightAtStart(i, j));
            }
        }
        final double[] expected = expected();
        fused();
        verify(expected);
    }

    private float weightAtStart(final int i, final int j) {
        return (float) (Math.sin(i * 31.0 + j * 17.0) * 2.5 / Math.sqrt(below));
    }

    @Benchmark
    public void fused(final Work work) {
        fused();
        work.add(weightBytes, multiplyAdds);
    }

    /** One pass, not counted. */
    public void fused() {
        Scale.run(image, x, MINUS_RATE, scratch.taught(), below);
        Passes.run(
            FUSED, image, weights.offset(), width, weights.groups(), x, scratch.taught(), delta, zeros, scratch.partials(), echo);
        Fold.run(image, scratch.partials(), width);
    }

    @TearDown
    public void tearDown() {
        final double[] expected = expected();
        fused();
        verify(expected);
        arena.close();
    }

    /** The expected row sums, then the echoes, then weights after the pass: at least one of each row and of each column. */
    private double[] expected() {
        final double[] expected = new double[width + below + Math.max(width, below)];
        for (int i = 0; i < width; i++) {
            for (int j = 0; j < below; j++) {
                final double w = weight(i, j);
                expected[i] += w * get(x, j);
                expected[width + j] += w * get(delta, i);
            }
        }
        for (int k = 0; k < Math.max(width, below); k++) {
            expected[width + below + k] =
                weight(k % width, k % below) + (double) MINUS_RATE * get(delta, k % width) * get(x, k % below);
        }
        return expected;
    }

    private float weight(final int row, final int column) {
        return image.get(ValueLayout.JAVA_FLOAT, weights.weight(row, column));
    }

    private void verify(final double[] expected) {
        for (int i = 0; i < width; i++) {
            verify("sum", i, expected[i], get(scratch.sums(), i));
        }
        for (int j = 0; j < below; j++) {
            verify("echo", j, expected[width + j], get(echo, j));
        }
        for (int k = 0; k < Math.max(width, below); k++) {
            verify("weight", k, expected[width + below + k], weight(k % width, k % below));
        }
    }

    private static void verify(final String what, final int i, final double expected, final float actual) {
        if (!(Math.abs(expected - actual) <= 1e-5)) {
            throw new IllegalStateException(what + " " + i + " is " + actual + ": expected " + expected);
        }
    }

    private float get(final long vector, final int i) {
        return image.get(ValueLayout.JAVA_FLOAT, vector + (long) i * Float.BYTES);
    }

    private void put(final long vector, final int i, final float value) {
        image.set(ValueLayout.JAVA_FLOAT, vector + (long) i * Float.BYTES, value);
    }
}
