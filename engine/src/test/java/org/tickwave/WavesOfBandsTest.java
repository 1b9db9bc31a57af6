package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Readers beside several threads that tick get whole vectors of the tick that they asked for. */
class WavesOfBandsTest {
    /** Wide enough that a copy takes about as long as a tick. */
    private static final int WIDTH = 600;
    private static final int LAYERS = 3;
    private static final int ENOUGH = 2_000;

    /**
     * Each layer passes on its input: each row has one weight of 1, all in the same column. So every number of an activation is
     * that of the frame, which is its tick. All numbers of an error at the output are equal.
     */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aReaderBesideSeveralThreadsSeesWholeVectorsOfItsTick() throws Exception {
        final Network network = Network.chain(WIDTH, WIDTH, WIDTH, WIDTH).activation(Activation.IDENTITY).build();
        final Context context = new Context().rule(Rule.diffusion()).rate(0).threads(3)
            .idleStrategy(YieldingIdleStrategy::new).stallLimitNs(Driver.STALL_NS);
        try (Engine engine = Engine.open(network, context)) {
            final float[] weights = new float[WIDTH * WIDTH];
            for (int row = 0; row < WIDTH; row++) {
                weights[row * WIDTH] = 1;
            }
            for (int l = 1; l <= LAYERS; l++) {
                engine.setWeights(l, weights, new float[WIDTH]);
            }
            final List<FutureTask<Integer>> readers = new ArrayList<>();
            for (int l = 0; l <= LAYERS; l++) {
                final int layer = l;
                readers.add(new FutureTask<>(() -> read(engine, layer)));
                new Thread(readers.get(l)).start();
            }
            final float[] frame = new float[WIDTH];
            final float[] target = new float[WIDTH];
            while (!readers.stream().allMatch(FutureTask::isDone)) {
                Arrays.fill(frame, value(engine.ticks()));
                engine.input(frame).target(target).tick();
            }
            for (final FutureTask<Integer> reader : readers) {
                assertTrue(reader.get() >= ENOUGH);
            }
        }
    }

    private static float value(final long tick) {
        return 1 + (tick & 0xffff);
    }

    /** The frame of tick t is the activation t + l of layer l. Below the output, errors come only from echoes. */
    private static int read(final Engine engine, final int layer) {
        final Waves waves = engine.waves();
        final float[] to = new float[WIDTH];
        int got = 0;
        for (int i = 0; got < ENOUGH; i++) {
            final long tick = engine.completed() + i % 4 - 2;
            if (waves.activation(layer, tick, to)) {
                expect(tick < layer ? 0 : value(tick - layer), to, layer, tick);
                got++;
            }
            if (layer == LAYERS && waves.delta(layer, tick, to) && tick >= layer) {
                expect(value(tick - layer), to, layer, tick);
            }
            final long frame = waves.frame(layer, tick);
            if (frame >= 0) {
                assertEquals(Math.max(0, tick + 1 - layer), frame, "layer " + layer + ", tick " + tick);
            }
            if (i % 16 == 0) {
                Thread.yield();
            }
        }
        return got;
    }

    private static void expect(final float expected, final float[] actual, final int layer, final long tick) {
        for (final float value : actual) {
            assertEquals(expected, value, () -> "layer " + layer + ", tick " + tick);
        }
    }
}
