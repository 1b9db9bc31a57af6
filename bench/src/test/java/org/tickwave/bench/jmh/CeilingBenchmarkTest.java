package org.tickwave.bench.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.tickwave.bench.ceiling.Language;
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

    @Test
    void refusesSizesOutOfRange() {
        for (final int kib : new int[] {-1, 0, CeilingBenchmark.MAX_KIB + 1}) {
            assertEquals("kib " + kib + ": expected 1 to 4194304",
                assertThrows(IllegalArgumentException.class, memory(Language.JAVA, kib)::setUp).getMessage());
        }
    }
}
