package org.tickwave.bench.paper.wave;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tickwave.Activation;
import org.tickwave.Network;

class SignalsTest {
    private static final int TICKS = 1_000;
    private static final int SEEDS = 8;
    private static final Network NETWORK = Setting.chain(1, 8, Activation.TANH);

    /** A target that is also the frame of another tick would let another frame's error look right. */
    @Test
    void noFrameTargetOrChangeHasTheNumbersOfAnother() {
        final Map<String, String> seen = new HashMap<>();
        for (int seed = 1; seed <= SEEDS; seed++) {
            final Signals fast = Signals.fast(NETWORK, seed);
            for (int t = 0; t < TICKS; t++) {
                add(seen, fast.frame().apply(t), "frame " + t + ", seed " + seed);
                add(seen, fast.target().apply(t), "target " + t + ", seed " + seed);
            }
        }
        for (int t = 0; t < TICKS; t++) {
            add(seen, Signals.fast(NETWORK, 1).withFrameChanged(t).frame().apply(t), "change " + t);
        }
    }

    private static void add(final Map<String, String> seen, final float[] numbers, final String name) {
        assertNull(seen.put(Arrays.toString(numbers), name), name);
    }

    /** The first numbers of neighbouring ticks: independent ones have a mean near 0, a variance near 1, and no correlation. */
    @Test
    void ticksAreIndependent() {
        final Signals fast = Signals.fast(NETWORK, 1);
        double mean = 0;
        double variance = 0;
        double neighbours = 0;
        double pairs = 0;
        for (int t = 0; t < TICKS; t++) {
            final double x = fast.frame().apply(t)[0];
            mean += x / TICKS;
            variance += x * x / TICKS;
            neighbours += x * fast.frame().apply(t + 1)[0] / TICKS;
            pairs += x * fast.target().apply(t)[0] / TICKS;
        }
        final double most = 5 / Math.sqrt(TICKS);
        assertTrue(Math.abs(mean) < most && Math.abs(neighbours) < most && Math.abs(pairs) < most, mean + ", " + neighbours + ", " + pairs);
        assertTrue(Math.abs(variance - 1) < 2 * most, "variance " + variance);
    }

    @Test
    void aChangeChangesOneTickOnly() {
        final Signals fast = Signals.fast(NETWORK, 1);
        for (int t = 0; t < 10; t++) {
            assertTrue(t == 4 ^ Arrays.equals(fast.frame().apply(t), fast.withFrameChanged(4).frame().apply(t)));
            assertTrue(t == 4 ^ Arrays.equals(fast.target().apply(t), fast.withTargetChanged(4).target().apply(t)));
            assertFalse(Arrays.equals(fast.frame().apply(t), fast.target().apply(t)));
        }
    }
}
