package org.tickwave.bench.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.tickwave.bench.ceiling.Language;
import org.tickwave.bench.ceiling.Loops;
import org.tickwave.bench.peer.Skipped;

class CeilingBenchmarkTest {
    private static void assumeCompiler(final Language language) {
        try {
            language.loops();
        } catch (final Skipped e) {
            assumeTrue(false, e.getMessage());
        }
    }

    private static CeilingBenchmark.Memory memory(final Language language, final int kib) {
        final CeilingBenchmark.Memory memory = new CeilingBenchmark.Memory();
        memory.language = language;
        memory.kib = kib;
        return memory;
    }

    @ParameterizedTest
    @CsvSource({"JAVA, 1, 1024", "JAVA, 7, 7168", "C, 1, 1024", "C, 7, 7168"})
    void countsItsMemory(final Language language, final int kib, final int bytes) {
        assumeCompiler(language);
        final CeilingBenchmark.Memory memory = memory(language, kib);
        memory.setUp();
        final Work read = new Work();
        assertEquals(bytes / 4, new CeilingBenchmark().read(memory, read), "the sum of as many ones as there are numbers");
        assertEquals(bytes, read.bytes);
        final Work written = new Work();
        new CeilingBenchmark().readWrite(memory, written);
        assertEquals(2 * bytes, written.bytes);
        assertEquals(0, read.multiplyAdds + written.multiplyAdds);
        memory.tearDown();
    }

    @ParameterizedTest
    @EnumSource
    void countsItsMultiplyAdds(final Language language) {
        assumeCompiler(language);
        final CeilingBenchmark.Registers registers = new CeilingBenchmark.Registers();
        registers.language = language;
        registers.setUp();
        final Work work = new Work();
        final float sum = new CeilingBenchmark().multiplyAdd(registers, work);
        assertEquals(0, work.bytes);
        assertTrue(work.multiplyAdds >= 1000 && Math.abs(sum - work.multiplyAdds / 1000) < 1, () -> work.multiplyAdds + ", " + sum);
    }

    /** Does what the loops do, but not with the last numbers: those of one step, or one lane of one sum. */
    private record Short(Loops whole) implements Loops {
        private static final int LEFT_OUT_BYTES = 512;

        private MemorySegment cut(final MemorySegment memory) {
            return memory.asSlice(0, memory.byteSize() - LEFT_OUT_BYTES);
        }

        @Override
        public float read(final MemorySegment memory) {
            return whole.read(cut(memory));
        }

        @Override
        public void readWrite(final MemorySegment memory, final float factor) {
            whole.readWrite(cut(memory), factor);
        }

        @Override
        public float multiplyAdd(final int rounds, final float factor, final float addend) {
            return whole.multiplyAdd(rounds, factor, addend) - 1;
        }

        @Override
        public int multiplyAddsOfARound() {
            return whole.multiplyAddsOfARound();
        }
    }

    /** In more than 2^24 ones, too, which no float can count one by one. */
    @ParameterizedTest
    @CsvSource({"JAVA, 1024", "C, 1024", "JAVA, 65544"})
    void refusesALoopThatLeavesOutTheLastNumbers(final Language language, final int kib) {
        assumeCompiler(language);
        final CeilingBenchmark.Memory memory = memory(language, kib);
        memory.setUp();
        memory.loops = new Short(memory.loops);
        final String message = assertThrows(IllegalStateException.class, memory::verify).getMessage();
        assertTrue(message.startsWith("the sum of the numbers read"), message);
        memory.loops = ((Short) memory.loops).whole;
        memory.tearDown();
    }

    @ParameterizedTest
    @EnumSource
    void refusesASumThatIsOneOff(final Language language) {
        assumeCompiler(language);
        final CeilingBenchmark.Registers registers = new CeilingBenchmark.Registers();
        registers.language = language;
        registers.setUp();
        registers.loops = new Short(registers.loops);
        assertThrows(IllegalStateException.class, registers::verify);
    }

    @Test
    void refusesSizesOutOfRange() {
        for (final int kib : new int[] {-1, 0, CeilingBenchmark.MAX_KIB + 1}) {
            assertEquals("kib " + kib + ": expected 1 to 4194304",
                assertThrows(IllegalArgumentException.class, memory(Language.JAVA, kib)::setUp).getMessage());
        }
    }
}
