package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tickwave.pipeline.Draw;

class WavesTest {
    /** Wide enough that another thread begins the next vector while this one copies. */
    private static final int WIDE = 20_001;
    private static final Network NETWORK = Network.chain(Draw.widths(3)).build();

    private static void teach(final Engine engine) {
        final Random random = new Random(engine.ticks());
        engine.input(Draw.vector(random, NETWORK.width(0))).target(Draw.vector(random, NETWORK.width(3))).tick();
    }

    /** Besides the slots that the rule needs, a reader gets x_l and delta of the newest tick: at least two slots of each. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7})
    void theRingsHoldTheNewestTicksAndSayWhatTheyNoLongerHold(final int history) {
        final int kept = 2 + history;
        final List<float[]> outputs = new ArrayList<>();
        final List<float[]> errors = new ArrayList<>();
        try (Engine engine = Engine.open(NETWORK, new Context().history(history))) {
            final Waves waves = engine.waves();
            final float[] to = new float[NETWORK.width(3)];
            outputs.add(Bits.activation(engine, 3, 0));
            for (int t = 0; t < 30; t++) {
                assertFalse(waves.activation(3, t + 1, to));
                assertFalse(waves.delta(3, t, to));
                assertEquals(-1, waves.frame(0, t));
                teach(engine);
                outputs.add(Bits.activation(engine, 3, t + 1));
                errors.add(Bits.delta(engine, 3, t));
                for (int past = 0; past <= t + 1; past++) {
                    assertEquals(past > t + 1 - kept, waves.activation(3, past, to), "tick " + past + " after tick " + t);
                    if (past > t + 1 - kept) {
                        assertArrayEquals(outputs.get(past), to);
                        assertEquals(Math.max(0, past - 2), waves.frame(3, past));
                    }
                    if (past <= t) {
                        assertEquals(past > t - kept, waves.delta(3, past, to), "error of " + past + " after tick " + t);
                        if (past > t - kept) {
                            assertArrayEquals(errors.get(past), to);
                        }
                    }
                }
                assertEquals(t + 1, waves.frame(0, t));
            }
            assertFalse(waves.activation(3, -1, to));
            assertFalse(waves.delta(3, -1, to));
            assertEquals(-1, waves.frame(3, -1));
            assertFalse(waves.activation(3, Long.MIN_VALUE, to));
            assertFalse(waves.activation(3, Long.MAX_VALUE, to));
        }
    }

    @Test
    void aWaveClimbsOneLayerATick() {
        try (Engine engine = Engine.open(NETWORK, new Context().history(10))) {
            for (int t = 0; t < 8; t++) {
                teach(engine);
            }
            for (int l = 0; l <= 3; l++) {
                assertEquals(4, engine.waves().frame(l, 3 + l), "layer " + l);
            }
        }
    }

    /** Every number of a frame is its tick, so a torn vector would hold two different numbers. */
    @Test
    @Timeout(60)
    void aReaderInAnotherThreadNeverSeesATornVector() throws Exception {
        final Network network = Network.chain(WIDE, 1).build();
        try (Engine engine = Engine.open(network, new Context().rate(0).learning(false))) {
            final AtomicLong newest = new AtomicLong();
            final Waves waves = engine.waves();
            final FutureTask<Long> reader = new FutureTask<>(() -> read(waves, newest));
            Thread.ofPlatform().start(reader);
            final float[] frame = new float[WIDE];
            while (!reader.isDone()) {
                newest.set(engine.ticks());
                Arrays.fill(frame, value(engine.ticks()));
                engine.input(frame).tick();
            }
            assertTrue(reader.get() > 0);
        }
    }

    private static float value(final long tick) {
        return tick & 0xffff;
    }

    /** Reads frames that another thread may be writing or overwriting. Returns how many it got. */
    private static long read(final Waves waves, final AtomicLong newest) {
        final float[] to = new float[WIDE];
        long got = 0;
        for (int i = 0; got < 40_000; i++) {
            final long tick = newest.get() + i % 4 - 2;
            if (waves.activation(0, tick, to)) {
                got++;
                for (final float v : to) {
                    assertEquals(value(tick), v);
                }
            }
        }
        return got;
    }
}
