package org.tickwave.bench.jmh;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The common part of the benchmarks of a learning chain. */
@State(Scope.Benchmark)
public abstract class LearningChain extends Timed {
    /** {@code diffusion}, {@code window:R} or {@code aligned}. */
    @Param("diffusion")
    public String rule;

    /** L. */
    @Param("10")
    public int depth;

    /** Neurons in each layer. */
    @Param("256")
    public int width;

    /** Two by default: the smallest number of threads that wait for each other. */
    @Param("2")
    public int threads;

    Workload work;

    /** K, the number of ticks for which each frame is held. */
    abstract int hold();

    @Setup
    public void setUp() {
        work = new Workload(rule, depth, width, threads, hold());
        verify();
    }

    @TearDown
    public void tearDown() {
        verify();
        work.close();
    }

    void verify() {
        Answer.verify(work);
    }
}
