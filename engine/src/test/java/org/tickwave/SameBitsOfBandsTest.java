package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tickwave.kernel.AtEveryLaneWidth;

/** The bits do not depend on the threads that run the bands, on the cut, on the timing, or on the lane width. */
@AtEveryLaneWidth
class SameBitsOfBandsTest {
    private static final int SOME = 100;
    private static final int MANY = 1_000;
    private static final long FIRST_SEED = 20_260_725;
    private static final int[] THREADS = {2, 3, 5};
    /** The bits of the first networks, at every lane width. Recorded at 512 bits. */
    private static final long BITS_OF_SOME = 0xd7a9befb199d4657L;
    private static final long BITS_OF_MANY = 0xc118cb4ed59f6abcL;

    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void randomNetworksHaveTheBitsOfOneBandOnTheCallersThread() {
        assertEquals(Long.toHexString(BITS_OF_SOME), Long.toHexString(bitsOf(SOME)), "the bits of " + SOME + " networks");
    }

    @Test
    @Tag("soak")
    @Timeout(value = 1_200, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void manyRandomNetworksHaveTheBitsOfOneBandOnTheCallersThread() {
        assertEquals(Long.toHexString(BITS_OF_MANY), Long.toHexString(bitsOf(MANY)), "the bits of " + MANY + " networks");
    }

    /** Runs each network on one thread, on several threads, and in a random way. Returns a hash of all bits. */
    private static long bitsOf(final int networks) {
        final Map<Driver.Kind, Integer> several = new EnumMap<>(Driver.Kind.class);
        long all = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + networks; seed++) {
            final RandomRun run = new RandomRun(seed);
            final long expected = alone(run);
            all = 31 * all + expected;
            for (final int threads : THREADS) {
                try (Driver driver = new Driver(run, threads, seed)) {
                    expectBits(expected, run, driver, threads + " threads");
                }
            }
            final Driver.Kind kind = Driver.Kind.values()[(int) (seed % Driver.Kind.values().length)];
            try (Driver driver = new Driver(kind, run, seed)) {
                several.merge(kind, driver.engine.bands().size() > 1 ? 1 : 0, Integer::sum);
                expectBits(expected, run, driver, kind.toString());
            }
        }
        several.forEach(
            (kind, count) -> assertTrue(count > networks / 10, () -> "several bands " + count + " times, " + kind));
        return all;
    }

    private static void expectBits(final long expected, final RandomRun run, final Driver driver, final String how) {
        final String what = run + ", " + how + ", " + driver.engine.bands();
        try {
            assertEquals(expected, run.bits(driver.engine, driver), what);
        } catch (final RuntimeException e) {
            throw new AssertionError(what, e);
        }
    }

    private static long alone(final RandomRun run) {
        try (Engine engine = Engine.open(run.network, run.context())) {
            return run.bits(engine, new CallersWay());
        }
    }
}
