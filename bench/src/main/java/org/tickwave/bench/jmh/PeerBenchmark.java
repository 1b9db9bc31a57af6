package org.tickwave.bench.jmh;

import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.tickwave.bench.peer.Skipped;
import org.tickwave.bench.peer.Chain;
import org.tickwave.bench.peer.Peer;
import org.tickwave.bench.peer.PeerCheck;
import org.tickwave.bench.peer.TickStep;
import org.tickwave.bench.peer.TrainingStep;

/**
 * One training step of one frame on a chain of leaky ReLU layers: forward, backward and update, by what a user would pick. Before and after
 * the measurement the weights of each peer after a hundred frames must be those of textbook backprop in double precision. The ticks are
 * verified as in {@link TickBenchmark}. Compare the best iterations: a mean includes disturbances by other processes.
 *
 * <p>The heap may be larger than the launcher's: the reference and the peers' weights are on it.
 */
@State(Scope.Benchmark)
@Fork(value = 1, jvmArgsAppend = "-Xmx3g")
public class PeerBenchmark extends Timed {
    private static final String ALIGNED = "aligned";

    /** Who trains. */
    @Param("PLAIN")
    public Peer peer;

    /** L. */
    @Param("10")
    public int depth;

    /** Neurons in each layer. */
    @Param("256")
    public int width;

    /** Of the ticks, and of a native BLAS. The other peers have one thread. */
    @Param("1")
    public int threads;

    private Chain chain;
    private Frames frames;
    TrainingStep step;
    private long bytes;
    private long multiplyAdds;

    @Setup
    public void setUp() {
        if (peer.missing() != null) {
            throw new Skipped("peer " + peer + " is left out: " + peer.missing());
        }
        if (depth < 1 || width < 1) {
            throw new IllegalArgumentException("depth " + depth + ", width " + width + ": expected at least 1");
        }
        final int[] widths = new int[depth + 1];
        Arrays.fill(widths, width);
        chain = Chain.of(widths);
        frames = new Frames(width);
        step = peer.open(chain, threads);
        bytes = step.weightBytes();
        multiplyAdds = step.multiplyAdds();
        verify();
    }

    @Benchmark
    public void step(final Work work) {
        frames.give(step);
        work.add(bytes, multiplyAdds);
    }

    @TearDown
    public void tearDown() {
        verify();
        step.close();
    }

    private void verify() {
        if (step instanceof TickStep tick) {
            Answer.verify(new Workload(ALIGNED, depth, width, 1, tick.engine()));
        } else {
            PeerCheck.verify(step, chain);
            step.rate(Workload.rate(width));
        }
        frames.rewind();
    }
}
