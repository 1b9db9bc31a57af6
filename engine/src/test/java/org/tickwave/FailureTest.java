package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A band that throws stops all bands. Every later call says which band failed, where and why. No thread spins on. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FailureTest {
    private static final Network NETWORK = Network.chain(3, 5, 4, 6, 5, 4, 2).build();
    private static final float[] FRAME = {.1f, .2f, .3f};
    private static final float[] TARGET = {.4f, .5f};
    private static final int TICKS = 20;
    private static final Set<String> GO_ON =
        Set.of("close", "network", "toString", "waves", "weights", "biases", "unfinished");

    private final List<Thread> own = new ArrayList<>();

    private Context context() {
        return new Context().stallLimitNs(Driver.STALL_NS).threadFactory(this::thread);
    }

    private Thread thread(final Runnable work) {
        own.add(new Thread(work));
        return own.getLast();
    }

    private void expectNoThread() throws InterruptedException {
        for (final Thread thread : own) {
            thread.join();
        }
    }

    private static void learn(final Engine engine) {
        engine.input(FRAME).target(TARGET).tick();
    }

    private static void everythingThrows(final Engine engine, final BandFailedException like) {
        for (final var method : PublicMethods.of(Engine.class, GO_ON)) {
            final Throwable e = PublicMethods.thrown(engine, method);
            same(like, assertInstanceOf(BandFailedException.class, e, method::toString));
        }
    }

    private static void same(final BandFailedException expected, final BandFailedException actual) {
        assertSame(expected.getCause(), actual.getCause());
        assertEquals(expected.getMessage(), actual.getMessage());
        assertEquals(expected.band(), actual.band());
        assertEquals(expected.layer(), actual.layer());
        assertEquals(expected.tick(), actual.tick());
    }

    private static void expect(final BandFailedException e, final int band, final int layer, final long tick) {
        assertEquals(List.of((long) band, (long) layer, tick), List.of((long) e.band(), (long) e.layer(), e.tick()));
        final String where = layer > 0 ? "layer " + layer + ", tick " + tick : "tick " + tick;
        assertEquals("band " + band + " failed in " + where + ": " + e.getCause(), e.getMessage());
    }

    /** Idle strategies of which one throws: that of the caller is the first, then those of the engine's own threads. */
    private static Supplier<IdleStrategy> throwing(final int which, final Throwable what) {
        final AtomicInteger count = new AtomicInteger();
        return () -> count.getAndIncrement() == which
            ? new Idle(() -> FailureTest.<RuntimeException>sneak(what)) : new YieldingIdleStrategy();
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(final Throwable e) throws T {
        throw (T) e;
    }

    static List<Throwable> causes() {
        return List.of(new IllegalStateException("a strategy's"), new AssertionError("an assertion"),
            new OutOfMemoryError("an error"), new Exception("checked"));
    }

    @ParameterizedTest
    @MethodSource("causes")
    void aStrategyOfAnOwnThreadThatThrowsFailsItsBand(final Throwable cause) throws InterruptedException {
        for (int band = 1; band <= 3; band++) {
            try (Engine engine = Engine.open(NETWORK, context().threads(4).idleStrategy(throwing(band, cause)))) {
                final BandFailedException e = assertThrows(BandFailedException.class, () -> forever(engine));
                assertSame(cause, e.getCause());
                expect(e, band, 0, e.tick());
                assertTrue(e.tick() >= 0);
                everythingThrows(engine, e);
                expectNoThread();
                everythingThrows(engine, e);
            }
        }
    }

    private static void forever(final Engine engine) {
        while (true) {
            learn(engine);
        }
    }

    /** No thread calls the agent of band 1. So the caller waits: for the end of tick 0, or before its own tick 1. */
    @ParameterizedTest
    @ValueSource(longs = {1, 5})
    void theCallersStrategyThatThrowsFailsItsBand(final long ticks) {
        final RuntimeException cause = new IllegalArgumentException("the caller's");
        try (Engine engine = Engine.open(NETWORK, context().bands(2).idleStrategy(throwing(0, cause)))) {
            final WaveAgent agent = engine.agent(1);
            engine.input(FRAME);
            final BandFailedException e = assertThrows(BandFailedException.class, () -> engine.advance(ticks));
            assertSame(cause, e.getCause());
            expect(e, 0, 0, 1);
            everythingThrows(engine, e);
            same(e, assertThrows(BandFailedException.class, agent::doWork));
        }
    }

    /** The threads that run the bands when one of them fails. */
    enum Way {
        IN_TURN, OWN_THREADS, RUNNERS
    }

    /** Tests run with assertions on, and an assertion checks the tick of each slot that a layer reads. */
    @ParameterizedTest
    @EnumSource
    void aLayerThatThrowsIsNamedWithItsBandAndTick(final Way way) throws InterruptedException {
        final int[] bandOf = {0, 0, 0, 1, 2, 2, 2};
        for (int layer = 1; layer <= NETWORK.layers(); layer++) {
            final List<Throwable> errors = new CopyOnWriteArrayList<>();
            final List<Thread> runners = new ArrayList<>();
            try (ImageArena arena = new ImageArena(Arena.ofShared())) {
                final Context context = context().arena(arena).cut(2, 1, 3).guard(Engine.Guard.COUNT);
                try (Engine engine = Engine.open(NETWORK, way == Way.OWN_THREADS ? context.threads(3) : context.bands(3))) {
                    final List<Agent> agents = new ArrayList<>();
                    for (int b = 0; b < 3 && way == Way.RUNNERS; b++) {
                        agents.add(engine.agent(b));
                        runners.add(AgentRunner.startOnThread(
                            new AgentRunner(new YieldingIdleStrategy(), errors::add, null, agents.get(b))));
                    }
                    for (int t = 0; t < TICKS; t++) {
                        learn(engine);
                    }
                    engine.input(FRAME);
                    // The slot below layer 1 gets its tick only now. But layer 1 reads an old slot too.
                    arena.misdate(NETWORK, Rule.aligned(), layer - 1, layer == 1 ? TICKS - 11 : TICKS);
                    final BandFailedException e = assertThrows(BandFailedException.class, engine::tick);
                    expect(e, bandOf[layer], layer, TICKS);
                    assertInstanceOf(AssertionError.class, e.getCause());
                    everythingThrows(engine, e);
                    for (final Agent agent : agents) {
                        same(e, assertThrows(BandFailedException.class, agent::doWork));
                    }
                    for (final Thread runner : runners) {
                        runner.join();
                    }
                    expectNoThread();
                    assertEquals(way == Way.RUNNERS ? 3 : 0, errors.size(), errors::toString);
                    errors.forEach(error -> same(e, assertInstanceOf(BandFailedException.class, error)));
                }
            }
        }
    }

    @Test
    void closingAFailedEngineMakesItAClosedOne() {
        final Engine engine = Engine.open(NETWORK, context().threads(2).idleStrategy(throwing(1, new Error("again"))));
        assertThrows(BandFailedException.class, () -> forever(engine));
        engine.close();
        engine.close();
        assertEquals("the engine is closed", assertThrows(IllegalStateException.class, engine::tick).getMessage());
        assertFalse(own.getFirst().isAlive());
    }

    @Test
    void aFailureIsAnAgentsEnd() {
        assertTrue(AgentTerminationException.class.isAssignableFrom(BandFailedException.class));
    }

    /** The factory cannot make the second thread: the first thread ends, and the image is freed. */
    @Test
    void aThreadFactoryThatFailsLeavesNoThread() throws InterruptedException {
        final RuntimeException cause = new IllegalStateException("no thread");
        final ThreadFactory throwing = work -> {
            if (own.size() == 1) {
                throw cause;
            }
            return thread(work);
        };
        assertSame(cause, assertThrows(
            IllegalStateException.class, () -> Engine.open(NETWORK, context().threads(3).threadFactory(throwing))));
        final ThreadFactory none = work -> own.size() == 2 ? null : thread(work);
        final RuntimeException e = assertThrows(
            IllegalStateException.class, () -> Engine.open(NETWORK, context().threads(3).threadFactory(none)));
        assertEquals("the thread factory gave no thread for band 2", e.getMessage());
        assertEquals(2, own.size());
        expectNoThread();
    }

    private static List<float[]> learnt(final Engine engine, final int from, final int to) {
        final List<float[]> learnt = new ArrayList<>();
        for (int l = from; l <= to; l++) {
            learnt.add(Bits.weights(engine, l));
            learnt.add(Bits.biases(engine, l));
            for (int row = 0; row < NETWORK.width(l); row++) {
                learnt.add(new float[NETWORK.width(l - 1)]);
                engine.weights(l, row, learnt.getLast());
            }
        }
        return learnt;
    }

    /** Band 0 does one tick more than band 1, whose agent no thread calls while the caller waits. */
    @Test
    void afterAFailureWhatWasLearntCanBeReadAndIsSaidToBeOfAnUnfinishedTick() {
        final Error cause = new OutOfMemoryError("the caller's strategy");
        final Context context = context().rate(.1f);
        try (Engine engine = Engine.open(NETWORK, context.bands(2).cut(3, 3).idleStrategy(throwing(0, cause)));
             Engine same = Engine.open(NETWORK, new Context().rate(.1f))) {
            final WaveAgent agent = engine.agent(1);
            for (int t = 0; t < TICKS; t++) {
                learn(same);
                engine.input(FRAME).target(TARGET).commit();
                assertEquals(1, agent.doWork());
                agent.onClose();
                engine.await();
            }
            assertFalse(engine.unfinished());
            engine.input(FRAME).target(TARGET);
            assertSame(cause, assertThrows(BandFailedException.class, engine::tick).getCause());
            assertTrue(engine.unfinished());
            assertEquals("Engine[3-5-4-6-5-4-2, aligned, bands=2, ticks=" + (TICKS + 1) + ", failed]", engine.toString());
            assertEquals(TICKS + 1, engine.waves().frame(0, TICKS));
            assertSame(NETWORK, engine.network());
            assertArrayEquals(learnt(same, 4, 6).toArray(), learnt(engine, 4, 6).toArray());
            learn(same);
            assertArrayEquals(learnt(same, 1, 3).toArray(), learnt(engine, 1, 3).toArray());
        }
    }

    /** The idle strategy of one of the engine's own threads hangs, and the caller's idle strategy throws. */
    @Test
    void aBandThatHangsAfterAFailureIsNamedAndNothingIsReadUntilItLeaves() {
        final CountDownLatch hangs = new CountDownLatch(1);
        final CountDownLatch idles = new CountDownLatch(1);
        final AtomicInteger asked = new AtomicInteger();
        final Supplier<IdleStrategy> strategies = () -> new Idle(asked.getAndIncrement() == 0
            ? () -> {
                // Otherwise the other thread may stop before it has been idle.
                uninterruptibly(idles);
                throw new OutOfMemoryError("the caller's");
            } : () -> {
                idles.countDown();
                uninterruptibly(hangs);
            });
        try (Engine engine = Engine.open(NETWORK, context().threads(2).idleStrategy(strategies))) {
            assertThrows(BandFailedException.class, () -> forever(engine));
            final float[] to = new float[15];
            final IllegalStateException e = assertThrows(IllegalStateException.class, () -> engine.weights(1, to));
            assertEquals("band 1 is still running, half a second after this call began; band 0 has failed: call again when band 1 has stopped",
                e.getMessage());
            assertTrue(engine.unfinished());
            assertEquals(0, to[0]);
            hangs.countDown();
            while (to[0] == 0) {
                try {
                    engine.weights(1, to);
                } catch (final IllegalStateException again) {
                    assertEquals(e.getMessage(), again.getMessage());
                }
            }
        } finally {
            hangs.countDown();
        }
    }

    private static void uninterruptibly(final CountDownLatch latch) {
        boolean waits = true;
        while (waits) {
            try {
                latch.await();
                waits = false;
            } catch (final InterruptedException e) {
                Thread.interrupted();
            }
        }
    }

    @Test
    void closingASharedArenaWhileSeveralThreadsTickClosesTheEngine() throws Exception {
        for (int round = 0; round < 15; round++) {
            final Arena arena = Arena.ofShared();
            final Engine engine = Engine.open(NETWORK,
                context().threads(3).arena(arena).idleStrategy(YieldingIdleStrategy::new));
            learn(engine);
            final FutureTask<IllegalStateException> ends =
                new FutureTask<>(() -> assertThrows(IllegalStateException.class, () -> engine.advance(Long.MAX_VALUE)));
            new Thread(ends).start();
            while (engine.completed() < 10 + round) {
                Thread.onSpinWait();
            }
            arena.close();
            assertEquals("the engine is closed", ends.get().getMessage());
            expectNoThread();
            assertEquals("the engine is closed", assertThrows(IllegalStateException.class, engine::bands).getMessage());
            engine.close();
        }
    }
}
