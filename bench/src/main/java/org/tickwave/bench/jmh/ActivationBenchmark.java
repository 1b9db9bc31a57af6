package org.tickwave.bench.jmh;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.tickwave.Activation;
import org.tickwave.bench.gradient.DoubleNetwork;
import org.tickwave.kernel.Activate;
import org.tickwave.kernel.Sigma;
import org.tickwave.kernel.Slope;

/** The element-wise steps of a layer: its values x = sigma(a + b), and its slopes delta = sigma'(x) error. Both with the guard. */
@State(Scope.Thread)
public class ActivationBenchmark extends Timed {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;
    private static final int LINE_BYTES = 64;
    private static final double TOLERANCE = 1e-6;
    private static final int SUMS = 0;
    private static final int BIAS = 1;
    private static final int X = 2;
    private static final int ERROR = 3;
    private static final int DELTA = 4;
    private static final int VECTORS = 5;

    /** {@code IDENTITY}, {@code TANH}, {@code LOGISTIC}, {@code RELU} or {@code LEAKY_RELU}. */
    @Param("TANH")
    public Sigma sigma;

    /** Neurons in the layer. */
    @Param("256")
    public int width;

    private Arena arena;
    MemorySegment memory;
    private long strideBytes;

    @Setup
    public void setUp() {
        if (width < 1) {
            throw new IllegalArgumentException("width " + width + ": expected at least 1");
        }
        arena = Arena.ofShared();
        strideBytes = ((long) width * Float.BYTES + LINE_BYTES - 1) / LINE_BYTES * LINE_BYTES;
        memory = arena.allocate(VECTORS * strideBytes, LINE_BYTES);
        for (int i = 0; i < width; i++) {
            put(SUMS, i, (float) (4 * Math.sin(i + 1)));
            put(BIAS, i, (float) Math.cos(3 * i));
            put(ERROR, i, (float) Math.sin(5 * i + 2));
        }
        verify();
    }

    /** Reads the sums and the biases, and writes the values. */
    @Benchmark
    public boolean values(final Work counted) {
        counted.add(3L * Float.BYTES * width, 0);
        return Activate.run(sigma, memory, at(SUMS), at(BIAS), at(X), width);
    }

    /** Reads the errors and the values, and writes the deltas. The slope of the identity needs no values. */
    @Benchmark
    public boolean slopes(final Work counted) {
        counted.add((sigma == Sigma.IDENTITY ? 2L : 3L) * Float.BYTES * width, 0);
        return Slope.run(sigma, memory, at(ERROR), at(X), at(DELTA), width);
    }

    @TearDown
    public void tearDown() {
        verify();
        arena.close();
    }

    /** Every number, by {@link Math}. */
    void verify() {
        final Work notCounted = new Work();
        for (int i = 0; i < width; i++) {
            put(X, i, Float.NaN);
            put(DELTA, i, Float.NaN);
        }
        if (!values(notCounted) || !slopes(notCounted)) {
            throw new IllegalStateException("the guard refused good numbers");
        }
        final Activation activation = Activation.valueOf(sigma.name());
        for (int i = 0; i < width; i++) {
            final double x = DoubleNetwork.activated(activation, (double) get(SUMS, i) + get(BIAS, i));
            Expect.near("value " + i, x, get(X, i), TOLERANCE * Math.max(1, Math.abs(x)));
            Expect.near("delta " + i, DoubleNetwork.slope(activation, x) * get(ERROR, i), get(DELTA, i), TOLERANCE);
        }
    }

    private long at(final int vector) {
        return vector * strideBytes;
    }

    private void put(final int vector, final int i, final float value) {
        memory.setAtIndex(FLOAT, at(vector) / Float.BYTES + i, value);
    }

    private float get(final int vector, final int i) {
        return memory.getAtIndex(FLOAT, at(vector) / Float.BYTES + i);
    }
}
