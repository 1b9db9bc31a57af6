package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tickwave.pipeline.Draw;
import org.tickwave.pipeline.Twin;

/** When frames and targets are taken, held, refused and answered. */
class FramesTest {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final Network NETWORK = Network.chain(7, 5, 9, 3).build();
    private static final int L = NETWORK.latency();

    private static Engine open() {
        return open(NETWORK, new Context().rate(.1f));
    }

    private static Engine open(final Network network, final Context context) {
        return Engine.open(network, context);
    }

    private static float[] frame(final Engine engine, final long number) {
        return Draw.vector(new Random(1_000_003 + number), engine.network().width(0));
    }

    private static float[] target(final Engine engine, final long number) {
        return Draw.vector(new Random(1_000_033 + number), engine.network().width(engine.network().layers()));
    }

    private static void teach(final Engine engine, final int frames) {
        for (int i = 0; i < frames; i++) {
            engine.input(frame(engine, engine.ticks())).target(target(engine, engine.ticks())).tick();
        }
    }

    /** The ways to give a vector. */
    enum Way {
        ARRAY {
            @Override
            void input(final Engine engine, final float[] frame) {
                engine.input(frame);
            }

            @Override
            void target(final Engine engine, final float[] target) {
                engine.target(target);
            }
        },
        HEAP_SEGMENT {
            @Override
            void input(final Engine engine, final float[] frame) {
                engine.input(MemorySegment.ofArray(bytes(frame, 3)), 3);
            }

            @Override
            void target(final Engine engine, final float[] target) {
                engine.target(MemorySegment.ofArray(bytes(target, 3)), 3);
            }
        },
        NATIVE_SEGMENT {
            @Override
            void input(final Engine engine, final float[] frame) {
                final byte[] bytes = bytes(frame, 5);
                engine.input(Arena.ofAuto().allocate(bytes.length).copyFrom(MemorySegment.ofArray(bytes)), 5);
            }

            @Override
            void target(final Engine engine, final float[] target) {
                final byte[] bytes = bytes(target, 5);
                engine.target(Arena.ofAuto().allocate(bytes.length).copyFrom(MemorySegment.ofArray(bytes)), 5);
            }
        },
        BUFFER {
            @Override
            void input(final Engine engine, final float[] frame) {
                engine.input(new UnsafeBuffer(bytes(frame, 8)), 8);
            }

            @Override
            void target(final Engine engine, final float[] target) {
                engine.target(new UnsafeBuffer(bytes(target, 8)), 8);
            }
        },
        IN_PLACE {
            @Override
            void input(final Engine engine, final float[] frame) {
                MemorySegment.copy(frame, 0, engine.inputInPlace(), FLOAT, 0, frame.length);
            }

            @Override
            void target(final Engine engine, final float[] target) {
                MemorySegment.copy(target, 0, engine.targetInPlace(), FLOAT, 0, target.length);
            }
        };

        abstract void input(Engine engine, float[] frame);

        abstract void target(Engine engine, float[] target);

        private static byte[] bytes(final float[] values, final int at) {
            final ByteBuffer bytes = ByteBuffer.allocate(at + values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.position(at);
            for (final float value : values) {
                bytes.putFloat(value);
            }
            return bytes.array();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyWayOfGivingIsTheSame(final Way way) {
        try (Engine one = open(); Engine other = open()) {
            teach(one, 25);
            for (int t = 0; t < 25; t++) {
                way.input(other, frame(other, t));
                way.target(other, target(other, t));
                other.tick();
                if (t == 5) {
                    assertNotEquals(Bits.of(one), Bits.of(other));
                }
            }
            assertEquals(Bits.of(one), Bits.of(other));
        }
    }

    /** Ten frames, the last one held for one more tick, then ten frames. */
    private static long withoutARefusal() {
        try (Engine engine = open()) {
            teach(engine, 10);
            engine.tick();
            teach(engine, 10);
            return Bits.of(engine);
        }
    }

    private static IllegalArgumentException refusal(final Engine engine, final Way way, final Runnable giving) {
        return assertThrows(IllegalArgumentException.class, way == Way.IN_PLACE ? () -> {
            giving.run();
            engine.tick();
        } : giving::run);
    }

    @ParameterizedTest
    @EnumSource
    void aRefusedFrameLeavesTheEngineAsItWas(final Way way) {
        for (final float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, -0x1.000002p30f}) {
            try (Engine engine = open()) {
                teach(engine, 10);
                final float[] frame = frame(engine, 99);
                frame[4] = bad;
                final String message = refusal(engine, way, () -> way.input(engine, frame)).getMessage();
                assertTrue(message.startsWith("frame[4] is " + bad), message);
                assertEquals(10, engine.ticks());
                assertEquals(10, engine.frames());
                assertThrows(IllegalStateException.class, () -> engine.target(target(engine, 99)));
                engine.tick();
                teach(engine, 10);
                assertEquals(20, engine.frames());
                assertEquals(withoutARefusal(), Bits.of(engine));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRefusedTargetTakesItsFrameWithItAndLeavesTheEngineAsItWas(final Way way) {
        try (Engine engine = open()) {
            teach(engine, 10);
            final float[] target = target(engine, 99);
            target[2] = Float.NaN;
            final String message = refusal(engine, way, () -> {
                way.input(engine, frame(engine, 99));
                way.target(engine, target);
            }).getMessage();
            assertTrue(message.startsWith("target[2] is NaN"), message);
            assertEquals(10, engine.ticks());
            assertEquals(10, engine.frames());
            engine.tick();
            teach(engine, 10);
            assertEquals(withoutARefusal(), Bits.of(engine));
        }
    }

    @Test
    void theLargestGoodNumberIsTaken() {
        try (Engine engine = open(NETWORK, new Context().rate(0).guard(Engine.Guard.COUNT))) {
            engine.input(new float[] {0x1p30f, -0x1p30f, 0, 0, 0, 0, 0}).target(new float[] {0x1p30f, 0, 0}).tick();
            assertEquals(1, engine.frames());
        }
    }

    @Test
    void aFrameIsRefusedBeforeAGoodTargetInPlace() {
        try (Engine engine = open()) {
            teach(engine, 10);
            engine.inputInPlace().set(FLOAT, 0, Float.NaN);
            engine.targetInPlace().fill((byte) 0);
            assertThrows(IllegalArgumentException.class, engine::tick);
            engine.tick();
            teach(engine, 10);
            assertEquals(withoutARefusal(), Bits.of(engine));
        }
    }

    @Test
    void placesForAFrameAndATargetAreAsLongAsThey() {
        try (Engine engine = open()) {
            assertEquals(7 * Float.BYTES, engine.inputInPlace().byteSize());
            assertEquals(3 * Float.BYTES, engine.targetInPlace().byteSize());
        }
    }

    @Test
    void numbersBelowTheSmallestKeptBecomePlusZero() {
        try (Engine engine = open()) {
            engine.input(new float[] {0.99e-30f, -0.99e-30f, 1e-30f, -1e-30f, Float.MIN_VALUE, -0f, 1}).tick();
            final float[] taken = Bits.activation(engine, 0, 0);
            assertArrayEquals(new float[] {0f, 0f, 1e-30f, -1e-30f, 0f, 0f, 1f}, taken);
            assertEquals(0, Float.floatToRawIntBits(taken[1]));
            assertEquals(0, Float.floatToRawIntBits(taken[5]));
        }
    }

    @Test
    void aFrameOrTargetThatWaitsIsReplaced() {
        try (Engine one = open(); Engine other = open()) {
            one.input(frame(one, 1)).target(target(one, 1)).target(target(one, 2)).tick();
            one.input(frame(one, 3)).target(target(one, 3));
            one.input(frame(one, 4)).tick();
            one.advance(20);
            other.input(frame(other, 1)).target(target(other, 2)).tick();
            other.input(frame(other, 4)).tick();
            other.advance(20);
            assertEquals(2, one.frames());
            assertEquals(Bits.of(other), Bits.of(one));
        }
    }

    @Test
    void advanceIsAsManyTicks() {
        try (Engine one = open(); Engine other = open()) {
            for (int n = 1; n <= 12; n++) {
                one.input(frame(one, n)).target(target(one, n)).advance(n);
                other.input(frame(other, n)).target(target(other, n));
                for (int i = 0; i < n; i++) {
                    other.tick();
                }
                assertEquals(one.ticks(), other.ticks());
                assertEquals(Bits.of(one), Bits.of(other));
            }
        }
    }

    @Test
    void aHeldFrameIsTheSameAsGivenAgainButForItsNumber() {
        try (Engine one = open(); Engine other = open()) {
            one.input(frame(one, 1)).target(target(one, 1)).advance(30);
            for (int i = 0; i < 30; i++) {
                other.input(frame(other, 1)).target(target(other, 1)).tick();
            }
            assertArrayEquals(Bits.weights(one, 1), Bits.weights(other, 1));
            assertArrayEquals(Bits.activation(one, L, 30), Bits.activation(other, L, 30));
            assertEquals(1, one.answeredFrame());
            assertEquals(30 - L + 1, other.answeredFrame());
        }
    }

    @Test
    void thereIsNoTickBeforeTheFirstFrame() {
        try (Engine engine = open()) {
            assertThrows(IllegalStateException.class, engine::tick);
            assertThrows(IllegalStateException.class, () -> engine.advance(3));
            assertThrows(IllegalStateException.class, () -> engine.target(target(engine, 1)));
            assertThrows(IllegalStateException.class, engine::targetInPlace);
            assertEquals(0, engine.ticks());
            assertThrows(IllegalArgumentException.class, () -> engine.input(new float[6]));
            assertThrows(IllegalStateException.class, engine::tick);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void theOutputAnswersTheFrameOfLTicksAgo(final int layers) {
        final Network network = Network.chain(Draw.widths(layers)).build();
        try (Engine engine = open(network, new Context().rate(0))) {
            final Twin twin = new Twin(Draw.widths(layers), network.sigmas(), network.loss().kernel);
            for (int l = 1; l <= layers; l++) {
                twin.set(l, Bits.weights(engine, l), Bits.biases(engine, l));
            }
            assertEquals(0, engine.answeredFrame());
            for (int t = 0; t < 20; t++) {
                engine.input(frame(engine, t)).tick();
                final long answered = engine.ticks() - layers;
                assertEquals(Math.max(0, answered + 1), engine.answeredFrame());
                if (answered >= 0) {
                    final double[] expected = twin.forward(Twin.widen(frame(engine, answered)))[layers];
                    final float[] output = engine.output().toArray(FLOAT);
                    assertTrue(Twin.relativeError(Twin.widen(output), expected) < 1e-5, "tick " + t);
                    assertArrayEquals(Bits.activation(engine, layers, engine.ticks()), output);
                }
            }
        }
    }

    @Test
    void aFrameIsAnsweredForAsLongAsItWasHeld() {
        try (Engine engine = open()) {
            engine.input(frame(engine, 1)).advance(2);
            engine.input(frame(engine, 2)).advance(4);
            engine.input(frame(engine, 3));
            final long[] answers = new long[6];
            for (int i = 0; i < answers.length; i++) {
                answers[i] = engine.answeredFrame();
                engine.tick();
            }
            assertArrayEquals(new long[] {2, 2, 2, 3, 3, 3}, answers);
        }
    }

    @Test
    void theOutputStaysUntilTheTickAfterTheNextOne() {
        try (Engine engine = open()) {
            teach(engine, 10);
            final MemorySegment place = engine.output();
            final float[] output = place.toArray(FLOAT);
            teach(engine, 1);
            assertArrayEquals(output, place.toArray(FLOAT));
            assertTrue(place.isReadOnly());
            teach(engine, 1);
            assertFalse(Arrays.equals(output, place.toArray(FLOAT)));
        }
    }

    @Test
    void aFrameWithoutATargetHasNoErrorAtTheOutputAndWhatIsUnderWayTeaches() {
        try (Engine engine = open()) {
            teach(engine, 10);
            // The last target is that of tick 9. Its error arises in tick 9 + L and reaches layer l in tick 9 + 2L - l.
            for (long t = 10; t < 10 + 3 * L; t++) {
                final float[][] before = {null, Bits.weights(engine, 1), Bits.weights(engine, 2), Bits.weights(engine, 3)};
                engine.input(frame(engine, t)).tick();
                for (int l = 1; l <= L; l++) {
                    final boolean taught = t <= 9 + 2 * L - l;
                    assertEquals(taught, Twin.norm(Twin.widen(Bits.delta(engine, l, t))) > 0, "layer " + l + ", tick " + t);
                    assertEquals(!taught, Arrays.equals(before[l], Bits.weights(engine, l)));
                }
            }
        }
    }

    @Test
    void holdingAFrameWithoutATargetKeepsItWithoutOne() {
        try (Engine engine = open()) {
            teach(engine, 10);
            engine.input(frame(engine, 10)).advance(3 * L);
            for (int l = 1; l <= L; l++) {
                assertEquals(0, Twin.norm(Twin.widen(Bits.delta(engine, l, engine.ticks() - 1))));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, .1", "2, .2", "4, .4"})
    void aTickTeachesTheKthPartOfTheRate(final int hold, final float rate) {
        try (Engine one = open(); Engine other = open(NETWORK, new Context().hold(hold).rate(rate))) {
            teach(one, 10);
            teach(other, 10);
            assertEquals(Bits.of(one), Bits.of(other));
            one.rate(.2f);
            other.rate(.2f * hold);
            teach(one, 10);
            assertEquals(10, other.frames());
            teach(other, 10);
            assertEquals(Bits.of(one), Bits.of(other));
        }
    }
}
