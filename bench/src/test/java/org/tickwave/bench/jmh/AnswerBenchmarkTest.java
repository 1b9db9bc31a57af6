package org.tickwave.bench.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tickwave.Engine;

class AnswerBenchmarkTest {
    private static AnswerBenchmark benchmark(final String rule, final int depth, final int threads) {
        final AnswerBenchmark benchmark = new AnswerBenchmark();
        benchmark.rule = rule;
        benchmark.depth = depth;
        benchmark.width = 20;
        benchmark.threads = threads;
        return benchmark;
    }

    @ParameterizedTest
    @CsvSource({"diffusion, 3, 2", "aligned, 1, 1", "window:2, 4, 3"})
    void everyOperationAnswersAnotherFrameAndTicksNothing(final String rule, final int depth, final int threads) {
        final AnswerBenchmark benchmark = benchmark(rule, depth, threads);
        benchmark.setUp();
        final Engine engine = benchmark.work.engine;
        assertEquals("20" + "-20".repeat(depth), engine.network().toString());
        assertEquals(threads, engine.bands().size());
        final long ticks = engine.ticks();
        float[] before = new float[20];
        for (int i = 0; i < 7; i++) {
            benchmark.answer(new Work());
            final float[] answer = benchmark.to.toArray(ValueLayout.JAVA_FLOAT);
            assertFalse(Arrays.equals(before, answer), "answer " + i);
            before = answer;
        }
        assertEquals(ticks, engine.ticks());
        benchmark.tick(new Work());
        assertEquals(ticks + 1, engine.ticks());
        benchmark.tearDown();
    }

    @Test
    void aRefusedAnswerEndsTheRun() {
        final AnswerBenchmark benchmark = benchmark("aligned", 1, 1);
        benchmark.setUp();
        final float[] huge = new float[400];
        Arrays.fill(huge, 0x1p30f);
        benchmark.work.engine.setWeights(1, huge, new float[20]);
        assertEquals("the guard refused the answer", assertThrows(IllegalStateException.class, () -> benchmark.answer(new Work())).getMessage());
        benchmark.work.close();
    }
}
