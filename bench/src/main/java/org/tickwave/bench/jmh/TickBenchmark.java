package org.tickwave.bench.jmh;

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

/**
 * One {@code tick()} as an embedder calls it: a new frame and target are written in place, and all layers learn. Compare the best
 * iterations: a mean includes disturbances by other processes.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class TickBenchmark {
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

    @Setup
    public void setUp() {
        work = new Workload(rule, depth, width, threads, 1);
        Answer.verify(work);
    }

    @Benchmark
    public void tick(final Work counted) {
        tick();
        counted.add(work.weightBytes, work.multiplyAdds);
    }

    /** One tick, not counted. */
    public void tick() {
        work.tick();
    }

    @TearDown
    public void tearDown() {
        Answer.verify(work);
        work.close();
    }
}
