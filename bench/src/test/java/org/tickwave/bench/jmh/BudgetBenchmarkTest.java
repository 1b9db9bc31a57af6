package org.tickwave.bench.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

class BudgetBenchmarkTest {
    private static BudgetBenchmark benchmark(final int fps, final String rule, final int depth, final int threads) {
        final BudgetBenchmark benchmark = new BudgetBenchmark();
        benchmark.fps = fps;
        benchmark.rule = rule;
        benchmark.depth = depth;
        benchmark.width = 20;
        benchmark.threads = threads;
        return benchmark;
    }

    @ParameterizedTest
    @CsvSource({
        "24, diffusion, 4, 1, 3, 13888888.9", "1000, diffusion, 11, 2, 10, 100000", "30, aligned, 4, 2, 1, 33333333.3",
        "60, window:3, 2, 1, 1, 16666666.7", "240, diffusion, 1, 1, 1, 4166666.7"})
    void usesEveryParameter(
        final int fps, final String rule, final int depth, final int threads, final int hold, final double budgetNs) {
        final BudgetBenchmark benchmark = benchmark(fps, rule, depth, threads);
        benchmark.setUp();
        assertEquals("20" + "-20".repeat(depth), benchmark.work.engine.network().toString());
        assertEquals(threads, benchmark.work.engine.bands().size());
        assertEquals(budgetNs, benchmark.budgetNs(), 1);
        final long frames = benchmark.work.engine.frames();
        final BudgetBenchmark.Budget budget = new BudgetBenchmark.Budget();
        for (int i = 0; i < 7 * hold; i++) {
            benchmark.tick(budget, new Work());
        }
        assertEquals(7 * hold, budget.ticks);
        assertEquals(frames + 7, benchmark.work.engine.frames());
        benchmark.tearDown();
    }

    @Test
    void refusesZeroFramesPerSecond() {
        assertEquals("fps 0: expected at least 1 frame a second",
            assertThrows(IllegalArgumentException.class, benchmark(0, "aligned", 2, 1)::setUp).getMessage());
    }

    /** JMH averages over four iterations; the printed numbers agree with the printed time of a tick, for every unit. */
    @ParameterizedTest
    @EnumSource(value = TimeUnit.class, names = {"NANOSECONDS", "MICROSECONDS"})
    void thePrintedNumbersAgreeWithTheTimeOfATick(final TimeUnit unit) throws RunnerException {
        // Another run of JMH on this machine must not make this test fail.
        System.setProperty("jmh.ignoreLock", "true");
        final RunResult run = new Runner(new OptionsBuilder()
            .include(BudgetBenchmark.class.getName()).forks(0).warmupIterations(1).warmupTime(TimeValue.milliseconds(100))
            .measurementIterations(4).measurementTime(TimeValue.milliseconds(100)).timeUnit(unit)
            .param("fps", "60").param("width", "20").param("depth", "4").param("threads", "1")
            .shouldFailOnError(true).verbosity(VerboseMode.SILENT).build()).runSingle();
        final double tickNs = run.getPrimaryResult().getScore() * unit.toNanos(1);
        // A mean of inverses and the time between iterations make a difference below a factor of 2. A wrong unit makes a factor of
        // 1000, a sum over the iterations a factor of 4.
        near(100 * tickNs / (1e9 / 60 / 3), run.getSecondaryResults().get("percentOfBudget").getScore());
        near(1e9 / (3 * tickNs), run.getSecondaryResults().get("framesPerSecond").getScore());
    }

    private static void near(final double expected, final double actual) {
        assertTrue(actual > expected / 2 && actual < expected * 2, actual + ": expected about " + expected);
    }
}
