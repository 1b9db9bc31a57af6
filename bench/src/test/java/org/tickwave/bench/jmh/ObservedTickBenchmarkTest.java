package org.tickwave.bench.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.agrona.concurrent.status.CountersManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tickwave.EngineCounters;

/** The benchmark measures what its parameters say: its end verifies counters and events. */
class ObservedTickBenchmarkTest {
    /** So many that another period of sampled ticks makes another number of events. */
    private static final int TICKS = 12_000;

    private static ObservedTickBenchmark benchmark(final String counters, final String events, final int threads) {
        final ObservedTickBenchmark benchmark = new ObservedTickBenchmark();
        benchmark.rule = "aligned";
        benchmark.depth = 3;
        benchmark.width = 20;
        benchmark.threads = threads;
        benchmark.counters = counters;
        benchmark.events = events;
        return benchmark;
    }

    @ParameterizedTest
    @CsvSource({"off, off, 1", "on, off, 1", "off, on, 2", "on, on, 1"})
    void everyTickIsObserved(final String counters, final String events, final int threads) throws IOException {
        final ObservedTickBenchmark benchmark = benchmark(counters, events, threads);
        benchmark.setUp();
        final long ticks = benchmark.work.engine.ticks();
        for (int i = 0; i < TICKS; i++) {
            benchmark.tick();
        }
        assertEquals(ticks + TICKS, benchmark.work.engine.ticks());
        assertEquals(counters.equals("on"), benchmark.manager != null);
        benchmark.tearDown();
    }

    @Test
    void aWrongCounterIsFound() {
        final ObservedTickBenchmark benchmark = benchmark("on", "off", 1);
        benchmark.setUp();
        final CountersManager real = benchmark.manager;
        benchmark.manager = new CountersManager(real.metaDataBuffer(), real.valuesBuffer()) {
            @Override
            public long getCounterValue(final int id) {
                return super.getCounterValue(id) + (getCounterTypeId(id) == EngineCounters.TICKS ? 1 : 0);
            }
        };
        final String message = assertThrows(IllegalStateException.class, benchmark::tearDown).getMessage();
        assertEquals((benchmark.work.engine.ticks() + 1) + " ticks in the counter: expected " + benchmark.work.engine.ticks(), message);
        benchmark.work.close();
    }

    @Test
    void refusesOtherWords() {
        assertEquals("counters 'yes': expected on or off",
            assertThrows(IllegalArgumentException.class, benchmark("yes", "off", 1)::setUp).getMessage());
        assertEquals("events '': expected on or off", assertThrows(IllegalArgumentException.class, benchmark("off", "", 1)::setUp).getMessage());
    }
}
