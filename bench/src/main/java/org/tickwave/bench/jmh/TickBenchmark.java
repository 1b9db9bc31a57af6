package org.tickwave.bench.jmh;

import org.openjdk.jmh.annotations.Benchmark;

/**
 * One {@code tick()} as an embedder calls it: a new frame and target are written in place, and all layers learn. Compare the best
 * iterations: a mean includes disturbances by other processes.
 */
public class TickBenchmark extends LearningChain {
    @Override
    int hold() {
        return 1;
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
}
