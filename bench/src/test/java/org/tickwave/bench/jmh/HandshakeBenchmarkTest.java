package org.tickwave.bench.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

class HandshakeBenchmarkTest {
    private static HandshakeBenchmark.Bands bands(final String handshake, final int depth, final int width) {
        final HandshakeBenchmark.Bands bands = new HandshakeBenchmark.Bands();
        bands.handshake = handshake;
        bands.depth = depth;
        bands.width = width;
        return bands;
    }

    @Test
    void withAHandshakeTheWeightsEqualThoseOfOneThread() {
        final HandshakeBenchmark.Bands state = bands("true", 3, 20);
        state.setUp();
        for (int i = 0; i < 3; i++) {
            new HandshakeBenchmark().tick(state, new Work());
            state.verify();
        }
        assertEquals(3, state.bands.depth);
        assertEquals(20, state.bands.width);
        state.bands.learn(false);
        assertTrue(assertThrows(IllegalStateException.class, state::verify).getMessage().contains("on one thread"));
        state.bands.close();
    }

    /** Runs in a JVM without assertions, which would detect that a band reads slots that the other has not written yet. */
    @Test
    void withoutAHandshakeTheTicksAreCounted() throws RunnerException {
        System.setProperty("jmh.ignoreLock", "true");
        assertEquals(1, new Runner(new OptionsBuilder()
            .include("HandshakeBenchmark.tick").forks(1).jvmArgsAppend("-da").mode(Mode.SingleShotTime)
            .warmupIterations(0).measurementIterations(1)
            .param("handshake", "false").param("width", "20").param("depth", "3")
            .shouldFailOnError(true).verbosity(VerboseMode.SILENT).build()).run().size());
    }

    @Test
    void withoutAHandshakeNoBandWaits() {
        try (TwoBands bands = new TwoBands(false, 2, 5, 0, new YieldingIdleStrategy(), new YieldingIdleStrategy())) {
            assertFalse(bands.waits());
        }
        try (TwoBands bands = new TwoBands(true, 2, 5, 0, new YieldingIdleStrategy(), new YieldingIdleStrategy())) {
            assertTrue(bands.waits());
        }
    }

    @Test
    void refusesInvalidParameters() {
        assertEquals("handshake yes: expected true or false",
            assertThrows(IllegalArgumentException.class, bands("yes", 3, 20)::setUp).getMessage());
        assertThrows(IllegalArgumentException.class, bands("true", 1, 20)::setUp);
        assertThrows(IllegalStateException.class, bands("false", 3, 20)::setUp);
    }

    @Test
    void everyTripIsAnswered() {
        final HandshakeBenchmark.RoundTripTimes state = new HandshakeBenchmark.RoundTripTimes();
        state.setUp();
        for (int i = 0; i < 1000; i++) {
            new HandshakeBenchmark().roundTrip(state);
        }
        state.verify();
        state.trip.go();
        assertThrows(IllegalStateException.class, state::verify);
        state.trip.close();
    }
}
