package org.tickwave.bench.jmh;

import org.openjdk.jmh.annotations.Benchmark;

public class ProbeBenchmark {
    @Benchmark
    public int probe() {
        return 1;
    }
}
