package org.tickwave.bench.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CeilingBenchmarkTest {
    private static CeilingBenchmark.Memory memory(final int kib) {
        final CeilingBenchmark.Memory memory = new CeilingBenchmark.Memory();
        memory.kib = kib;
        return memory;
    }

    @ParameterizedTest
    @CsvSource({"1, 1024", "7, 7168"})
    void countsItsMemory(final int kib, final int bytes) {
        final CeilingBenchmark.Memory memory = memory(kib);
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

    @Test
    void countsItsMultiplyAdds() {
        final CeilingBenchmark.Registers registers = new CeilingBenchmark.Registers();
        registers.verify();
        final Work work = new Work();
        final float sum = new CeilingBenchmark().multiplyAdd(registers, work);
        assertEquals(0, work.bytes);
        assertTrue(work.multiplyAdds >= 1000 && Math.abs(sum - work.multiplyAdds / 1000) < 1, () -> work.multiplyAdds + ", " + sum);
    }

    @Test
    void refusesSizesOutOfRange() {
        for (final int kib : new int[] {-1, 0, CeilingBenchmark.MAX_KIB + 1}) {
            assertEquals("kib " + kib + ": expected 1 to 4194304",
                assertThrows(IllegalArgumentException.class, memory(kib)::setUp).getMessage());
        }
    }
}
