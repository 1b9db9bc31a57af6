package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tickwave.pipeline.Draw;

/** Frames that are given ahead, and when changes take effect. The test calls all agents itself. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CommitTest {
    private static final Network NETWORK = Network.chain(Draw.widths(4)).build();
    private static final float[] FRAME = Draw.vector(new Random(1), NETWORK.width(0));
    private static final float[] OTHER = Draw.vector(new Random(2), NETWORK.width(0));
    private static final float[] TARGET = Draw.vector(new Random(3), NETWORK.width(4));

    private static Context context() {
        return new Context().stallLimitNs(Driver.STALL_NS).bands(2).cut(2, 2);
    }

    private static float first(final Engine engine) {
        return engine.output().get(ValueLayout.JAVA_FLOAT, 0);
    }

    @Test
    void aFrameMayBeGivenWhileTheLastTickThatWasCommittedRuns() {
        try (Engine engine = Engine.open(NETWORK, context())) {
            final WaveAgent lower = engine.agent(0);
            final WaveAgent upper = engine.agent(1);
            assertTrue(engine.ready());
            engine.input(FRAME).target(TARGET).commit();
            assertTrue(engine.ready(), "tick 0 runs");
            engine.input(OTHER).commit();
            assertFalse(engine.ready(), "no band has completed tick 0");
            refuses(engine, "a frame for tick 2, while a layer has not completed tick 0: expected ready() to be true");
            assertEquals(2, engine.ticks());
            assertEquals(2, engine.frames());
            assertEquals(0, engine.completed());

            assertEquals(1, lower.doWork());
            assertEquals(0, lower.doWork(), "tick 1 before the upper band has completed tick 0");
            assertFalse(engine.ready());
            assertEquals(0, engine.completed());
            assertEquals(1, upper.doWork());
            assertTrue(engine.ready());
            assertEquals(1, engine.completed());
            assertEquals(1, upper.doWork());
            assertEquals(0, upper.doWork());
            assertEquals(1, engine.completed());
            engine.input(FRAME);
            assertEquals(1, lower.doWork());
            assertEquals(2, engine.completed());
            assertEquals(0, lower.doWork(), "a frame that waits is not committed");
        }
    }

    private static void refuses(final Engine engine, final String message) {
        for (final Runnable call : List.<Runnable>of(
            () -> engine.input(FRAME), engine::inputInPlace, engine::commit, () -> engine.commit(3))) {
            assertEquals(message, assertThrows(IllegalStateException.class, call::run).getMessage());
        }
    }

    @Test
    void severalTicksAreReadyForAFrameWhenOnlyTheLastIsLeft() {
        try (Engine engine = Engine.open(NETWORK, context())) {
            final WaveAgent lower = engine.agent(0);
            final WaveAgent upper = engine.agent(1);
            engine.input(FRAME).target(TARGET).commit(4);
            for (int t = 0; t < 3; t++) {
                assertFalse(engine.ready(), "tick " + t);
                assertEquals(2, lower.doWork() + upper.doWork());
                assertEquals(t + 1, engine.completed());
            }
            assertTrue(engine.ready());
        }
    }

    @Test
    void thereIsNothingToCommitBeforeTheFirstFrameNorAfterAReset() {
        try (Engine engine = Engine.open(NETWORK, context())) {
            assertThrows(IllegalStateException.class, engine::commit);
            engine.await();
            engine.input(FRAME).commit();
            engine.commit();
            engine.await();
            engine.reset();
            assertEquals("tick 2 without a frame: expected a frame first",
                assertThrows(IllegalStateException.class, engine::commit).getMessage());
            assertEquals("commit(0): expected at least 1 tick",
                assertThrows(IllegalArgumentException.class, () -> engine.commit(0)).getMessage());
            assertEquals(2, engine.completed());
        }
    }

    @Test
    void theOutputIsThatOfTheLastTickThatEveryLayerHasCompleted() {
        final List<Float> outputs = new ArrayList<>();
        try (Engine engine = Engine.open(NETWORK, context().history(20))) {
            for (int t = 0; t < 12; t++) {
                outputs.add(first(engine));
                engine.input(t % 2 == 0 ? FRAME : OTHER).target(TARGET).tick();
            }
        }
        try (Engine engine = Engine.open(NETWORK, context())) {
            final WaveAgent lower = engine.agent(0);
            final WaveAgent upper = engine.agent(1);
            for (int t = 0; t < 12; t++) {
                engine.input(t % 2 == 0 ? FRAME : OTHER).target(TARGET).commit();
                assertEquals(outputs.get(t), first(engine));
                upper.doWork();
                assertEquals(outputs.get(t), first(engine), "only the lower band is behind");
                assertEquals(Math.max(0, t - 3), engine.answeredFrame());
                lower.doWork();
            }
            assertEquals(9, engine.answeredFrame());
        }
    }

    static List<Rule> rules() {
        return List.of(Rule.diffusion(), Rule.window(2), Rule.aligned());
    }

    /** The bands have not done the last tick of the held frame when the source writes the next frame. */
    @ParameterizedTest
    @MethodSource("rules")
    void aFrameGivenAheadIsNotTakenForTheOneThatIsHeld(final Rule rule) {
        final Context context = context().rule(rule);
        try (Engine engine = Engine.open(NETWORK, context); Engine alone = Engine.open(NETWORK, context.cut(4).bands(1))) {
            final WaveAgent lower = engine.agent(0);
            final WaveAgent upper = engine.agent(1);
            for (int i = 0; i < 20; i++) {
                final float[] frame = i % 2 == 0 ? FRAME : OTHER;
                final int held = 1 + i % 3;
                engine.input(frame);
                if (i % 4 > 0) {
                    engine.target(TARGET);
                }
                engine.commit(held);
                while (!engine.ready()) {
                    assertTrue(lower.doWork() + upper.doWork() > 0);
                }
                alone.input(frame);
                if (i % 4 > 0) {
                    alone.target(TARGET);
                }
                alone.advance(held);
            }
            while (engine.completed() < engine.ticks()) {
                lower.doWork();
                upper.doWork();
            }
            assertEquals(Bits.of(alone), Bits.of(engine));
        }
    }

    /**
     * The bands may still be in the last committed tick during the change, and each band begins the next tick at a time of its
     * own.
     */
    @Test
    void rateAndLearningHoldFromTheNextCommitOnInEveryBand() {
        final Random random = new Random(4);
        final Context context = context();
        try (Engine engine = Engine.open(NETWORK, context); Engine alone = Engine.open(NETWORK, context.cut(4).bands(1))) {
            final List<WaveAgent> agents = List.of(engine.agent(0), engine.agent(1));
            for (int t = 0; t < 300; t++) {
                final float rate = random.nextFloat() * .1f;
                final boolean learns = random.nextInt(4) > 0;
                engine.rate(rate);
                engine.learning(learns);
                engine.input(FRAME).target(TARGET).commit();
                while (!engine.ready()) {
                    agents.get(random.nextInt(2)).doWork();
                }
                alone.rate(rate);
                alone.learning(learns);
                alone.input(FRAME).target(TARGET).tick();
            }
            while (engine.completed() < engine.ticks()) {
                agents.get(random.nextInt(2)).doWork();
            }
            assertEquals(Bits.of(alone), Bits.of(engine));
        }
    }

    /** Layer 3 has weights that make a frame too large. With several bands, another thread runs layer 3. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void theGuardNamesTheSameLayerAndTickForAnyThreadsInTheSameCall(final int threads) {
        final Network network = Network.chain(2, 2, 2, 2, 2).activation(Activation.IDENTITY).build();
        final Context context = new Context().rate(0).threads(threads).stallLimitNs(Driver.STALL_NS);
        for (int round = 0; round < 50; round++) {
            try (Engine engine = Engine.open(network, context)) {
                final float[] one = {1, 0, 0, 1};
                for (int l = 1; l <= 4; l++) {
                    engine.setWeights(l, l == 3 ? new float[] {0x1p20f, 0, 0, 1} : one, new float[2]);
                }
                for (int t = 0; t < 20; t++) {
                    final float[] frame = {t == 5 ? 0x1p11f : 1, 1};
                    engine.input(frame);
                    if (t == 7) {
                        final GuardTripException e = assertThrows(GuardTripException.class, engine::tick);
                        assertEquals("3 7 1", e.layer() + " " + e.tick() + " " + e.trips());
                    } else {
                        engine.tick();
                    }
                }
                engine.input(new float[] {0x1p11f, 1});
                final GuardTripException e = assertThrows(GuardTripException.class, () -> engine.advance(9));
                assertEquals("3 22 7", e.layer() + " " + e.tick() + " " + e.trips());
                engine.input(new float[] {1, 1});
                final GuardTripException last = assertThrows(GuardTripException.class, () -> engine.advance(2));
                assertEquals("3 29 2", last.layer() + " " + last.tick() + " " + last.trips());
                engine.advance(9);
            }
        }
    }

    /** Also if the upper band is the last to complete the tick, just when the caller asks. */
    @Test
    void theGuardStopsTheCallInWhichTheLastLayerTrips() {
        final int[] widths = {1, 1, 1};
        final Network network = Network.chain(widths).activation(Activation.IDENTITY).build();
        try (Engine engine = Engine.open(network, new Context().rate(0).threads(2).stallLimitNs(Driver.STALL_NS))) {
            engine.setWeights(1, new float[] {1}, new float[1]);
            engine.setWeights(2, new float[] {0x1p30f}, new float[1]);
            engine.input(new float[] {2}).tick();
            for (int t = 0; t < 5_000; t++) {
                assertThrows(GuardTripException.class, engine::tick, () -> "tick " + engine.ticks());
            }
            assertArrayEquals(new float[1], engine.output().toArray(ValueLayout.JAVA_FLOAT));
        }
    }
}
