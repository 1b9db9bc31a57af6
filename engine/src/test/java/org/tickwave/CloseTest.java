package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class CloseTest {
    private static final int ROUNDS = 100;
    private static final Network NETWORK = Network.chain(3, 5, 2).build();
    private static final float[] FRAME = {.1f, .2f, .3f};
    private static final float[] TARGET = {.4f, .5f};

    /** The arena of the image, and whether the embedder can close that arena. */
    enum Memory {
        OWN(() -> null, false),
        CONFINED(Arena::ofConfined, true),
        SHARED(Arena::ofShared, true),
        AUTO(Arena::ofAuto, false),
        GLOBAL(Arena::global, false);

        final Supplier<Arena> arena;
        final boolean closeable;

        Memory(final Supplier<Arena> arena, final boolean closeable) {
            this.arena = arena;
            this.closeable = closeable;
        }
    }

    private static Engine open(final Arena arena) {
        final Engine engine = Engine.open(NETWORK, new Context().arena(arena));
        engine.input(FRAME).target(TARGET).tick();
        return engine;
    }

    /** Every public method with any arguments: the error that the engine is closed comes before every other error. */
    private static void everythingThrows(final Engine engine, final Waves waves) {
        final List<Method> methods = PublicMethods.of(Engine.class, Set.of("close", "network", "toString"));
        assertTrue(methods.size() > 20, methods::toString);
        methods.forEach(method -> throwsClosed(engine, method));
        final List<Method> readers = PublicMethods.of(Waves.class, Set.of("toString"));
        assertEquals(3, readers.size(), readers::toString);
        readers.forEach(method -> throwsClosed(waves, method));
    }

    private static void tellsWhatItIs(final Engine engine, final Waves waves) {
        assertEquals("Engine[3-5-2, aligned, bands=1, ticks=1, closed]", engine.toString());
        assertEquals("Waves[3-5-2, closed]", waves.toString());
    }

    private static void throwsClosed(final Object on, final Method method) {
        final Throwable e = PublicMethods.thrown(on, method);
        assertInstanceOf(IllegalStateException.class, e, method::toString);
        assertEquals("the engine is closed", e.getMessage(), method::toString);
    }

    private static void elsewhere(final Runnable work) throws Exception {
        final FutureTask<Void> task = new FutureTask<>(work, null);
        Thread.ofPlatform().start(task);
        task.get();
    }

    @ParameterizedTest
    @EnumSource
    void everyMethodOfAClosedEngineThrowsWhicheverThreadCalls(final Memory memory) throws Exception {
        final Engine engine = open(memory.arena.get());
        final Waves waves = engine.waves();
        engine.close();
        everythingThrows(engine, waves);
        elsewhere(() -> everythingThrows(engine, waves));
        tellsWhatItIs(engine, waves);
        elsewhere(() -> tellsWhatItIs(engine, waves));
    }

    @ParameterizedTest
    @EnumSource
    void closingTheEmbeddersArenaClosesTheEngineToo(final Memory memory) throws Exception {
        if (memory.closeable) {
            final Arena arena = memory.arena.get();
            final Engine engine = open(arena);
            final Waves waves = engine.waves();
            arena.close();
            everythingThrows(engine, waves);
            elsewhere(() -> everythingThrows(engine, waves));
            tellsWhatItIs(engine, waves);
            elsewhere(() -> tellsWhatItIs(engine, waves));
            engine.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anyThreadMayAskAnOpenEngineWhatItIs(final Memory memory) throws Exception {
        try (Engine engine = open(memory.arena.get())) {
            final String agent = engine.agent(0).toString();
            elsewhere(() -> {
                assertEquals("Engine[3-5-2, aligned, bands=1, ticks=1, open]", engine.toString());
                assertEquals(agent, "WaveAgent[" + agent.substring(10, agent.indexOf(',')) + ", " + engine + "]");
            });
            assertEquals("Waves[3-5-2, open]", engine.waves().toString());
            assertTrue(agent.matches("WaveAgent\\[tickwave-\\d+\\.0, Engine\\[.*]]"), agent);
        }
    }

    @ParameterizedTest
    @EnumSource
    void closingTwiceIsFineAndSoIsAskingForTheNetwork(final Memory memory) throws Exception {
        final Engine engine = open(memory.arena.get());
        engine.close();
        engine.close();
        elsewhere(engine::close);
        assertSame(NETWORK, engine.network());
    }

    @Test
    void anEmbeddersArenaOutlivesTheEngine() {
        try (Arena arena = Arena.ofConfined()) {
            final Engine engine = open(arena);
            final MemorySegment output = engine.output();
            engine.close();
            assertTrue(arena.scope().isAlive());
            assertDoesNotThrow(() -> output.get(ValueLayout.JAVA_FLOAT, 0));
        }
    }

    @Test
    void theEnginesOwnMemoryIsFreed() {
        final Engine engine = open(null);
        final MemorySegment output = engine.output();
        engine.close();
        assertFalse(output.scope().isAlive());
    }

    /** One thread ticks while another closes: 100 times, each time at another point of a tick. */
    private static void closeWhile(final Memory memory, final boolean arenaItself, final Use use) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            final Arena arena = memory.arena.get();
            final Engine engine = open(arena);
            final Waves waves = engine.waves();
            final CountDownLatch running = new CountDownLatch(1 + round);
            final FutureTask<IllegalStateException> ends =
                new FutureTask<>(() -> untilClosed(() -> use.of(engine, waves), running));
            Thread.ofPlatform().start(ends);
            running.await();
            if (arenaItself) {
                arena.close();
            } else {
                engine.close();
            }
            assertInstanceOf(IllegalStateException.class, ends.get());
            engine.close();
            if (arena != null && !arenaItself && memory.closeable) {
                arena.close();
            }
        }
    }

    /** What a thread does while another closes. */
    private interface Use {
        void of(Engine engine, Waves waves);
    }

    private static IllegalStateException untilClosed(final Runnable work, final CountDownLatch running) {
        try {
            while (true) {
                work.run();
                running.countDown();
            }
        } catch (final IllegalStateException e) {
            return e;
        }
    }

    private static void learn(final Engine engine, final Waves waves) {
        engine.input(FRAME).target(TARGET).tick();
        engine.advance(3);
    }

    private static void answer(final Engine engine, final Waves waves) {
        engine.answer(FRAME, new float[2]);
    }

    private static void read(final Engine engine, final Waves waves) {
        final float[] to = new float[5];
        waves.activation(1, 1, to);
        waves.delta(1, 0, to);
        waves.frame(2, 1);
    }

    @Test
    void closingWhileAnotherThreadTicksEndsItsTicks() throws Exception {
        closeWhile(Memory.OWN, false, CloseTest::learn);
    }

    @Test
    void closingWhileAnotherThreadReadsWavesEndsItsReading() throws Exception {
        closeWhile(Memory.OWN, false, CloseTest::read);
    }

    @Test
    void closingWhileAnotherThreadAnswersEndsItsAnswers() throws Exception {
        closeWhile(Memory.OWN, false, CloseTest::answer);
        closeWhile(Memory.SHARED, false, CloseTest::answer);
        closeWhile(Memory.SHARED, true, CloseTest::answer);
    }

    @Test
    void closingAnEngineInASharedArenaWhileAnotherThreadTicksEndsItsTicks() throws Exception {
        closeWhile(Memory.SHARED, false, CloseTest::learn);
    }

    @Test
    void closingASharedArenaWhileAnotherThreadTicksEndsItsTicks() throws Exception {
        closeWhile(Memory.SHARED, true, CloseTest::learn);
    }

    @ParameterizedTest
    @EnumSource(value = Memory.class, names = {"OWN", "SHARED"})
    void closingEndsALongAdvanceThatIsUnderWay(final Memory memory) throws Exception {
        final Engine engine = open(memory.arena.get());
        final FutureTask<IllegalStateException> ends =
            new FutureTask<>(() -> assertThrows(IllegalStateException.class, () -> engine.advance(Long.MAX_VALUE)));
        new Thread(ends).start();
        // The ring of the output drops the output of tick 0 after two more ticks.
        while (engine.waves().frame(2, 1) >= 0) {
            Thread.onSpinWait();
        }
        engine.close();
        assertTrue(ends.get().getMessage().toLowerCase(Locale.ROOT).contains("closed"), ends.get().getMessage());
    }
}
