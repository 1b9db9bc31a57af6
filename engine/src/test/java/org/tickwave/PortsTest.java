package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Several inputs and outputs: parts of a frame, targets that are missing, answers at different levels. */
class PortsTest {
    private static final Network NETWORK = Network.graph().input("camera", 3).input("gyro", 2)
        .layer("low", 5).from("camera")
        .layer("high", 4).from("low", "gyro")
        .output("next", 3).from("low")
        .output("label", 6).loss(Loss.SOFTMAX_CROSS_ENTROPY).from("high", "low")
        .build();
    private static final int TICKS = 40;
    private final Random random = new Random(7);

    private static Engine engine() {
        return Engine.open(NETWORK, new Context().stallLimitNs(Driver.STALL_NS));
    }

    private float[] draw(final int width) {
        final float[] numbers = new float[width];
        for (int i = 0; i < width; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }

    private static float[] joined(final float[] one, final float[] other) {
        final float[] both = new float[one.length + other.length];
        System.arraycopy(one, 0, both, 0, one.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private static float[] floats(final MemorySegment segment) {
        return segment.toArray(ValueLayout.JAVA_FLOAT_UNALIGNED);
    }

    /** The parts in any order, and in every kind of memory, are the whole frame. */
    @Test
    void theWholeFrameIsItsParts() {
        try (Engine whole = engine(); Engine parts = engine(); Engine inPlace = engine(); Engine buffers = engine()) {
            for (int t = 0; t < TICKS; t++) {
                final float[] camera = draw(3);
                final float[] gyro = draw(2);
                final float[] next = draw(3);
                final float[] label = new float[6];
                label[random.nextInt(6)] = 1;
                whole.input(joined(camera, gyro)).target(joined(next, label));
                parts.input("gyro").frame(gyro);
                parts.output("label").target(label);
                parts.input("camera").frame(camera);
                parts.output("next").target(MemorySegment.ofArray(next), 0);
                inPlace.input("camera").frameInPlace().copyFrom(MemorySegment.ofArray(camera));
                inPlace.input("gyro").frameInPlace().copyFrom(MemorySegment.ofArray(gyro));
                inPlace.output("next").targetInPlace().copyFrom(MemorySegment.ofArray(next));
                inPlace.output("label").targetInPlace().copyFrom(MemorySegment.ofArray(label));
                buffers.input(buffer(joined(camera, gyro)), 0).target(buffer(joined(next, label)), 0);
                for (final Engine engine : new Engine[] {whole, parts, inPlace, buffers}) {
                    engine.tick();
                }
                for (final Engine engine : new Engine[] {parts, inPlace, buffers}) {
                    assertArrayEquals(floats(whole.output("label").answer()), floats(engine.output("label").answer()));
                    assertArrayEquals(floats(whole.output("next").answer()), floats(engine.output("next").answer()));
                }
            }
        }
    }

    private static UnsafeBuffer buffer(final float[] numbers) {
        final ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(numbers);
        return new UnsafeBuffer(bytes);
    }

    @Test
    void anOutputAnswersAtItsLevel() {
        try (Engine engine = engine()) {
            for (int t = 1; t <= TICKS; t++) {
                engine.input(draw(5)).tick();
                assertEquals(Math.max(0, t - 1), engine.output("next").answeredFrame());
                assertEquals(Math.max(0, t - 2), engine.output("label").answeredFrame());
            }
        }
    }

    /** With the level of each output: the answer of a pass at once is the answer of the ticks, when nothing is learnt. */
    @Test
    void anAnswerAtOnceHasAllOutputs() {
        try (Engine engine = Engine.open(NETWORK, new Context().learning(false))) {
            final float[] frame = draw(5);
            final float[] answer = new float[9];
            assertTrue(engine.answer(frame, answer));
            engine.input(frame).advance(NETWORK.latency());
            assertArrayEquals(answer, joined(floats(engine.output("next").answer()), floats(engine.output("label").answer())));
            final MemorySegment segment = MemorySegment.ofArray(new float[9]);
            assertTrue(engine.answer(MemorySegment.ofArray(frame), 0, segment, 0));
            assertArrayEquals(answer, floats(segment));
            final UnsafeBuffer buffer = new UnsafeBuffer(new byte[9 * Float.BYTES]);
            assertTrue(engine.answer(buffer(frame), 0, buffer, 0));
            assertArrayEquals(answer, floats(MemorySegment.ofArray(buffer.byteArray())));
        }
    }

    /** Only the output without a target stays as it is. */
    @Test
    void anOutputWithoutATargetTeachesNothing() {
        try (Engine engine = engine()) {
            final float[] next = new float[15];
            final float[] label = new float[24];
            final float[] still = new float[24];
            engine.weights(NETWORK.projection("high", "label"), label);
            engine.weights(NETWORK.projection("low", "next"), next);
            final float[] before = next.clone();
            for (int t = 0; t < TICKS; t++) {
                engine.input(draw(5));
                engine.output("next").target(draw(3));
                engine.tick();
            }
            engine.weights(NETWORK.projection("high", "label"), still);
            assertArrayEquals(label, still);
            engine.weights(NETWORK.projection("low", "next"), next);
            assertFalse(Arrays.equals(before, next));
        }
    }

    @Test
    void aFrameNeedsAllItsParts() {
        try (Engine engine = engine()) {
            engine.input("camera").frame(draw(3));
            refused("tick 0 without a frame of gyro: expected a frame for every input", engine::tick);
            engine.input("gyro").frame(draw(2));
            engine.tick();
            assertEquals(1, engine.frames());
            engine.tick();
            assertEquals(1, engine.frames(), "the frame is held");
        }
    }

    /** An input that is given again begins another frame. */
    @Test
    void aPartThatIsGivenAgainBeginsAnotherFrame() {
        try (Engine engine = engine()) {
            engine.input("camera").frame(draw(3));
            engine.input("gyro").frame(draw(2));
            engine.output("next").target(draw(3));
            engine.input("camera").frame(draw(3));
            refused("tick 0 without a frame of gyro: expected a frame for every input", engine::tick);
        }
    }

    @Test
    void aBadPartDropsTheWholeFrame() {
        try (Engine engine = engine()) {
            engine.input("camera").frame(draw(3));
            refused("frame of gyro[1] is NaN: expected at most 2^30 in magnitude",
                () -> engine.input("gyro").frame(new float[] {0, Float.NaN}));
            refused("tick 0 without a frame: expected a frame first", engine::tick);
            engine.input(draw(5));
            refused("target of label of 5 numbers: expected 6", () -> engine.output("label").target(new float[5]));
            refused("tick 0 without a frame: expected a frame first", engine::tick);
            refused("a target without a new frame: expected the frame first", () -> engine.output("label").target(new float[6]));
            engine.input(draw(5));
            engine.output("next").targetInPlace().fill((byte) 0x7f);
            final String message = assertThrows(IllegalArgumentException.class, engine::tick).getMessage();
            assertTrue(message.startsWith("target of next[0] is 3.3"), message);
            refused("tick 0 without a frame: expected a frame first", engine::tick);
            refused("frame of 4 numbers: expected 5", () -> engine.input(new float[4]));
        }
    }

    @Test
    void aCallForOnePortNeedsOnePort() {
        try (Engine engine = engine()) {
            final String outputs = "the network has the outputs next, label: expected a call that names one of them";
            refused("the network has the inputs camera, gyro: expected a call that names one of them", engine::inputInPlace);
            engine.input(draw(5));
            refused(outputs, engine::targetInPlace);
            refused(outputs, engine::output);
            refused(outputs, engine::answeredFrame);
            refused("layer \"low\": expected an input", () -> engine.input("low"));
            refused("layer \"low\": expected an output", () -> engine.output("low"));
            refused("layer \"up\": expected one of camera, gyro, low, high, next, label", () -> engine.output("up"));
            assertSame(engine.inputs().get(1), engine.input("gyro"));
            assertSame(engine.outputs().get(1), engine.output("label"));
            assertEquals("Input[gyro 2]", engine.input("gyro").toString());
            assertEquals("Output[label 6]", engine.output("label").toString());
        }
    }

    private static void refused(final String message, final Runnable call) {
        assertEquals(message, assertThrows(RuntimeException.class, call::run).getMessage());
    }
}
