package org.tickwave.bench.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.tickwave.bench.ceiling.EnginePass;

/**
 * The parts of the {@link FusedPassBenchmark}, the biases, and a call that does nothing. Together with the {@link ActivationBenchmark} they
 * say where the time of a layer goes. The work on the weights and biases is verified as there.
 */
@State(Scope.Thread)
public class PassPartsBenchmark extends Timed {
    private static final double TOLERANCE = 1e-6;
    private static final int SUMS = 16;

    /** Neurons in the layer and in the layer below. */
    @Param("16")
    public int width;

    private final FusedPassBenchmark whole = new FusedPassBenchmark();
    private EnginePass pass;

    @Setup
    public void setUp() {
        whole.width = width;
        whole.setUp();
        pass = (EnginePass) whole.pass();
        verifyBiases();
    }

    /** A kernel that is asked for no number. */
    @Benchmark
    public void call() {
        pass.call();
    }

    /** The activation below times the rate. */
    @Benchmark
    public void scale(final Work counted) {
        pass.scale();
        counted.add(2L * Float.BYTES * width, 0);
    }

    /** Forward, backward and learn, without the fold. */
    @Benchmark
    public void overWeights(final Work counted) {
        pass.overWeights();
        counted.add(2L * Float.BYTES * width * width, 3L * width * width);
    }

    /** From sixteen sums a row to one. */
    @Benchmark
    public void fold(final Work counted) {
        pass.fold();
        counted.add((SUMS + 1L) * Float.BYTES * width, 0);
    }

    @Benchmark
    public void learnBias(final Work counted) {
        pass.learnBias();
        counted.add(3L * Float.BYTES * width, width);
    }

    @TearDown
    public void tearDown() {
        verifyBiases();
        whole.tearDown();
    }

    private void verifyBiases() {
        final double[] expected = new double[width];
        for (int i = 0; i < width; i++) {
            expected[i] = pass.bias(i) - (double) FusedPassBenchmark.RATE * FusedPassBenchmark.delta(i);
        }
        pass.learnBias();
        for (int i = 0; i < width; i++) {
            Expect.near("bias " + i, expected[i], pass.bias(i), TOLERANCE * Math.max(FusedPassBenchmark.RATE, Math.abs(expected[i])));
        }
    }
}
