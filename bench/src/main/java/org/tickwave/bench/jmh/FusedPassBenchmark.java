package org.tickwave.bench.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.tickwave.bench.ceiling.Language;
import org.tickwave.bench.ceiling.LayerPass;

/**
 * Forward, backward and learn over one layer, square or not, with the fold of the row sums. A BLAS needs three matrix-vector calls for
 * this. The rate is tiny and the error's sign alternates, so the weights stay constant except for rounding.
 */
@State(Scope.Thread)
public class FusedPassBenchmark extends Timed {
    static final float RATE = 1e-6f;
    /** Changes a weight by some tenths: delta is a thousandth. */
    private static final float LARGE_RATE = 250;
    private static final double TOLERANCE = 1e-5;

    /** {@code JAVA} is the engine's pass, {@code C} its twin in C. */
    @Param("JAVA")
    public Language language = Language.JAVA;

    /** Neurons in the layer: rows of the weights. */
    @Param("256")
    public int width;

    /** Neurons in the layer below: columns of the weights. 0: as many as there are rows. */
    @Param("0")
    public int columns;

    private int below;
    private long weightBytes;
    private long multiplyAdds;
    private LayerPass pass;

    @Setup
    public void setUp() {
        if (width < 1 || columns < 0) {
            throw new IllegalArgumentException("width " + width + ", columns " + columns + ": expected at least 1, or 0 columns for a square");
        }
        below = columns == 0 ? width : columns;
        weightBytes = 2L * Float.BYTES * width * below;
        multiplyAdds = 3L * width * below;
        pass = pass(RATE);
        verify();
    }

    private LayerPass pass(final float rate) {
        final LayerPass made = language.pass(width, below, rate);
        for (int j = 0; j < below; j++) {
            made.below(j, x(j));
        }
        for (int i = 0; i < width; i++) {
            made.delta(i, delta(i));
            for (int j = 0; j < below; j++) {
                made.weight(i, j, weightAtStart(i, j));
            }
        }
        return made;
    }

    private static float x(final int j) {
        return (float) Math.sin(j);
    }

    static float delta(final int i) {
        return (float) Math.cos(i) * 1e-3f;
    }

    private float weightAtStart(final int i, final int j) {
        return (float) (Math.sin(i * 31.0 + j * 17.0) * 2.5 / Math.sqrt(below));
    }

    @Benchmark
    public void fused(final Work work) {
        fused();
        work.add(weightBytes, multiplyAdds);
    }

    /** The pass that is measured. */
    LayerPass pass() {
        return pass;
    }

    /** One pass, not counted. */
    public void fused() {
        pass.run();
    }

    @TearDown
    public void tearDown() {
        verify();
        pass.close();
    }

    /** The pass that is measured teaches too little to see. So another one with the same code and a large rate is verified, too. */
    private void verify() {
        verify(pass, RATE);
        try (LayerPass teaches = pass(LARGE_RATE)) {
            verify(teaches, LARGE_RATE);
        }
    }

    /** Makes a pass, and expects all row sums and echoes, and the change of at least one weight of each row and of each column. */
    private void verify(final LayerPass of, final float rate) {
        final double[] sums = new double[width];
        final double[] echoes = new double[below];
        final double[] weights = new double[Math.max(width, below)];
        for (int i = 0; i < width; i++) {
            for (int j = 0; j < below; j++) {
                final double w = of.weight(i, j);
                sums[i] += w * x(j);
                echoes[j] += w * delta(i);
            }
        }
        for (int k = 0; k < weights.length; k++) {
            weights[k] = of.weight(k % width, k % below) - (double) rate * delta(k % width) * x(k % below);
        }
        of.forget();
        of.run();
        for (int i = 0; i < width; i++) {
            Expect.near("sum " + i, sums[i], of.sum(i), TOLERANCE);
        }
        for (int j = 0; j < below; j++) {
            Expect.near("echo " + j, echoes[j], of.echo(j), TOLERANCE);
        }
        for (int k = 0; k < weights.length; k++) {
            Expect.near("weight " + k, weights[k], of.weight(k % width, k % below), TOLERANCE);
        }
    }
}
