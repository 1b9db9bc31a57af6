package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tickwave.pipeline.Draw;

/** The four ways to drive an engine, and what bands() returns. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BandsTest {
    private static final int TICKS = 300;
    private static final Network NETWORK = Network.chain(Draw.widths(6)).build();

    private static Context context() {
        return new Context().stallLimitNs(Driver.STALL_NS);
    }

    private static void give(final Engine engine, final long number) {
        final Random random = new Random(number);
        final Network network = engine.network();
        engine.input(Draw.vector(random, network.width(0)));
        engine.target(Draw.vector(random, network.width(network.layers())));
    }

    private static long ticked(final Engine engine) {
        for (int t = 0; t < TICKS; t++) {
            give(engine, t);
            engine.tick();
        }
        return Bits.of(engine);
    }

    private static long alone() {
        try (Engine engine = Engine.open(NETWORK, context())) {
            return ticked(engine);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 6, 50})
    void theCallerRunsAllBandsInTurn(final int bands) {
        try (Engine engine = Engine.open(NETWORK, context().bands(bands))) {
            assertEquals(Math.min(bands, 6), engine.bands().size());
            assertEquals(alone(), ticked(engine));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 50})
    void threadsOfTheEnginesOwnRunAllBandsButTheFirst(final int threads) {
        final Set<Thread> own = ConcurrentHashMap.newKeySet();
        final Context context = context().threads(threads).threadFactory(work -> {
            final Thread thread = new Thread(work, "of the test");
            own.add(thread);
            return thread;
        });
        try (Engine engine = Engine.open(NETWORK, context)) {
            assertEquals(Math.min(threads, 6) - 1, own.size());
            assertEquals(alone(), ticked(engine));
            assertTrue(own.stream().allMatch(Thread::isAlive));
        }
        assertFalse(own.stream().anyMatch(Thread::isAlive));
    }

    @Test
    void byDefaultOwnThreadsAreDaemonsWhoseNamesNoOtherEngineHas() {
        final Set<Thread> before = Set.copyOf(Threads.named("tickwave-"));
        final List<Thread> own = new ArrayList<>();
        try (Engine one = Engine.open(NETWORK, context().threads(3)); Engine other = Engine.open(NETWORK, context().threads(2))) {
            own.addAll(Threads.named("tickwave-"));
            own.removeAll(before);
            final List<String> names = own.stream().map(Thread::getName).distinct().sorted().toList();
            assertEquals(3, own.size(), own::toString);
            assertEquals(3, names.size(), names::toString);
            assertTrue(names.stream().allMatch(name -> name.matches("tickwave-\\d+\\.[12]")), names::toString);
            assertEquals(2, names.stream().map(name -> name.substring(0, name.indexOf('.'))).distinct().count(), names::toString);
            assertTrue(own.stream().allMatch(Thread::isDaemon));
            assertEquals(alone(), ticked(one));
            assertEquals(alone(), ticked(other));
        }
        assertFalse(own.stream().anyMatch(Thread::isAlive));
    }

    @Test
    void aFactoryIsToldTheNameOfTheThread() {
        final List<String> told = new ArrayList<>();
        final Context context = context().threads(3).threadFactory(work -> {
            told.add(work.toString());
            return new Thread(work);
        });
        try (Engine engine = Engine.open(NETWORK, context)) {
            final String first = engine.agent(0).roleName();
            assertTrue(first.endsWith(".0"), first);
            assertEquals(List.of(first.replace(".0", ".1"), first.replace(".0", ".2")), told);
        }
    }

    /** Two engines may have the same name. */
    @Test
    void aNamedEngineNamesItsThreadsAndAgents() {
        final Context named = context().name("front-left-camera");
        try (Engine engine = Engine.open(NETWORK, named.threads(3)); Engine same = Engine.open(NETWORK, named.bands(2))) {
            final List<String> threads = Threads.named("front-left-camera").stream().map(Thread::getName).sorted().toList();
            assertEquals(List.of("front-left-camera.1", "front-left-camera.2"), threads);
            assertEquals("front-left-camera.0", engine.agent(0).roleName());
            assertEquals("front-left-camera.1", same.agent(1).roleName());
        }
        assertEquals(List.of(), Threads.named("front-left-camera"));
    }

    /** Linux shows 15 characters. */
    @ParameterizedTest
    @CsvSource({"1, 0, tickwave-1.0", "2, 1, tickwave-2.1", "999, 99, tickwave-999.99", "12345, 10, tickwa-12345.10",
        "1000, 1023, tickw-1000.1023", "2147483647, 1023, -2147483647.1023"})
    void namesFitWhereThreadsAreShown(final int engine, final int band, final String name) {
        assertEquals(name, BandNames.name(engine, band));
        assertTrue(name.length() <= 15 || engine > 999_999_999, name);
    }

    @Test
    void strategiesAreAskedForOnceForEachThread() {
        final AtomicInteger asked = new AtomicInteger();
        final Context context = context().threads(3).warmUp(true).idleStrategy(() -> {
            asked.incrementAndGet();
            return new YieldingIdleStrategy();
        });
        // A network that no other test has warmed up.
        final Network network = Network.chain(5, 4, 3, 2).activation(Activation.LOGISTIC)
            .outputActivation(Activation.LEAKY_RELU).build();
        try (Engine engine = Engine.open(network, context)) {
            assertEquals(3, asked.get());
            assertEquals(3, engine.bands().size());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void runnersRunOneBandEach(final int bands) {
        final List<Throwable> errors = new CopyOnWriteArrayList<>();
        final List<AgentRunner> runners = new ArrayList<>();
        try (Engine engine = Engine.open(NETWORK, context().bands(bands))) {
            for (int b = 0; b < bands; b++) {
                runners.add(new AgentRunner(new YieldingIdleStrategy(), errors::add, null, engine.agent(b)));
                AgentRunner.startOnThread(runners.get(b));
            }
            assertEquals(alone(), ticked(engine));
            runners.forEach(AgentRunner::close);
            assertEquals(List.of(), errors);
        }
    }

    @Test
    void oneAgentAndTheCallerShareTheBands() {
        final List<Throwable> errors = new CopyOnWriteArrayList<>();
        try (Engine engine = Engine.open(NETWORK, context().bands(4));
            AgentRunner runner = new AgentRunner(new YieldingIdleStrategy(), errors::add, null, engine.agent(2))) {
            AgentRunner.startOnThread(runner);
            assertEquals(alone(), ticked(engine));
        }
        assertEquals(List.of(), errors);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void invokersRunBandsOnTheSourcesThread(final int bands) {
        final List<Throwable> errors = new CopyOnWriteArrayList<>();
        try (Engine engine = Engine.open(NETWORK, context().bands(bands))) {
            final List<AgentInvoker> invokers = new ArrayList<>();
            for (int b = 0; b < bands; b++) {
                invokers.add(new AgentInvoker(errors::add, null, engine.agent(b)));
                invokers.get(b).start();
            }
            for (int t = 0; t < TICKS; t++) {
                give(engine, t);
                engine.commit();
                assertEquals(bands, invokers.stream().mapToInt(AgentInvoker::invoke).sum());
                assertEquals(0, invokers.stream().mapToInt(AgentInvoker::invoke).sum());
                assertEquals(engine.ticks(), engine.completed());
                engine.await();
            }
            assertEquals(alone(), Bits.of(engine));
        }
        assertEquals(List.of(), errors);
    }

    @Test
    void theCallerMayRunBandsOnBothSidesOfOneThatIsInvoked() {
        try (Engine engine = Engine.open(NETWORK, context().bands(3))) {
            final WaveAgent agent = engine.agent(1);
            for (int t = 0; t < TICKS; t++) {
                give(engine, t);
                engine.commit();
                assertEquals(1, agent.doWork());
                assertEquals(0, agent.doWork());
                engine.await();
            }
            assertEquals(alone(), Bits.of(engine));
        }
    }

    @Test
    void agentsAreAlwaysTheSameAndHaveAName() {
        try (Engine engine = Engine.open(NETWORK, context().bands(3))) {
            assertSame(engine.agent(2), engine.agent(2));
            assertTrue(engine.agent(2).roleName().matches("tickwave-\\d+\\.2"), engine.agent(2)::roleName);
            assertNotEquals(engine.agent(2).roleName(), engine.agent(1).roleName());
            assertThrows(IllegalArgumentException.class, () -> engine.agent(3));
            assertThrows(IllegalArgumentException.class, () -> engine.agent(-1));
        }
        try (Engine engine = Engine.open(NETWORK, context().threads(2))) {
            assertThrows(IllegalStateException.class, () -> engine.agent(1));
            assertSame(engine.agent(0), engine.agent(0));
        }
    }

    @Test
    void bandsAreReportedAsTheyWereCut() {
        try (Engine engine = Engine.open(NETWORK, context().bands(3).cut(1, 3, 2))) {
            ticked(engine);
            final List<Engine.Band> bands = engine.bands();
            assertEquals(List.of(List.of("1"), List.of("2", "3", "4"), List.of("5", "6")), bands.stream().map(Engine.Band::layers).toList());
            assertEquals(1, bands.stream().mapToDouble(Engine.Band::costShare).sum(), 1e-9);
            for (final Engine.Band band : bands) {
                assertTrue(band.costShare() > 0, band::toString);
                assertEquals(0, band.sampledTicks() + band.workedNs() + band.waitedNs(), band::toString);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void bandsTakeTheTimeOfSomeTicks(final int every) {
        try (Engine engine = Engine.open(NETWORK, context().threads(3).sampleEvery(every))) {
            assertEquals(alone(), ticked(engine));
            final List<Engine.Band> before = engine.bands();
            engine.advance(every);
            final List<Engine.Band> after = engine.bands();
            for (int b = 0; b < 3; b++) {
                assertTrue(before.get(b).workedNs() > 0, before::toString);
                assertTrue(before.get(b).waitedNs() > 0, before::toString);
                // Another thread's band counts a timed tick after it has published the tick.
                assertEquals((TICKS + every - 1) / every, before.get(b).sampledTicks(), b == 0 ? 0 : 1, before::toString);
                assertTrue(after.get(b).workedNs() >= before.get(b).workedNs());
            }
            assertEquals(before.get(0).sampledTicks() + 1, after.get(0).sampledTicks());
            assertTrue(after.get(0).workedNs() > before.get(0).workedNs());
        }
    }

    @Test
    void moreThreadsThanCoresDoNotStandInEachOthersWay() {
        fiveThreads(2_000);
    }

    @Test
    @Tag("soak")
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void fiveThreadsDoTwentyThousandTicks() {
        fiveThreads(20_000);
    }

    private static void fiveThreads(final int ticks) {
        final int[] widths = new int[11];
        Arrays.fill(widths, 64);
        try (Engine engine = Engine.open(Network.chain(widths).build(), context().threads(5))) {
            for (int t = 0; t < ticks; t++) {
                give(engine, t % 10);
                engine.tick();
            }
            assertEquals(ticks, engine.completed());
        }
    }

    @Test
    void fewThreadsAreSuggestedForLittleWork() {
        assertEquals(1, Engine.suggestedThreads(Network.chain(8, 8, 8).build(), context()));
        final int[] widths = new int[21];
        Arrays.fill(widths, 512);
        assertEquals(Math.min(20, Runtime.getRuntime().availableProcessors()),
            Engine.suggestedThreads(Network.chain(widths).build(), context()));
    }

    @Test
    void aThreadThatEndsBeforeItRunsItsBandIsToldOfAtOnce() {
        final IllegalStateException e = assertThrows(IllegalStateException.class, () -> Engine.open(
            Network.chain(3, 4, 2).build(), new Context().threads(2).threadFactory(work -> new Thread(() -> { }, "idler"))));
        assertEquals("the thread for band 1 (idler) ended without running the band", e.getMessage());
    }

    @Test
    void anAgentThatWasStartedOnTheCallersThreadIsNotWaitedFor() {
        try (Engine engine = Engine.open(Network.chain(3, 4, 2).build(), new Context().bands(2))) {
            final WaveAgent agent = engine.agent(1);
            agent.onStart();
            engine.input(new float[3]);
            assertThrows(IllegalStateException.class, engine::tick);
            assertEquals(0, engine.ticks());
            agent.onClose();
            assertTrue(agent.roleName().matches("tickwave-\\d+\\.1"), agent::roleName);
        }
    }

    /** A thread of the engine's own never leaves its band, so the second thread is refused at any time. */
    @Test
    void aSecondThreadInABandIsRefusedAndNeitherTheFirstNorTheEngineFails() throws Exception {
        final List<Runnable> lives = new CopyOnWriteArrayList<>();
        final Context context = context().threads(2).threadFactory(work -> {
            lives.add(work);
            return new Thread(work, "first");
        });
        try (Engine engine = Engine.open(NETWORK, context)) {
            give(engine, 0);
            engine.tick();
            final FutureTask<Void> second = new FutureTask<>(lives.getFirst(), null);
            new Thread(second, "second").start();
            final ExecutionException e = assertThrows(ExecutionException.class, () -> second.get(10, TimeUnit.SECONDS));
            assertInstanceOf(IllegalStateException.class, e.getCause());
            assertEquals("band 1: thread \"second\" entered while thread \"first\" was inside: expected one thread at a time",
                e.getCause().getMessage());
            for (int t = 1; t < TICKS; t++) {
                give(engine, t);
                engine.tick();
            }
            assertEquals(alone(), Bits.of(engine));
        }
    }

    @Test
    void anAgentThatTwoThreadsCallDoesEachTickOnce() throws Exception {
        final AtomicBoolean ends = new AtomicBoolean();
        final List<FutureTask<Long>> callers = new ArrayList<>();
        try (Engine engine = Engine.open(NETWORK, context().bands(2))) {
            final WaveAgent agent = engine.agent(1);
            for (int i = 0; i < 2; i++) {
                callers.add(new FutureTask<>(() -> ticksUntil(ends, agent)));
                new Thread(callers.get(i), "caller " + i).start();
            }
            assertEquals(alone(), ticked(engine));
            ends.set(true);
            assertEquals(TICKS, callers.get(0).get() + callers.get(1).get());
            assertEquals(alone(), Bits.of(engine));
        }
    }

    private static long ticksUntil(final AtomicBoolean ends, final WaveAgent agent) {
        long ticks = 0;
        while (!ends.get()) {
            try {
                ticks += agent.doWork();
            } catch (final IllegalStateException e) {
                assertTrue(e.getMessage().matches("band 1: thread \"caller .\" entered while thread \"caller .\" was inside: .*"),
                    e::getMessage);
            }
        }
        return ticks;
    }

    /** An idle strategy that calls the engine on the engine's waiting thread. */
    @Test
    void aThreadThatEntersItsOwnBandAgainIsRefused() {
        final Engine[] engine = new Engine[1];
        final List<Throwable> thrown = new ArrayList<>();
        final Context context = context().bands(2).idleStrategy(() -> new Idle(() -> {
            thrown.add(assertThrows(IllegalStateException.class, engine[0]::await));
            engine[0].close();
        }));
        engine[0] = Engine.open(NETWORK, context);
        engine[0].agent(1);
        give(engine[0], 0);
        assertThrows(IllegalStateException.class, () -> engine[0].advance(5));
        assertEquals(List.of("band 0: thread \"" + Thread.currentThread().getName()
            + "\" entered while the same thread was inside: expected one thread at a time"),
            thrown.stream().map(Throwable::getMessage).toList());
    }
}
