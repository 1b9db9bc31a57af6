package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A call that waits for a band which no thread runs says so, and loses nothing. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StallTest {
    private static final Network NETWORK = Network.chain(3, 5, 4, 6, 2).build();
    private static final float[] FRAME = {.1f, .2f, .3f};
    private static final float[] TARGET = {.4f, .5f};
    private static final long LIMIT_NS = 2_000_000;

    private static Engine open(final int bands) {
        return Engine.open(NETWORK, new Context().bands(bands).stallLimitNs(LIMIT_NS));
    }

    private static long alone(final long ticks) {
        try (Engine engine = Engine.open(NETWORK, new Context())) {
            engine.input(FRAME).target(TARGET).advance(ticks);
            return Bits.of(engine);
        }
    }

    private static void expect(final int band, final long tick, final BandStalledException e) {
        assertEquals(band, e.band());
        assertEquals(tick, e.tick());
        assertEquals("band " + band + " has not completed tick " + tick + " within the stall limit of " + LIMIT_NS
            + " ns", e.getMessage());
    }

    private static void elsewhere(final Runnable work) throws Exception {
        final FutureTask<Void> task = new FutureTask<>(work, null);
        new Thread(task).start();
        task.get();
    }

    /** The caller runs the bands on both sides of that band. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 9})
    void theBandThatNobodyRunsIsNamedWithItsTick(final long ticks) throws Exception {
        try (Engine engine = open(3)) {
            final WaveAgent agent = engine.agent(1);
            engine.input(FRAME).target(TARGET);
            expect(1, 0, assertThrows(BandStalledException.class, () -> engine.advance(ticks)));
            expect(1, 0, assertThrows(BandStalledException.class, engine::await));
            expect(1, 0, assertThrows(BandStalledException.class, engine::reset));
            expect(1, 0, assertThrows(BandStalledException.class, () -> engine.biases(1, new float[5])));
            for (long t = 0; t < ticks; t++) {
                elsewhere(() -> assertEquals(1, agent.doWork()));
                if (t + 1 < ticks) {
                    expect(1, t + 1, assertThrows(BandStalledException.class, engine::await));
                }
            }
            engine.await();
            assertEquals(ticks, engine.completed());
            assertEquals(alone(ticks), Bits.of(engine));
        }
    }

    @Test
    void ofSeveralBandsTheOneThatTheOthersWaitForIsNamed() throws Exception {
        try (Engine engine = open(3)) {
            final WaveAgent[] agents = {engine.agent(0), engine.agent(1), engine.agent(2)};
            engine.input(FRAME).target(TARGET).commit(3);
            elsewhere(() -> {
                assertEquals(1, agents[0].doWork());
                assertEquals(1, agents[1].doWork());
                assertEquals(1, agents[0].doWork());
                assertEquals(0, agents[0].doWork());
                assertEquals(0, agents[1].doWork());
            });
            expect(2, 0, assertThrows(BandStalledException.class, engine::await));
        }
    }

    @Test
    void aWaitAfterOneThatStalledHasItsWholeLimit() throws Exception {
        try (Engine engine = open(2)) {
            final WaveAgent agent = engine.agent(1);
            engine.input(FRAME).target(TARGET);
            for (int t = 0; t < 20; t++) {
                engine.commit();
                expect(1, t, assertThrows(BandStalledException.class, engine::await));
                elsewhere(agent::doWork);
                engine.await();
            }
            assertEquals(alone(20), Bits.of(engine));
        }
    }

    /** There is no stall limit: without the check the call would hang. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 9})
    void anAgentOnTheCallersOwnThreadIsNotWaitedFor(final long ticks) {
        try (Engine engine = Engine.open(NETWORK, new Context().bands(3))) {
            final WaveAgent agent = engine.agent(1);
            engine.input(FRAME).target(TARGET);
            assertEquals(0, agent.doWork());
            final IllegalStateException refused = assertThrows(IllegalStateException.class, () -> engine.advance(ticks));
            assertTrue(refused.getMessage().startsWith("an agent on this thread runs a band"), refused::getMessage);
            assertEquals(0, engine.ticks());
            engine.commit(ticks);
            for (long t = 0; t < ticks; t++) {
                assertNamed(1, t, assertThrows(IllegalStateException.class, engine::await));
                assertEquals(1, agent.doWork());
            }
            engine.await();
            assertEquals(alone(ticks), Bits.of(engine));
        }
    }

    private static void assertNamed(final int band, final long tick, final IllegalStateException e) {
        assertEquals("an agent on this thread runs band " + band + ", which has not completed tick " + tick
            + ": expected the agent to do that tick first", e.getMessage());
    }

    /**
     * Another thread runs the band between the caller's and the agent's. That band gets one tick ahead of the agent's, and no
     * further.
     */
    @Test
    void anAgentOnTheCallersOwnThreadIsNotWaitedForThroughAnotherBandEither() throws Exception {
        try (Engine engine = Engine.open(NETWORK, new Context().bands(3))) {
            final WaveAgent between = engine.agent(1);
            final WaveAgent here = engine.agent(2);
            engine.input(FRAME).target(TARGET);
            assertEquals(0, here.doWork());
            engine.commit(9);
            final FutureTask<Long> other = new FutureTask<>(() -> {
                long ticks = 0;
                while (ticks < 9) {
                    ticks += between.doWork();
                    Thread.yield();
                }
                return ticks;
            });
            new Thread(other).start();
            int refused = 0;
            while (engine.completed() < 9) {
                try {
                    engine.await();
                } catch (final IllegalStateException e) {
                    assertNamed(2, engine.completed(), e);
                    refused++;
                    here.doWork();
                }
            }
            assertTrue(refused >= 9);
            assertEquals(9, other.get());
            assertEquals(alone(9), Bits.of(engine));
        }
    }
}
