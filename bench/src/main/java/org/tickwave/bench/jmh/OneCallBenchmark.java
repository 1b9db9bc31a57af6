package org.tickwave.bench.jmh;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.tickwave.Engine;
import org.tickwave.bench.peer.Skipped;

/**
 * One tick of the {@link OneCallNetwork}, with the frames and the parameters of {@link TickBenchmark}: what a narrow network could reach with
 * one compiled method a layer. Before and after the measurement its weights must have the bits of the engine's.
 */
@State(Scope.Benchmark)
public class OneCallBenchmark extends Timed {
    private static final int TICKS = 200;
    private static final int BITS = 512;
    private static final String ALIGNED = "aligned";

    /** L. */
    @Param("3")
    public int depth;

    /** Neurons in each layer. */
    @Param("16")
    public int width;

    private Workload work;
    private OneCallNetwork network;

    @Setup
    public void setUp() {
        if (FloatVector.SPECIES_PREFERRED.vectorBitSize() < BITS) {
            throw new Skipped("the prototype is left out: expected vectors of 512 bits, found "
                + FloatVector.SPECIES_PREFERRED.vectorBitSize());
        }
        verify();
        work = new Workload(ALIGNED, depth, width, 1, 1);
        network = new OneCallNetwork(depth, width, Workload.rate(width));
        copyWeights(work.engine, network);
    }

    @Benchmark
    public void tick(final Work counted) {
        tick(network, work.frames);
        counted.add(work.weightBytes, work.multiplyAdds);
    }

    @TearDown
    public void tearDown() {
        verify();
        network.close();
        work.close();
    }

    private static void tick(final OneCallNetwork network, final Frames frames) {
        frames.give(network.image(), network.frame(), network.target());
        if (!network.tick()) {
            throw new IllegalStateException("the guard refused a vector");
        }
    }

    private void verify() {
        try (Workload work = new Workload(ALIGNED, depth, width, 1, 1);
            OneCallNetwork network = new OneCallNetwork(depth, width, Workload.RATE)) {
            copyWeights(work.engine, network);
            for (int t = 0; t < TICKS; t++) {
                work.tick();
            }
            work.frames.rewind();
            for (int t = 0; t < TICKS; t++) {
                tick(network, work.frames);
            }
            final float[] expected = new float[width * width];
            final float[] actual = expected.clone();
            for (int l = 1; l <= depth; l++) {
                work.engine.weights(l, expected);
                network.weights(l, actual);
                if (!Arrays.equals(expected, actual)) {
                    throw new IllegalStateException("the weights of layer " + l + " differ from the engine's after " + TICKS + " ticks");
                }
            }
        }
    }

    private static void copyWeights(final Engine from, final OneCallNetwork to) {
        for (int l = 1; l <= from.network().layers(); l++) {
            final float[] weights = new float[from.network().width(l) * from.network().width(l - 1)];
            from.weights(l, weights);
            to.setWeights(l, weights);
        }
    }
}
