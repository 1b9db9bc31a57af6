package org.tickwave.bench.jmh;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tickwave.bench.ceiling.CChain;
import org.tickwave.bench.ceiling.Language;
import org.tickwave.bench.peer.Skipped;

@Execution(ExecutionMode.CONCURRENT)
class TickInCBenchmarkTest {
    private static final int DEPTH = 3;
    private static final int WIDTH = 20;

    @BeforeAll
    static void expectACompiler() {
        try {
            Language.C.loops();
        } catch (final Skipped e) {
            assumeTrue(false, e.getMessage());
        }
    }

    private static TickInCBenchmark benchmark(final int depth, final int width, final int threads) {
        final TickInCBenchmark benchmark = new TickInCBenchmark();
        benchmark.depth = depth;
        benchmark.width = width;
        benchmark.threads = threads;
        return benchmark;
    }

    /** Set-up and tear-down compare what was learnt with the engine. */
    @ParameterizedTest
    @CsvSource({"1, 5, 1", "5, 20, 2", "3, 130, 3"})
    void learnsWhatTheEngineLearns(final int depth, final int width, final int threads) {
        final TickInCBenchmark benchmark = benchmark(depth, width, threads);
        benchmark.setUp();
        final Work work = new Work();
        for (int i = 0; i < 1000; i++) {
            benchmark.tick(work);
        }
        assertEquals(1000L * 8 * depth * width * width, work.bytes);
        assertEquals(1000L * (3 * depth - 1) * width * width, work.multiplyAdds);
        benchmark.tearDown();
    }

    private static void refused(final Consumer<CChain> spoil, final String expected) {
        final TickInCBenchmark benchmark = benchmark(DEPTH, WIDTH, 1);
        benchmark.setUp();
        assertDoesNotThrow(() -> benchmark.verify(chain -> { }));
        final String message = assertThrows(IllegalStateException.class, () -> benchmark.verify(spoil)).getMessage();
        assertTrue(message.contains(expected), message);
        benchmark.tearDown();
    }

    /** Changes the weights and the biases of the top layer. */
    private static void change(final CChain chain, final BiConsumer<float[], float[]> how) {
        final float[] weights = new float[WIDTH * WIDTH];
        final float[] biases = new float[WIDTH];
        chain.weights(DEPTH, weights, biases);
        how.accept(weights, biases);
        chain.setWeights(DEPTH, weights, biases);
    }

    @Test
    void refusesWeightsThatDiffer() {
        refused(chain -> change(chain, (weights, biases) -> weights[0] += .01f), "the weights of layer 3");
    }

    @Test
    void refusesALastRowThatHasNotLearnt() {
        final float[] start;
        try (Workload work = new Workload("aligned", DEPTH, WIDTH, 1, 1)) {
            start = Steady.weights(work.engine)[DEPTH];
        }
        final int last = (WIDTH - 1) * WIDTH;
        refused(chain -> change(chain, (weights, biases) -> System.arraycopy(start, last, weights, last, WIDTH)), "layer 3");
    }

    @Test
    void refusesBiasesThatDiffer() {
        refused(chain -> change(chain, (weights, biases) -> biases[WIDTH - 1] = 0), "the biases of layer 3");
    }

    @Test
    void refusesInvalidNumbers() {
        for (final TickInCBenchmark wrong : new TickInCBenchmark[] {benchmark(0, 20, 1), benchmark(3, 0, 1), benchmark(3, 20, 0), benchmark(3, 20, 4)}) {
            final String message = assertThrows(IllegalArgumentException.class, wrong::setUp).getMessage();
            assertTrue(message.endsWith("expected at least 1, and no more threads than layers"), message);
        }
    }
}
