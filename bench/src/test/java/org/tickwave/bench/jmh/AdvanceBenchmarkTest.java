package org.tickwave.bench.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tickwave.Engine;

class AdvanceBenchmarkTest {
    private static AdvanceBenchmark benchmark(final String rule, final int depth, final int threads, final int hold) {
        final AdvanceBenchmark benchmark = new AdvanceBenchmark();
        benchmark.rule = rule;
        benchmark.depth = depth;
        benchmark.width = 20;
        benchmark.threads = threads;
        benchmark.hold = hold;
        return benchmark;
    }

    /** A hold of 7 does not divide the ticks of an invocation; a hold of 1,000 exceeds them. */
    @ParameterizedTest
    @CsvSource({"diffusion, 3, 2, 7", "aligned, 2, 1, 1", "window:2, 4, 3, 1000"})
    void holdsEveryFrameForItsTicksAndCountsTheTicks(
        final String rule, final int depth, final int threads, final int hold) {
        final AdvanceBenchmark benchmark = benchmark(rule, depth, threads, hold);
        benchmark.setUp();
        final Engine engine = benchmark.work.engine;
        assertEquals("20" + "-20".repeat(depth), engine.network().toString());
        assertEquals(threads, engine.bands().size());
        final long ticks = engine.ticks();
        final long frames = engine.frames();
        for (int i = 1; i <= 7; i++) {
            benchmark.ticks(new Work());
            assertEquals(ticks + i * AdvanceBenchmark.TICKS, engine.ticks());
            assertEquals(frames + (i * AdvanceBenchmark.TICKS - 1) / hold + 1, engine.frames());
        }
        benchmark.tearDown();
    }

    @Test
    void refusesAHoldOfZero() {
        assertThrows(IllegalArgumentException.class, benchmark("diffusion", 2, 1, 0)::setUp);
    }
}
