package org.tickwave.bench.jmh;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tickwave.Engine;

/** The parameters that all benchmarks of a tick have in common, and the verification of their answers. */
class TickBenchmarkTest {
    private static TickBenchmark benchmark(final String rule, final int depth, final int width, final int threads) {
        final TickBenchmark benchmark = new TickBenchmark();
        benchmark.rule = rule;
        benchmark.depth = depth;
        benchmark.width = width;
        benchmark.threads = threads;
        return benchmark;
    }

    private static String refused(final TickBenchmark benchmark) {
        return assertThrows(RuntimeException.class, benchmark::setUp).getMessage();
    }

    /** The set-up compares the weights, which would differ if the rule were parsed wrong. */
    @ParameterizedTest
    @CsvSource({"diffusion, 3, 20, 1", "window:1, 3, 7, 2", "window:4, 4, 12, 3", "aligned, 2, 20, 2", "aligned, 1, 5, 1"})
    void usesEveryParameter(final String rule, final int depth, final int width, final int threads) {
        final TickBenchmark benchmark = benchmark(rule, depth, width, threads);
        benchmark.setUp();
        final Engine engine = benchmark.work.engine;
        assertEquals(width + ("-" + width).repeat(depth), engine.network().toString());
        assertEquals(threads, engine.bands().size());
        benchmark.tearDown();
    }

    /** Rounding decides about the slopes of half the neurons of a layer in one tick. */
    @Test
    void aSumThatIsNearlyZeroIsNoWrongAnswer() {
        final TickBenchmark benchmark = benchmark("aligned", 3, 64, 1);
        benchmark.setUp();
        final Engine engine = benchmark.work.engine;
        final float[] x = new float[64];
        final float[] biases = new float[64];
        engine.reset();
        benchmark.work.frames.rewind();
        // The first tick whose activations of layer 2 decide what the layer learns. No layer has learnt until then.
        for (int t = 0; t < 3; t++) {
            benchmark.work.tick();
        }
        assertTrue(engine.waves().activation(2, engine.ticks(), x));
        engine.biases(2, biases);
        for (int i = 0; i < x.length / 2; i++) {
            biases[i] -= x[i] < 0 ? 100 * x[i] : x[i];
        }
        engine.setBiases(2, biases);
        benchmark.tearDown();
    }

    @Test
    void onlyWhatIsNearlyZeroAndNearlyTheSameIsTakenFromTheEngine() {
        final double[] x = {1, -1, 1e-6, -1e-6, 1e-6, .5};
        Slopes.settle(x, new float[] {2, -1.00001f, -1e-7f, 1e-6f, .5f, 1e-6f});
        assertArrayEquals(new double[] {1, -1, -1e-7f, 1e-6f, 1e-6, .5}, x);
    }

    @Test
    void everyOperationIsATickOfANewFrame() {
        final TickBenchmark benchmark = benchmark("diffusion", 3, 20, 2);
        benchmark.setUp();
        final long frames = benchmark.work.engine.frames();
        final long ticks = benchmark.work.engine.ticks();
        for (int i = 0; i < 1000; i++) {
            benchmark.tick();
        }
        assertEquals(frames + 1000, benchmark.work.engine.frames());
        assertEquals(ticks + 1000, benchmark.work.engine.ticks());
        benchmark.tearDown();
    }

    /** Millions of ticks must not change a narrow network. A wide network makes fewer ticks during a measurement. */
    @ParameterizedTest
    @CsvSource({"8, false", "16, false", "32, false", "63, false", "64, true"})
    void narrowNetworksHardlyLearnWhileTheyAreMeasured(final int width, final boolean learns) {
        final TickBenchmark benchmark = benchmark("diffusion", 3, width, 1);
        benchmark.setUp();
        final float[] before = new float[width * width];
        final float[] after = new float[width * width];
        benchmark.work.engine.weights(3, before);
        for (int i = 0; i < 2_000; i++) {
            benchmark.tick();
        }
        benchmark.work.engine.weights(3, after);
        final double moved = IntStream.range(0, before.length).mapToDouble(i -> Math.abs(after[i] - before[i])).max().orElseThrow();
        assertTrue(learns ? moved > 1e-6 : moved < 1e-7, () -> "a weight moved by " + moved);
        benchmark.tearDown();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "difusion", "window", "window:0", "window:x", "window:6", "Aligned"})
    void refusesUnknownRules(final String rule) {
        assertTrue(refused(benchmark(rule, 3, 20, 1)).contains("expected"), rule);
    }

    @Test
    void refusesInvalidNumbers() {
        assertEquals("depth 0: expected at least 1 layer", refused(benchmark("diffusion", 0, 20, 1)));
        assertEquals("threads 4: expected 1 to 3, the number of layers", refused(benchmark("diffusion", 3, 20, 4)));
        assertTrue(refused(benchmark("diffusion", 3, 20, 0)).contains("0"));
        assertTrue(refused(benchmark("diffusion", 3, 0, 1)).contains("0"));
    }

    /** Only the reference can detect a wrong rule: the engine with one thread computes the same wrong bits. */
    @ParameterizedTest
    @CsvSource({"diffusion, window:1", "window:1, window:3", "window:4, aligned", "window:6, aligned", "aligned, diffusion"})
    void theReferenceDetectsAWrongRule(final String measured, final String expected) {
        try (Workload wrong = new Workload(measured, 4, 20, 1, 1); Workload right = new Workload(expected, 4, 20, 1, 1);
            Engine oneThread = Engine.open(wrong.network, wrong.context())) {
            Answer.verify(wrong, wrong.engine, oneThread);
            final String message = assertThrows(
                IllegalStateException.class, () -> Answer.verify(right, wrong.engine, oneThread)).getMessage();
            assertTrue(message.contains("in the reference"), message);
        }
    }

    @Test
    void theReferenceDetectsAWrongRateAndMissingLearning() {
        try (Workload work = new Workload("aligned", 4, 20, 2, 1); Engine oneThread = Engine.open(work.network, work.context())) {
            work.engine.rate(1.2f * Workload.RATE);
            oneThread.rate(1.2f * Workload.RATE);
            assertTrue(assertThrows(IllegalStateException.class, () -> Answer.verify(work, work.engine, oneThread))
                .getMessage().contains("in the reference"));
            work.engine.learning(false);
            oneThread.learning(false);
            assertTrue(assertThrows(IllegalStateException.class, () -> Answer.verify(work, work.engine, oneThread))
                .getMessage().contains("in the reference"));
        }
    }

    /** An error below the reference's tolerance changes the bits, which are compared with those of one thread. */
    @Test
    void theEngineWithOneThreadDetectsASmallError() {
        try (Workload work = new Workload("diffusion", 3, 20, 2, 1); Engine oneThread = Engine.open(work.network, work.context())) {
            work.engine.rate(1.001f * Workload.RATE);
            assertTrue(assertThrows(IllegalStateException.class, () -> Answer.verify(work, work.engine, oneThread))
                .getMessage().contains("on one thread"));
        }
    }
}
