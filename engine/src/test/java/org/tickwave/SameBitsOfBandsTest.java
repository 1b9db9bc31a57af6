package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tickwave.kernel.AtEveryLaneWidth;

/** The bits do not depend on the threads that run the bands, on the cut, or on the timing. */
class SameBitsOfBandsTest {
    private static final int NETWORKS = 1_000;
    /** Runs at lane widths other than the machine's own. */
    private static final int FEWER = 100;
    private static final long FIRST_SEED = 20_260_725;

    private static final RandomRun.Way CALLER = new RandomRun.Way() {
        @Override
        public void ready(final Engine engine) {
            assertTrue(engine.ready());
        }

        @Override
        public void ticks(final Engine engine, final long count) {
            engine.advance(count);
        }

        @Override
        public void finish(final Engine engine) {
            assertEquals(engine.ticks(), engine.completed());
        }

        @Override
        public void beforeWaiting(final Engine engine) {
            finish(engine);
        }
    };

    @Test
    @AtEveryLaneWidth
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void randomNetworksHaveTheBitsOfOneBandOnTheCallersThread() {
        final int networks = System.getProperty("tickwave.test.lanes") == null ? NETWORKS : FEWER;
        final Map<Driver.Kind, Integer> several = new EnumMap<>(Driver.Kind.class);
        for (long seed = FIRST_SEED; seed < FIRST_SEED + networks; seed++) {
            final RandomRun run = new RandomRun(seed);
            final Driver.Kind kind = Driver.Kind.values()[(int) (seed % Driver.Kind.values().length)];
            final long expected = alone(run);
            try (Driver driver = new Driver(kind, run, seed)) {
                final String what = run + ", " + kind + ", " + driver.engine.bands();
                several.merge(kind, driver.engine.bands().size() > 1 ? 1 : 0, Integer::sum);
                try {
                    assertEquals(expected, run.bits(driver.engine, driver), what);
                } catch (final RuntimeException e) {
                    throw new AssertionError(what, e);
                }
            }
        }
        several.forEach(
            (kind, count) -> assertTrue(count > networks / 10, () -> "several bands " + count + " times, " + kind));
    }

    private static long alone(final RandomRun run) {
        try (Engine engine = Engine.open(run.network, run.context())) {
            return run.bits(engine, CALLER);
        }
    }
}
