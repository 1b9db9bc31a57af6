package org.tickwave.bench.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tickwave.Context;
import org.tickwave.Engine;

class VanishingWaveBenchmarkTest {
    private static VanishingWaveBenchmark benchmark(final String wave, final int depth, final int width) {
        final VanishingWaveBenchmark benchmark = new VanishingWaveBenchmark();
        benchmark.wave = wave;
        benchmark.depth = depth;
        benchmark.width = width;
        return benchmark;
    }

    @Test
    void usesEveryParameter() {
        final VanishingWaveBenchmark vanishing = benchmark("vanishing", 12, 20);
        vanishing.setUp();
        assertEquals("20" + "-20".repeat(12), vanishing.engine.network().toString());
        final float[] vanished = new float[20];
        assertTrue(vanishing.engine.waves().activation(6, vanishing.engine.ticks(), vanished));
        assertEquals(0f, vanished[0]);
        vanishing.tearDown();

        final VanishingWaveBenchmark lively = benchmark("lively", 2, 3);
        lively.setUp();
        assertEquals("3-3-3", lively.engine.network().toString());
        final float[] alive = new float[3];
        assertTrue(lively.engine.waves().activation(1, lively.engine.ticks(), alive));
        assertTrue(Math.abs(alive[0]) > 0);
        lively.tearDown();
    }

    @Test
    void tellsVanishingWavesFromLivelyWaves() {
        final VanishingWaveBenchmark lively = benchmark("lively", 12, 20);
        lively.setUp();
        lively.wave = "vanishing";
        assertThrows(IllegalStateException.class, lively::verify);

        final VanishingWaveBenchmark vanishing = benchmark("vanishing", 12, 20);
        vanishing.setUp();
        vanishing.wave = "lively";
        assertThrows(IllegalStateException.class, vanishing::verify);
    }

    /** Clipped errors are learnt instead of the gradient. In a vanishing wave no weight changes, so that only lively weights show it. */
    @ParameterizedTest
    @ValueSource(strings = {"vanishing", "lively"})
    void refusesAnEngineThatLearnsSomethingElse(final String wave) {
        final VanishingWaveBenchmark benchmark = benchmark(wave, 4, 20);
        benchmark.setUp();
        benchmark.verify();
        final Engine right = benchmark.engine;
        final Engine wrong = Engine.open(right.network(), new Context().clip(.1f).rate(1e-6f).seed(1));
        for (int l = 1; l <= 4; l++) {
            final float[] weights = new float[20 * 20];
            right.weights(l, weights);
            wrong.setWeights(l, weights, new float[20]);
        }
        benchmark.engine = wrong;
        for (int i = 0; i < 100; i++) {
            benchmark.tick();
        }
        final String message = assertThrows(IllegalStateException.class, benchmark::verify).getMessage();
        assertTrue(message.contains("the change of the weights differs"), message);
        wrong.close();
        right.close();
    }

    @Test
    void refusesInvalidParameters() {
        assertThrows(IllegalArgumentException.class, benchmark("slow", 12, 20)::setUp);
        assertThrows(IllegalArgumentException.class, benchmark("lively", 13, 20)::setUp);
    }

    @Test
    void everyOperationIsATickOfANewFrame() {
        final VanishingWaveBenchmark benchmark = benchmark("vanishing", 12, 20);
        benchmark.setUp();
        final long before = benchmark.engine.frames();
        for (int i = 0; i < 1000; i++) {
            benchmark.tick();
        }
        assertEquals(before + 1000, benchmark.engine.frames());
        benchmark.tearDown();
    }
}
