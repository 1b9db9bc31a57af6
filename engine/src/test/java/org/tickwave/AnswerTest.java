package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Random;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tickwave.kernel.AtEveryLaneWidth;
import org.tickwave.kernel.ScalarLayer;
import org.tickwave.layout.ImageLayout;
import org.tickwave.layout.Region;
import org.tickwave.pipeline.Draw;

/** {@link Engine#answer}: its bits, and that it changes nothing. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AnswerTest {
    private static final int NETWORKS = 200;
    /** Runs at lane widths other than the machine's own. */
    private static final int FEWER = 30;
    private static final long FIRST_SEED = 20_261_128;
    private static final float UNTOUCHED = -77;
    private static final int MILLION = 1_000_000;

    /** Each wider layer leaves numbers where the next pass has the padding of a narrower layer. */
    private static final int OUT = 40;
    private static final Network NETWORK = Network.chain(7, 3, 70, 19, OUT).activation(Activation.LEAKY_RELU).build();

    private static float[] scalar(final Engine engine, final float[] frame) {
        float[] x = ScalarLayer.admitted(frame);
        for (int l = 1; l <= engine.network().layers() && x != null; l++) {
            x = ScalarLayer.forward(
                engine.network().activation(l).sigma, Bits.weights(engine, l), Bits.biases(engine, l), x);
        }
        return x;
    }

    /** Drives an engine as another way does, and asks for answers all the time. */
    private static final class Asking implements RandomRun.Way {
        private final RandomRun.Way way;
        private final Random random;
        int good;
        int refused;

        Asking(final RandomRun.Way way, final long seed) {
            this.way = way;
            random = new Random(seed);
        }

        private void ask(final Engine engine) {
            if (random.nextInt(3) > 0) {
                return;
            }
            final float[] frame = Draw.vector(random, engine.network().width(0));
            if (random.nextInt(8) == 0) {
                frame[random.nextInt(frame.length)] = 1e-31f;
            } else if (random.nextInt(8) == 0) {
                frame[random.nextInt(frame.length)] = 0x1p30f;
            }
            final float[] to = new float[engine.network().width(engine.network().layers())];
            Arrays.fill(to, UNTOUCHED);
            final float[] untouched = to.clone();
            way.beforeWaiting(engine);
            final boolean answered = engine.answer(frame, to);
            assertEquals(engine.ticks(), engine.completed());
            final float[] expected = scalar(engine, frame);
            assertEquals(expected != null, answered);
            assertArrayEquals(answered ? expected : untouched, to);
            good += answered ? 1 : 0;
            refused += answered ? 0 : 1;
        }

        /** Called before a frame is given, and between the frame and its commit. */
        @Override
        public void ready(final Engine engine) {
            ask(engine);
            way.ready(engine);
        }

        /** Asks while committed ticks are under way. */
        @Override
        public void ticks(final Engine engine, final long count) {
            way.ticks(engine, count);
            ask(engine);
        }

        @Override
        public void finish(final Engine engine) {
            way.finish(engine);
            ask(engine);
        }

        @Override
        public void beforeWaiting(final Engine engine) {
            way.beforeWaiting(engine);
        }
    }

    @Test
    @AtEveryLaneWidth
    void randomNetworksAnswerWithTheBitsOfAScalarPassAndLearnTheSameBitsAsWithoutIt() {
        final int networks = System.getProperty("tickwave.test.lanes") == null ? NETWORKS : FEWER;
        int good = 0;
        int refused = 0;
        for (long seed = FIRST_SEED; seed < FIRST_SEED + networks; seed++) {
            final RandomRun run = new RandomRun(seed);
            final Driver.Kind kind = Driver.Kind.values()[(int) (seed % Driver.Kind.values().length)];
            try (Driver plain = new Driver(kind, run, seed); Driver asked = new Driver(kind, run, seed)) {
                final Asking asking = new Asking(asked, seed);
                final String what = run + ", " + kind + ", " + asked.engine.bands();
                try {
                    assertEquals(run.bits(plain.engine, plain), run.bits(asked.engine, asking), what);
                } catch (final RuntimeException | AssertionError e) {
                    throw new AssertionError(what, e);
                }
                good += asking.good;
                refused += asking.refused;
            }
        }
        final String counts = good + " answers, " + refused + " refused";
        assertTrue(good > 5 * networks && refused > networks / 20, counts);
    }

    private static Engine learnt(final Context context) {
        final Engine engine = Engine.open(NETWORK, context.rate(.001f));
        final Random random = new Random(4);
        for (int t = 0; t < 20; t++) {
            final float[] target = Draw.vector(random, NETWORK.width(NETWORK.layers()));
            engine.input(Draw.vector(random, NETWORK.width(0))).target(target).tick();
        }
        return engine;
    }

    private static float[] nines() {
        final float[] numbers = new float[OUT];
        Arrays.fill(numbers, 9);
        return numbers;
    }

    private static float[] frame(final int seed) {
        return Draw.vector(new Random(seed), NETWORK.width(0));
    }

    private static byte[] withoutItsRegion(final MemorySegment image, final Rule rule) {
        final ImageLayout layout = new ImageLayout(NETWORK.geometry(rule.on(NETWORK.wiring()), 0));
        final Region region =
            layout.regions().stream().filter(one -> one.kind() == Region.Kind.ANSWER).findAny().orElseThrow();
        final byte[] bytes = image.toArray(ValueLayout.JAVA_BYTE);
        Arrays.fill(bytes, (int) region.offset(), (int) region.end(), (byte) 0);
        return bytes;
    }

    /** With a frame and a target that wait for their tick. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void theWholeImageButItsRegionStaysAsItIs(final int threads) {
        try (ImageArena arena = new ImageArena(Arena.ofShared());
             Engine engine = learnt(new Context().arena(arena).threads(threads))) {
            final float[] to = new float[OUT];
            for (int t = 0; t < 30; t++) {
                engine.input(frame(t)).target(Draw.vector(new Random(t), OUT));
                final byte[] before = withoutItsRegion(arena.image(), Rule.aligned());
                assertTrue(engine.answer(frame(-t), to));
                assertFalse(engine.answer(new float[] {0x1p30f, 0x1p30f, -0x1p30f, 0x1p30f, -0x1p30f, -0x1p30f, 0x1p30f}, to));
                assertArrayEquals(before, withoutItsRegion(arena.image(), Rule.aligned()));
                engine.tick();
            }
        }
    }

    @Test
    void aMillionCallsChangeNeitherWeightsNorWavesNorCounters() {
        final Network network = Network.chain(3, 5, 2).build();
        try (Engine engine = Engine.open(network, new Context()); Engine other = Engine.open(network, new Context())) {
            final float[] to = new float[2];
            final float[] frame = {1, 2, 3};
            for (final Engine one : new Engine[] {engine, other}) {
                one.input(frame).target(new float[] {4, 5}).advance(9);
                one.input(new float[] {3, 2, 1}).target(new float[] {5, 4});
            }
            final String before = ShortRun.crc(engine);
            final long bits = Bits.of(engine);
            for (int i = 0; i < MILLION; i++) {
                frame[0] = i * 1e-6f;
                assertTrue(engine.answer(frame, to));
            }
            assertEquals(before, ShortRun.crc(engine));
            assertEquals(bits, Bits.of(engine));
            assertEquals(9, engine.ticks());
            assertEquals(1, engine.frames());
            engine.advance(9);
            other.advance(9);
            assertEquals(Bits.of(other), Bits.of(engine));
        }
    }

    /** A frame that goes through the network without learning. */
    @ParameterizedTest
    @EnumSource
    void theAnswerIsTheOutputThatTheFrameWouldHaveAfterItsTicks(final Activation activation) {
        final Network network = Network.chain(Draw.widths(4)).activation(activation).outputActivation(activation).build();
        try (Engine engine = Engine.open(network, new Context().rate(.01f))) {
            final Random random = new Random(8);
            for (int t = 0; t < 20; t++) {
                engine.input(Draw.vector(random, 7)).target(Draw.vector(random, network.width(4))).tick();
            }
            final float[] frame = Draw.vector(random, 7);
            final float[] now = new float[network.width(4)];
            assertTrue(engine.answer(frame, now));
            engine.learning(false);
            engine.input(frame).advance(4);
            assertArrayEquals(engine.output().toArray(ValueLayout.JAVA_FLOAT), now);
        }
    }

    @Test
    void itNeedsNoFrameAndGivesTheEngineNone() {
        try (Engine engine = Engine.open(NETWORK, new Context())) {
            final float[] to = new float[OUT];
            assertTrue(engine.answer(frame(1), to));
            assertArrayEquals(scalar(engine, frame(1)), to);
            assertEquals(0, engine.frames());
            assertThrows(IllegalStateException.class, engine::tick, "there is no frame");
            assertThrows(IllegalStateException.class, () -> engine.target(to), "there is no new frame");
        }
    }

    @Test
    void itRunsTheTicksThatAreCommitted() {
        try (Engine engine = learnt(new Context()); Engine other = learnt(new Context())) {
            final float[] to = new float[OUT];
            final float[] expected = new float[OUT];
            engine.input(frame(3)).target(to).commit(6);
            assertEquals(20, engine.completed());
            assertTrue(engine.answer(frame(5), to));
            assertEquals(26, engine.completed());
            other.input(frame(3)).target(new float[OUT]).advance(6);
            assertTrue(other.answer(frame(5), expected));
            assertArrayEquals(expected, to);
            assertEquals(Bits.of(other), Bits.of(engine));
        }
    }

    private static byte[] bytes(final float[] numbers, final int offset, final int more) {
        final MemorySegment bytes = MemorySegment.ofArray(new byte[offset + numbers.length * Float.BYTES + more]);
        bytes.asSlice(offset).copyFrom(MemorySegment.ofArray(numbers));
        return bytes.toArray(ValueLayout.JAVA_BYTE);
    }

    @Test
    void arraysSegmentsAndBuffersGetTheSameBitsAndNothingElseIsWritten() {
        try (Engine engine = learnt(new Context()); Arena arena = Arena.ofConfined()) {
            final float[] expected = new float[OUT];
            assertTrue(engine.answer(frame(2), expected));

            final MemorySegment heap = MemorySegment.ofArray(new byte[4 * OUT + 11]);
            assertTrue(engine.answer(MemorySegment.ofArray(bytes(frame(2), 3, 0)), 3, heap, 7));
            assertArrayEquals(bytes(expected, 7, 4), heap.toArray(ValueLayout.JAVA_BYTE));

            final MemorySegment same = arena.allocate(20 + 4 * OUT);
            same.asSlice(9).copyFrom(MemorySegment.ofArray(frame(2)));
            assertTrue(engine.answer(same, 9, same, 20));
            assertArrayEquals(bytes(expected, 20, 0), zeroed(same.toArray(ValueLayout.JAVA_BYTE), 20));

            final byte[] array = new byte[4 * OUT + 9];
            assertTrue(engine.answer(new UnsafeBuffer(bytes(frame(2), 4, 5)), 4, new UnsafeBuffer(array), 1));
            assertArrayEquals(bytes(expected, 1, 8), array);
        }
    }

    private static byte[] zeroed(final byte[] bytes, final int to) {
        Arrays.fill(bytes, 0, to, (byte) 0);
        return bytes;
    }

    @Test
    void theSameArrayMayHoldTheFrameAndTheAnswer() {
        final Network network = Network.chain(5, 9, 5).build();
        try (Engine engine = Engine.open(network, new Context())) {
            final float[] expected = new float[5];
            final float[] both = {1, 2, 3, 4, 5};
            assertTrue(engine.answer(both, expected));
            assertTrue(engine.answer(both, both));
            assertArrayEquals(expected, both);
        }
    }

    @Test
    void aBufferIsNotExpanded() {
        try (Engine engine = learnt(new Context())) {
            final ExpandableArrayBuffer to = new ExpandableArrayBuffer(16);
            assertThrows(IndexOutOfBoundsException.class, () -> engine.answer(new UnsafeBuffer(new byte[28]), 0, to, 0));
            assertEquals(16, to.capacity());
        }
    }

    /** In every layer in turn. Afterwards nothing of the huge numbers is left in what the layers share. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    @AtEveryLaneWidth
    void whatTheGuardRefusesIsNotAnsweredAndNotCounted(final int layer) {
        try (Engine engine = learnt(new Context().guard(Engine.Guard.STOP))) {
            final float[] weights = Bits.weights(engine, layer);
            final float[] huge = new float[weights.length];
            Arrays.fill(huge, 0x1p30f);
            final float[] biases = Bits.biases(engine, layer);
            final float[] other = new float[biases.length];
            Arrays.fill(other, 0x1p30f);
            final float[] expected = scalar(engine, frame(6));
            engine.setWeights(layer, huge, other);
            final float[] to = nines();
            final MemorySegment segment = MemorySegment.ofArray(new byte[4 * OUT]);
            assertFalse(engine.answer(frame(6), to));
            assertFalse(engine.answer(MemorySegment.ofArray(frame(6)), 0, segment, 0));
            assertArrayEquals(nines(), to);
            assertArrayEquals(new byte[4 * OUT], segment.toArray(ValueLayout.JAVA_BYTE));
            assertEquals(0, engine.guardTrips());
            engine.await();
            engine.setWeights(layer, weights, biases);
            assertTrue(engine.answer(frame(6), to));
            assertArrayEquals(expected, to);
        }
    }

    @Test
    void aBufferStaysAsItIsIfTheGuardRefusesALayer() {
        try (Engine engine = Engine.open(Network.chain(1, 2).build(), new Context())) {
            engine.setWeights(1, new float[] {1, 0x1p30f}, new float[2]);
            final byte[] array = {1, 2, 3, 4, 5, 6, 7, 8};
            final byte[] before = array.clone();
            assertFalse(engine.answer(new UnsafeBuffer(bytes(new float[] {2}, 0, 0)), 0, new UnsafeBuffer(array), 0));
            assertArrayEquals(before, array);
        }
    }

    /** The frame that waits for the next tick is another one, and stays. */
    @Test
    void aFrameThatIsNotGoodIsRefusedByItsIndexBeforeAnyWait() {
        try (Engine engine = learnt(new Context()); Engine other = learnt(new Context())) {
            for (final Engine one : new Engine[] {engine, other}) {
                one.input(frame(1)).commit(2);
            }
            final float[] to = nines();
            final float[] bad = frame(1);
            bad[4] = Float.NaN;
            assertEquals("frame[4] is NaN: expected at most 2^30 in magnitude",
                assertThrows(IllegalArgumentException.class, () -> engine.answer(bad, to)).getMessage());
            bad[4] = 0x1.1p30f;
            final String message = assertThrows(IllegalArgumentException.class,
                () -> engine.answer(MemorySegment.ofArray(bad), 0, MemorySegment.ofArray(to), 0)).getMessage();
            assertTrue(message.startsWith("frame[4] is 1.14085"), message);
            assertThrows(IllegalArgumentException.class,
                () -> engine.answer(new UnsafeBuffer(bytes(bad, 0, 0)), 0, new UnsafeBuffer(new byte[4 * OUT]), 0));
            assertArrayEquals(nines(), to);
            assertEquals(20, engine.completed());
            engine.advance(3);
            other.advance(3);
            assertEquals(Bits.of(other), Bits.of(engine));
        }
    }

    /** As for weights(): without the check the call would hang. */
    @Test
    void anAgentOnThisThreadIsNotWaitedFor() {
        try (Engine engine = learnt(new Context().bands(2))) {
            final WaveAgent agent = engine.agent(1);
            final float[] to = new float[OUT];
            engine.input(frame(1));
            assertEquals(0, agent.doWork());
            assertTrue(engine.answer(frame(1), to), "everything is completed");
            engine.commit();
            final String expected =
                assertThrows(IllegalStateException.class, () -> engine.weights(1, new float[21])).getMessage();
            assertEquals("an agent on this thread runs band 1, which has not completed tick 20: expected the agent to do that tick first",
                expected);
            assertEquals(expected, assertThrows(IllegalStateException.class, () -> engine.answer(frame(1), to)).getMessage());
            assertEquals(1, agent.doWork());
            assertTrue(engine.answer(frame(1), to));
        }
    }
}
