package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.agrona.concurrent.IdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tickwave.layout.HeaderDescriptor;
import org.tickwave.layout.ImageState;
import org.tickwave.pipeline.StateWords;

/** The state and MAGIC, from opening to closing. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ImageStateTest {
    private static final Network NETWORK = Network.chain(3, 4, 4, 2).build();
    private static final float[] FRAME = {.1f, .2f, .3f};
    private static final float[] TARGET = {.4f, .5f};

    private static Context context() {
        return new Context().stallLimitNs(Driver.STALL_NS);
    }

    private static void expect(final ImageState state, final ImageArena arena) {
        assertEquals(state, StateWords.stateAcquire(arena.image()));
    }

    private static boolean magic(final MemorySegment image) {
        return image.get(ValueLayout.JAVA_LONG, HeaderDescriptor.MAGIC_OFFSET) == HeaderDescriptor.MAGIC;
    }

    /** The thread factory looks at the image in the middle of opening, in memory that holds another image's MAGIC. */
    @Test
    void thereIsNoMagicWhileTheEngineOpens() {
        final List<String> seen = new ArrayList<>();
        try (ImageArena arena = new ImageArena(Arena.ofShared())) {
            final MemorySegment slab = arena.allocate(Engine.imageBytes(NETWORK, context()), Engine.IMAGE_ALIGNMENT_BYTES);
            final ThreadFactory looks = work -> {
                seen.add(StateWords.stateAcquire(slab) + " " + magic(slab));
                return new Thread(work);
            };
            for (int round = 0; round < 2; round++) {
                final Context context = context().arena(new Slab(slab)).threads(3).threadFactory(looks);
                try (Engine engine = Engine.open(NETWORK, context)) {
                    expect(ImageState.AT_REST, arena);
                    assertTrue(magic(slab));
                    assertEquals(0, engine.ticks());
                }
                assertTrue(magic(slab), "the image outlives the engine");
            }
        }
        assertEquals(List.of("OPENING false", "OPENING false", "OPENING false", "OPENING false"), seen);
    }

    private static void expectNoMagic(final ImageState state, final Context context) {
        try (ImageArena arena = new ImageArena(Arena.ofShared())) {
            assertThrows(RuntimeException.class, () -> Engine.open(NETWORK, context.arena(arena)));
            expect(state, arena);
            assertEquals(0, arena.image().get(ValueLayout.JAVA_LONG, HeaderDescriptor.MAGIC_OFFSET));
        }
    }

    @Test
    void thereIsNoMagicIfOpeningFails() {
        final Supplier<IdleStrategy> none = () -> null;
        expectNoMagic(ImageState.OPENING, context().idleStrategy(none));
        expectNoMagic(ImageState.CLOSED, context().threads(2).threadFactory(work -> null));
        expectNoMagic(ImageState.CLOSED, context().threads(2).threadFactory(work -> new Thread(() -> { })));
        expectNoMagic(ImageState.CLOSED, context().threads(2).threadFactory(work -> {
            throw new IllegalArgumentException("of the test");
        }));
    }

    @Test
    void anArenaThatThrowsLeavesItsMemoryAsItIs() {
        try (Arena arena = Arena.ofShared()) {
            final long bytes = Engine.imageBytes(NETWORK, context());
            final MemorySegment slab = arena.allocate(bytes, Engine.IMAGE_ALIGNMENT_BYTES).fill((byte) 7);
            assertThrows(IllegalArgumentException.class,
                () -> Engine.open(NETWORK, context().arena(new Slab(slab.asReadOnly()))));
            assertEquals(7, slab.get(ValueLayout.JAVA_BYTE, HeaderDescriptor.MAGIC_OFFSET));
        }
    }

    @Test
    void commitTicksAndAwaitRests() {
        try (ImageArena arena = new ImageArena(Arena.ofShared());
             Engine engine = Engine.open(NETWORK, context().arena(arena).bands(2))) {
            final WaveAgent lower = engine.agent(0);
            final WaveAgent upper = engine.agent(1);
            engine.input(FRAME).target(TARGET);
            expect(ImageState.AT_REST, arena);
            engine.commit();
            expect(ImageState.TICKING, arena);
            lower.doWork();
            expect(ImageState.TICKING, arena);
            upper.doWork();
            expect(ImageState.TICKING, arena);
            assertEquals(1, engine.completed());
            assertTrue(engine.ready());
            expect(ImageState.TICKING, arena);
            engine.commit();
            lower.doWork();
            upper.doWork();
            onAnotherThread(engine::await);
            expect(ImageState.AT_REST, arena);
            engine.commit();
            expect(ImageState.TICKING, arena);
        }
    }

    /** A thread that calls an agent may not wait for the agent. */
    private static void onAnotherThread(final Runnable work) {
        final FutureTask<Void> task = new FutureTask<>(work, null);
        Thread.ofPlatform().start(task);
        try {
            task.get();
        } catch (final Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aTickRestsAndSoDoesEveryCallThatWaits() {
        try (ImageArena arena = new ImageArena(Arena.ofShared());
             Engine engine = Engine.open(NETWORK, context().arena(arena).threads(2))) {
            engine.input(FRAME).target(TARGET).tick();
            expect(ImageState.AT_REST, arena);
            engine.advance(5);
            expect(ImageState.AT_REST, arena);
            for (final Runnable call : List.<Runnable>of(
                engine::reset, () -> engine.answer(FRAME, new float[2]), () -> engine.biases(1, new float[4]),
                () -> engine.setBiases(1, new float[4]), engine::await)) {
                engine.input(FRAME).commit();
                expect(ImageState.TICKING, arena);
                call.run();
                expect(ImageState.AT_REST, arena);
            }
        }
    }

    @Test
    void aFailureStaysUntilTheEngineIsClosed() {
        final Rule rule = Rule.aligned();
        try (ImageArena arena = new ImageArena(Arena.ofShared())) {
            try (Engine engine = Engine.open(NETWORK, context().arena(arena).rule(rule).threads(2))) {
                engine.input(FRAME).target(TARGET).tick();
                arena.misdate(NETWORK, rule, 1, 1);
                assertThrows(BandFailedException.class, engine::tick);
                expect(ImageState.FAILED, arena);
                assertThrows(BandFailedException.class, engine::tick);
                assertThrows(BandFailedException.class, engine::await);
                engine.biases(1, new float[4]);
                expect(ImageState.FAILED, arena);
            }
            expect(ImageState.CLOSED, arena);
            assertTrue(magic(arena.image()));
        }
    }

    /** The caller is in no band when its idle strategy throws. */
    @Test
    void aFailureOfTheCallerIsSeenToo() {
        try (ImageArena arena = new ImageArena(Arena.ofShared());
             Engine engine = Engine.open(NETWORK, context().arena(arena).bands(2).idleStrategy(() -> new Idle(() -> {
                 throw new IllegalArgumentException("of the test");
             })))) {
            engine.agent(1);
            engine.input(FRAME);
            assertThrows(BandFailedException.class, engine::tick);
            expect(ImageState.FAILED, arena);
        }
    }

    @Test
    void anImageIsClosedOnceAndThenLeftAlone() {
        try (ImageArena arena = new ImageArena(Arena.ofShared())) {
            final Engine engine = Engine.open(NETWORK, context().arena(arena).threads(2));
            engine.input(FRAME).target(TARGET).tick();
            engine.close();
            expect(ImageState.CLOSED, arena);
            arena.poison();
            engine.close();
            assertTrue(arena.stillPoisoned());
        }
    }

    @Test
    void closingAfterTheArenaOrFromAnotherThreadDoesNotThrow() {
        final Arena gone = Arena.ofShared();
        final Engine inGone = Engine.open(NETWORK, context().arena(gone).threads(2));
        gone.close();
        inGone.close();
        try (ImageArena confined = new ImageArena(Arena.ofConfined())) {
            final Engine engine = Engine.open(NETWORK, context().arena(confined));
            onAnotherThread(engine::close);
            expect(ImageState.AT_REST, confined);
            assertThrows(IllegalStateException.class, engine::tick);
        }
    }

    @Test
    void eachNumberOfTheDigestCounts() {
        final List<Long> digests = new ArrayList<>();
        digests.add(digest(Network.chain(3, 4, 2), context()));
        digests.add(digest(Network.chain(3, 2, 2), context()));
        digests.add(digest(Network.chain(3, 4, 4, 2), context()));
        digests.add(digest(Network.chain(3, 4, 2).activation(Activation.RELU), context()));
        digests.add(digest(Network.chain(3, 4, 2).outputActivation(Activation.TANH), context()));
        digests.add(digest(Network.chain(3, 4, 2).loss(Loss.SOFTMAX_CROSS_ENTROPY), context()));
        digests.add(digest(Network.chain(3, 4, 2), context().rule(Rule.diffusion())));
        digests.add(digest(Network.chain(3, 4, 2), context().rule(Rule.window(2))));
        digests.add(digest(Network.chain(3, 4, 2), context().clip(1)));
        digests.add(digest(Network.chain(3, 4, 2), context().guard(Engine.Guard.COUNT)));
        assertEquals(digests.size(), digests.stream().distinct().count(), digests::toString);
    }

    @Test
    void whatChangesNoResultAndWhatIsInTheImageDoesNotCount() {
        final long expected = digest(Network.chain(3, 4, 2), context());
        for (final Context context : List.of(context().threads(2), context().bands(2), context().rate(.5f), context().hold(3),
            context().learning(false), context().seed(9), context().history(4), context().rule(Rule.window(3)),
            context().idleStrategy(() -> new Idle(Thread::yield)), context().sampleEvery(3), context().cacheBytes(1))) {
            assertEquals(expected, digest(Network.chain(3, 4, 2), context), context::toString);
        }
    }

    private static long digest(final Network.Builder network, final Context context) {
        try (ImageArena arena = new ImageArena(Arena.ofShared());
             Engine engine = Engine.open(network.build(), context.arena(arena))) {
            assertEquals(0, engine.ticks());
            return arena.image().get(ValueLayout.JAVA_LONG, HeaderDescriptor.DIGEST_OFFSET);
        }
    }
}
