package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.tickwave.pipeline.Draw;

/** Weights and biases are copied between an engine and the embedder's memory, at any alignment. */
class WeightsInMemoryTest {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final long SEED = 20_261_129;
    private static final int LAYERS = 6;
    private static final byte FILL = 0x55;

    /** Odd, so that no number is aligned. */
    private static final int OFFSET = 3;

    private static MemorySegment memory(final Arena arena, final int numbers) {
        return arena.allocate(OFFSET + 4L * numbers + 1).fill(FILL);
    }

    private static float[] numbers(final MemorySegment memory, final int count) {
        final float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = memory.get(FLOAT, OFFSET + 4L * i);
        }
        for (int i = 0; i < OFFSET; i++) {
            assertEquals(FILL, memory.get(ValueLayout.JAVA_BYTE, i), "the byte before the numbers");
        }
        assertEquals(FILL, memory.get(ValueLayout.JAVA_BYTE, OFFSET + 4L * count), "the byte after the numbers");
        return numbers;
    }

    /** The widths are not multiples of the lanes. */
    @Test
    void aNetworkIsCopiedThroughMemoryWithoutAnArray() {
        final Network network = Network.chain(Draw.widths(LAYERS)).build();
        final Random random = new Random(SEED);
        try (Engine from = Engine.open(network, new Context().seed(1)); Engine to = Engine.open(network, new Context().seed(2));
             Arena arena = Arena.ofConfined()) {
            for (int l = 1; l <= LAYERS; l++) {
                from.setBiases(l, Draw.vector(random, network.width(l)));
                final int columns = network.width(l - 1);
                final float[] expected = new float[columns];
                for (int row = 0; row < network.width(l); row++) {
                    final MemorySegment memory = memory(arena, columns);
                    from.weights(l, row, memory, OFFSET);
                    from.weights(l, row, expected);
                    assertArrayEquals(expected, numbers(memory, columns), "row " + row + " of layer " + l);
                    to.setWeights(l, row, memory.asReadOnly(), OFFSET);
                }
                final MemorySegment biases = memory(arena, network.width(l));
                from.biases(l, biases, OFFSET);
                assertArrayEquals(Bits.biases(from, l), numbers(biases, network.width(l)), "biases of layer " + l);
                to.setBiases(l, biases, OFFSET);
            }
            for (int l = 1; l <= LAYERS; l++) {
                assertArrayEquals(Bits.weights(from, l), Bits.weights(to, l), "layer " + l);
                assertArrayEquals(Bits.biases(from, l), Bits.biases(to, l), "layer " + l);
            }
        }
    }

    @Test
    void arraysAreMemoryToo() {
        try (Engine engine = Engine.open(Network.chain(2, 3).build(), new Context())) {
            engine.setWeights(1, 2, MemorySegment.ofArray(new float[] {9, 5, 6}), 4);
            final byte[] bytes = new byte[9];
            engine.weights(1, 2, MemorySegment.ofArray(bytes), 1);
            assertEquals(5, MemorySegment.ofArray(bytes).get(FLOAT, 1));
            assertEquals(6, MemorySegment.ofArray(bytes).get(FLOAT, 5));
        }
    }

    private interface Call {
        void make(Engine engine);
    }

    private static void refused(final Class<? extends RuntimeException> type, final String message, final Call call) {
        try (Engine engine = Engine.open(Network.chain(2, 3).build(), new Context())) {
            final float[] weights = Bits.weights(engine, 1);
            final float[] biases = Bits.biases(engine, 1);
            final String said = assertThrows(type, () -> call.make(engine)).getMessage();
            if (message != null) {
                assertEquals(message, said);
            }
            assertArrayEquals(weights, Bits.weights(engine, 1), message);
            assertArrayEquals(biases, Bits.biases(engine, 1), message);
        }
    }

    @Test
    void whatIsNotGoodIsRefusedByNameAndIndexAndNothingIsSet() {
        final MemorySegment bad = MemorySegment.ofArray(new float[] {1, 2, Float.NaN, 0x1.1p30f});
        refused(IllegalArgumentException.class, "weight 1 of row 2 of layer 1 is NaN: expected at most 2^30 in magnitude",
            engine -> engine.setWeights(1, 2, bad, 4));
        refused(IllegalArgumentException.class, "bias 2 of layer 1 is 1.1408507E9: expected at most 2^30 in magnitude",
            engine -> engine.setBiases(1, MemorySegment.ofArray(new float[] {1, 2, 0x1.1p30f}), 0));
        refused(IllegalArgumentException.class, "row 3 of layer 1: expected 0 to 2", engine -> engine.setWeights(1, 3, bad, 0));
        refused(IllegalArgumentException.class, "row -1 of layer 1: expected 0 to 2", engine -> engine.weights(1, -1, bad, 0));
        refused(IllegalArgumentException.class, "projection 2: expected 1 to 1", engine -> engine.weights(2, 0, bad, 0));
        refused(IllegalArgumentException.class, "layer 0: expected 1 to 1", engine -> engine.setBiases(0, bad, 0));
        refused(IllegalArgumentException.class, "layer 2: expected 1 to 1", engine -> engine.biases(2, bad, 0));
    }

    /** A segment that is too short is named by the JDK. */
    @Test
    void aSegmentThatEndsTooEarlyIsRefusedAndNothingIsSet() {
        final MemorySegment good = MemorySegment.ofArray(new float[] {1, 2});
        refused(IndexOutOfBoundsException.class, null, engine -> engine.setWeights(1, 0, good, 1));
        refused(IndexOutOfBoundsException.class, null, engine -> engine.setWeights(1, 0, good, -1));
        refused(IndexOutOfBoundsException.class, null, engine -> engine.setWeights(1, 0, good, Long.MAX_VALUE));
        refused(IndexOutOfBoundsException.class, null, engine -> engine.weights(1, 0, good, 4));
        refused(IndexOutOfBoundsException.class, null, engine -> engine.setBiases(1, good, 0));
        refused(IndexOutOfBoundsException.class, null, engine -> engine.biases(1, good, 0));
        assertArrayEquals(new float[] {1, 2}, good.toArray(ValueLayout.JAVA_FLOAT));
    }

    @Test
    void aSegmentThatCannotBeWrittenIsRefused() {
        final MemorySegment readOnly = MemorySegment.ofArray(new float[3]).asReadOnly();
        final String message = "a read-only segment: expected one that can be written";
        refused(IllegalArgumentException.class, message, engine -> engine.weights(1, 0, readOnly, 0));
        refused(IllegalArgumentException.class, message, engine -> engine.biases(1, readOnly, 0));
    }

    @Test
    void aClosedSegmentIsRefusedAndNothingIsSet() {
        final Arena arena = Arena.ofConfined();
        final MemorySegment closed = arena.allocate(64);
        arena.close();
        refused(IllegalStateException.class, "Already closed", engine -> engine.setWeights(1, 0, closed, 0));
        refused(IllegalStateException.class, "Already closed", engine -> engine.weights(1, 0, closed, 0));
    }
}
