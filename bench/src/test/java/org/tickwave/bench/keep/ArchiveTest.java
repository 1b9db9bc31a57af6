package org.tickwave.bench.keep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ArchiveTest {
    /** Twice 1 GiB is one byte more than an array can have. */
    @Test
    void anArchiveGrowsToTheLongestArray() {
        assertEquals(200, Archive.capacity(100, 101));
        assertEquals(300, Archive.capacity(100, 300));
        assertEquals(Integer.MAX_VALUE - 8, Archive.capacity(1 << 30, (1 << 30) + 1));
        assertEquals(Integer.MAX_VALUE - 8, Archive.capacity(Integer.MAX_VALUE - 9, Integer.MAX_VALUE - 8));
        final IllegalStateException refusal = assertThrows(IllegalStateException.class,
            () -> Archive.capacity(Integer.MAX_VALUE - 8, Integer.MAX_VALUE - 7L));
        assertEquals("a state of 2147483640 bytes: expected at most 2147483639", refusal.getMessage());
    }
}
