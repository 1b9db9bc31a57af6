package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * close() may be called on any thread at any time. After it no band touches the image, and no thread of the engine's own is
 * left.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CloseBandsTest {
    private static final String CLOSED = "the engine is closed";
    private static final Network NETWORK = Network.chain(3, 5, 4, 6, 2).build();
    private static final float[] FRAME = {.1f, .2f, .3f};
    private static final int ROUNDS = 15;

    private final Set<Thread> own = ConcurrentHashMap.newKeySet();

    private Context context() {
        return new Context().stallLimitNs(Driver.STALL_NS).guard(Engine.Guard.COUNT).threadFactory(work -> {
            final Thread thread = new Thread(work);
            own.add(thread);
            return thread;
        });
    }

    private void expectNoThread() {
        assertFalse(own.stream().anyMatch(Thread::isAlive));
        own.clear();
    }

    private static FutureTask<IllegalStateException> ticking(final Engine engine) {
        engine.input(FRAME);
        final FutureTask<IllegalStateException> ends =
            new FutureTask<>(() -> assertThrows(IllegalStateException.class, () -> engine.advance(Long.MAX_VALUE)));
        new Thread(ends).start();
        return ends;
    }

    private static void awaitTicks(final Engine engine, final long ticks) {
        while (engine.completed() < ticks) {
            Thread.yield();
        }
    }

    /** After close() the embedder fills the image, and no thread writes to it any more. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void afterCloseNoBandTouchesTheEmbeddersMemory(final int threads) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            try (ImageArena arena = new ImageArena(Arena.ofShared())) {
                final Engine engine = Engine.open(
                    NETWORK, context().threads(threads).arena(arena).idleStrategy(YieldingIdleStrategy::new));
                final FutureTask<IllegalStateException> ends = ticking(engine);
                awaitTicks(engine, 10 + round);
                engine.close();
                arena.poison();
                assertEquals(CLOSED, ends.get().getMessage());
                expectNoThread();
                assertTrue(arena.stillPoisoned());
            }
        }
    }

    @Test
    void afterCloseNoAgentTouchesTheEmbeddersMemory() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            final List<Throwable> errors = new CopyOnWriteArrayList<>();
            try (ImageArena arena = new ImageArena(Arena.ofShared())) {
                final Engine engine = Engine.open(NETWORK, context().bands(2).arena(arena));
                final Thread[] runners = new Thread[2];
                final WaveAgent agent = engine.agent(0);
                for (int b = 0; b < 2; b++) {
                    runners[b] = AgentRunner.startOnThread(
                        new AgentRunner(new YieldingIdleStrategy(), errors::add, null, engine.agent(b)));
                }
                engine.input(FRAME).commit(Long.MAX_VALUE);
                awaitTicks(engine, 10 + round);
                engine.close();
                arena.poison();
                for (final Thread runner : runners) {
                    runner.join();
                }
                final AgentTerminationException e = assertThrows(AgentTerminationException.class, agent::doWork);
                assertTrue(e.isExpected() && e.getMessage().contains(CLOSED), e::getMessage);
                assertTrue(arena.stillPoisoned());
                assertEquals(List.of(), errors);
            }
        }
    }

    /** An idle strategy that takes longer than close() waits. By then the counters in the image say that ticks are due. */
    @Test
    void aBandThatIdlesBeyondCloseDoesNotLookAtTheImageAgain() throws Exception {
        final CountDownLatch idles = new CountDownLatch(1);
        final CountDownLatch goesOn = new CountDownLatch(1);
        final AtomicBoolean callers = new AtomicBoolean(true);
        final Context context = context().threads(2).idleStrategy(() ->
            callers.getAndSet(false) ? new YieldingIdleStrategy() : new Idle(() -> {
                idles.countDown();
                await(goesOn);
            }));
        try (ImageArena arena = new ImageArena(Arena.ofShared())) {
            final Engine engine = Engine.open(NETWORK, context.arena(arena));
            idles.await();
            engine.close();
            arena.poison();
            goesOn.countDown();
            for (final Thread thread : own) {
                thread.join();
            }
            assertTrue(arena.stillPoisoned());
        }
    }

    private static void await(final CountDownLatch latch) {
        try {
            latch.await();
        } catch (final InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Closes in the idle strategy of the caller's thread, which waits for the other band, and of the engine's own thread. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aStrategyMayCloseTheEngine(final int which) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            final AtomicReference<Engine> opened = new AtomicReference<>();
            final int[] count = {0};
            final Context context = context().threads(3).idleStrategy(() -> count[0]++ == which ? new Idle(() -> {
                if (opened.get() != null) {
                    opened.get().close();
                }
            }) : new YieldingIdleStrategy());
            final Engine engine = Engine.open(NETWORK, context);
            opened.set(engine);
            assertThrows(IllegalStateException.class, () -> {
                while (true) {
                    engine.input(FRAME).tick();
                }
            });
            assertEquals(CLOSED, assertThrows(IllegalStateException.class, engine::tick).getMessage());
            engine.close();
            for (final Thread thread : own) {
                thread.join();
            }
            expectNoThread();
        }
    }

    @Test
    void severalThreadsMayCloseAtOnce() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            final Engine engine = Engine.open(NETWORK, context().threads(3));
            final FutureTask<IllegalStateException> ends = ticking(engine);
            awaitTicks(engine, round);
            final FutureTask<Void> other = new FutureTask<>(engine::close, null);
            new Thread(other).start();
            engine.close();
            expectNoThread();
            other.get();
            assertEquals(CLOSED, ends.get().getMessage());
        }
    }

    @Test
    void anEngineThatNeverTickedAndOneBetweenTicksEndTheirThreads() {
        Engine.open(NETWORK, context().threads(4)).close();
        assertEquals(3, own.size());
        expectNoThread();
        final Engine engine = Engine.open(NETWORK, context().threads(4));
        engine.input(FRAME).tick();
        engine.close();
        expectNoThread();
        for (final var method : PublicMethods.of(Engine.class, Set.of("close", "network", "toString"))) {
            final Throwable e = assertInstanceOf(IllegalStateException.class, PublicMethods.thrown(engine, method));
            assertEquals(CLOSED, e.getMessage(), method::toString);
        }
    }
}
