package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.agrona.concurrent.errors.DistinctErrorLog;
import org.agrona.concurrent.errors.ErrorLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The error handler and the error log get what fails: once, on the thread that runs the band. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ErrorHandlerTest {
    private static final Network NETWORK = Network.chain(3, 5, 4, 2).build();
    private static final float[] FRAME = {.1f, .2f, .3f};

    private final List<Throwable> handled = new CopyOnWriteArrayList<>();
    private final List<Thread> on = new CopyOnWriteArrayList<>();
    private final UnsafeBuffer errors = new UnsafeBuffer(ByteBuffer.allocateDirect(1 << 16));
    private final DistinctErrorLog log = new DistinctErrorLog(errors, () -> 1);

    private Context context() {
        return new Context().name("camera").stallLimitNs(Driver.STALL_NS).errorHandler(this::handle).errorLog(log);
    }

    private void handle(final Throwable failure) {
        on.add(Thread.currentThread());
        handled.add(failure);
    }

    /** What another process reads: count and text of each kind of error. */
    private List<String> logged() {
        final List<String> logged = new ArrayList<>();
        ErrorLogReader.read(errors, (count, first, last, text) -> logged.add(count + " " + text.lines().findFirst().orElseThrow()));
        return logged;
    }

    private static Supplier<IdleStrategy> throwing(final int which, final RuntimeException what) {
        final AtomicInteger count = new AtomicInteger();
        return () -> count.getAndIncrement() == which ? new Idle(() -> {
            throw what;
        }) : new YieldingIdleStrategy();
    }

    private static void forever(final Engine engine) {
        while (true) {
            engine.input(FRAME).tick();
        }
    }

    @Test
    void aThreadOfTheEnginesOwnTellsOfItsBand() throws InterruptedException {
        final RuntimeException cause = new IllegalStateException("own");
        try (Engine engine = Engine.open(NETWORK, context().threads(2).idleStrategy(throwing(1, cause)))) {
            final BandFailedException thrown = assertThrows(BandFailedException.class, () -> forever(engine));
            while (on.isEmpty()) {
                Thread.onSpinWait();
            }
            on.getFirst().join();
            assertEquals("camera.1", on.getFirst().getName());
            assertThrows(BandFailedException.class, engine::await);
            expect(thrown, cause);
        }
    }

    private void expect(final BandFailedException thrown, final RuntimeException cause) {
        assertEquals(1, handled.size(), handled::toString);
        final BandFailedException told = assertInstanceOf(BandFailedException.class, handled.getFirst());
        assertEquals(thrown.getMessage(), told.getMessage());
        assertEquals(List.of(thrown.band(), thrown.layer(), thrown.tick()), List.of(told.band(), told.layer(), told.tick()));
        assertSame(cause, told.getCause());
        assertEquals(List.of("1 " + BandFailedException.class.getName() + ": " + thrown.getMessage()), logged());
    }

    @Test
    void theSourceTellsOfItsBand() {
        final RuntimeException cause = new IllegalStateException("source");
        try (Engine engine = Engine.open(NETWORK, context().bands(2).idleStrategy(throwing(0, cause)))) {
            engine.agent(1);
            engine.input(FRAME);
            final BandFailedException thrown = assertThrows(BandFailedException.class, engine::tick);
            assertSame(Thread.currentThread(), on.getFirst());
            assertThrows(BandFailedException.class, engine::tick);
            expect(thrown, cause);
        }
    }

    /** Assertions are on, and an assertion finds the slot with a wrong tick. */
    @Test
    void theThreadOfAnAgentTellsOfItsBand() throws InterruptedException {
        try (ImageArena arena = new ImageArena(Arena.ofShared()); Engine engine = Engine.open(NETWORK, context().bands(2).cut(1, 2).arena(arena))) {
            final AgentRunner runner = new AgentRunner(new YieldingIdleStrategy(), e -> { }, null, engine.agent(1));
            final Thread thread = AgentRunner.startOnThread(runner);
            engine.input(FRAME).tick();
            engine.input(FRAME);
            arena.misdate(NETWORK, Rule.aligned(), 1, 1);
            final BandFailedException thrown = assertThrows(BandFailedException.class, engine::tick);
            thread.join();
            assertEquals(List.of(thread), on);
            assertEquals(1, handled.size());
            assertEquals(2, thrown.layer());
            assertEquals(thrown.getMessage(), handled.getFirst().getMessage());
        }
    }

    @Test
    void aHandlerThatThrowsHidesNothing() {
        final RuntimeException cause = new IllegalStateException("source");
        final RuntimeException handlers = new IllegalStateException("the handler's");
        final Context context = context().errorHandler(e -> {
            throw handlers;
        });
        try (Engine engine = Engine.open(NETWORK, context.bands(2).idleStrategy(throwing(0, cause)))) {
            engine.agent(1);
            engine.input(FRAME);
            final BandFailedException thrown = assertThrows(BandFailedException.class, engine::tick);
            assertSame(cause, thrown.getCause());
            assertArrayEquals(new Throwable[] {handlers}, cause.getSuppressed());
        }
    }

    /** A common handler throws what it gets. An exception cannot suppress itself. */
    @Test
    void aHandlerMayThrowWhatItGets() {
        final RuntimeException cause = new IllegalStateException("source");
        final Context context = context().errorHandler(e -> {
            throw (BandFailedException) e;
        });
        try (Engine engine = Engine.open(NETWORK, context.bands(2).idleStrategy(throwing(0, cause)))) {
            engine.agent(1);
            engine.input(FRAME);
            assertSame(cause, assertThrows(BandFailedException.class, engine::tick).getCause());
            assertEquals(0, cause.getSuppressed().length);
        }
    }

    @Test
    void aHandlerMayCloseTheEngine() throws InterruptedException {
        final AtomicReference<Engine> open = new AtomicReference<>();
        final CountDownLatch opened = new CountDownLatch(1);
        final CountDownLatch closed = new CountDownLatch(1);
        final Context context = context().errorHandler(e -> {
            open.get().close();
            closed.countDown();
        });
        // The thread begins to wait before open() has returned.
        final Supplier<IdleStrategy> strategies = () -> new Idle(() -> {
            if (Thread.currentThread().getName().equals("camera.1")) {
                uninterruptibly(opened);
                throw new IllegalStateException("own");
            }
            Thread.yield();
        });
        open.set(Engine.open(NETWORK, context.threads(2).idleStrategy(strategies)));
        opened.countDown();
        closed.await();
        assertEquals("the engine is closed", assertThrows(IllegalStateException.class, open.get()::tick).getMessage());
    }

    private static void uninterruptibly(final CountDownLatch latch) {
        try {
            latch.await();
        } catch (final InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** A closed engine has not failed, also if the embedder closes its arena. */
    @Test
    void theEndOfAnEngineIsNoFailure() {
        for (int round = 0; round < 20; round++) {
            final Arena arena = Arena.ofShared();
            final Engine engine = Engine.open(NETWORK, context().threads(3).arena(arena));
            engine.input(FRAME).tick();
            arena.close();
            assertThrows(IllegalStateException.class, engine::tick);
            engine.close();
            final Engine other = Engine.open(NETWORK, context().threads(3));
            other.input(FRAME).tick();
            other.close();
        }
        assertEquals(List.of(), handled);
        assertEquals(List.of(), logged());
    }

    @Test
    void theLogGetsStallsAndGuardTripsToo() {
        try (Engine engine = Engine.open(NETWORK, context().bands(2).stallLimitNs(1_000_000))) {
            final WaveAgent agent = engine.agent(1);
            engine.input(FRAME);
            assertThrows(BandStalledException.class, engine::tick);
            assertThrows(BandStalledException.class, engine::await);
            assertEquals(2, logged().stream().mapToInt(line -> Integer.parseInt(line.substring(0, 1))).sum(), () -> logged().toString());
            while (engine.completed() < engine.ticks()) {
                agent.doWork();
            }
        }
        final int stalls = logged().size();
        try (Engine engine = Engine.open(NETWORK, context())) {
            engine.setWeights(1, filled(15), new float[5]);
            engine.input(new float[] {1 << 29, 1 << 29, 1 << 29});
            final GuardTripException trip = assertThrows(GuardTripException.class, engine::tick);
            assertEquals("1 " + GuardTripException.class.getName() + ": " + trip.getMessage(), logged().getLast());
            assertEquals(stalls + 1, logged().size());
        }
        assertEquals(List.of(), handled);
    }

    private static float[] filled(final int count) {
        final float[] numbers = new float[count];
        Arrays.fill(numbers, 1 << 20);
        return numbers;
    }
}
