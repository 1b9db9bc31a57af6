package org.tickwave.bench.keep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
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

    /** Some of everything. */
    private static void write(final Archive archive, final Numbers numbers, final List<Object> shared, final String text) {
        archive.clear();
        archive.share(shared);
        archive.section("numbers");
        numbers.keep(archive);
        archive.text(text);
        archive.text(null);
        archive.one(Object.class, shared.getLast());
        archive.one(Object.class, null);
    }

    /** An array of each kind, at an odd place. */
    private record Numbers(boolean[] booleans, float[] floats, double[] doubles, long[] longs, int[] ints) implements Kept {
        static Numbers of(final int n) {
            final Numbers numbers = new Numbers(new boolean[3], new float[n], new double[n], new long[n], new int[n]);
            numbers.booleans[1] = true;
            for (int i = 0; i < n; i++) {
                numbers.floats[i] = i + .5f;
                numbers.doubles[i] = i + .25;
                numbers.longs[i] = -1L << i % 64;
                numbers.ints[i] = -i;
            }
            return numbers;
        }

        @Override
        public void keep(final Archive archive) {
            archive.all(booleans);
            archive.all(floats);
            archive.all(doubles);
            archive.all(longs);
            archive.all(ints);
        }
    }

    @Test
    void anArchiveReadsWhatAnotherHasWritten() {
        final Numbers numbers = Numbers.of(10_000);
        final List<Object> shared = List.of("same", new String("same"));
        final Archive first = Archive.writing();
        write(first, numbers, shared, "caf\u00e9 \ud834\udd1e");
        final Archive writing = Archive.writing();
        writing.of(7);
        writing.add(first);
        final Archive reading = Archive.reading(writing.written());
        assertEquals(7, reading.of(0));
        reading.share(shared);
        reading.section("numbers");
        final Numbers found = new Numbers(new boolean[3], new float[10_000], new double[10_000], new long[10_000], new int[10_000]);
        found.keep(reading);
        assertArrayEquals(numbers.booleans, found.booleans);
        assertArrayEquals(numbers.floats, found.floats);
        assertArrayEquals(numbers.doubles, found.doubles);
        assertArrayEquals(numbers.longs, found.longs);
        assertArrayEquals(numbers.ints, found.ints);
        assertEquals("caf\u00e9 \ud834\udd1e", reading.text(null));
        assertNull(reading.text("none"));
        assertSame(shared.get(1), reading.one(Object.class, null));
        assertNull(reading.one(Object.class, null));
        reading.end();
    }

    @Test
    void anObjectThatIsNotSharedIsRefused() {
        final Archive archive = Archive.writing();
        archive.share(List.of("a"));
        archive.share(List.of("b"));
        assertThrows(IllegalStateException.class, () -> archive.one(String.class, "a"));
    }

    /** The bytes of the first archives: numbers are little-endian, a text has its length before it. */
    @Test
    void theBytesStayAsTheyWere() {
        final Archive archive = Archive.writing();
        archive.text("ab");
        archive.all(new int[] {0x0102});
        archive.of(-2L);
        assertArrayEquals(new byte[] {2, 0, 0, 0, 'a', 'b', 1, 0, 0, 0, 2, 1, 0, 0, -2, -1, -1, -1, -1, -1, -1, -1}, archive.written());
    }

    @Test
    void writingAgainAllocatesNothing() {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final Archive archive = Archive.writing();
        final Numbers numbers = Numbers.of(10_000);
        final List<Object> shared = List.of("a", "b");
        write(archive, numbers, shared, "text");
        final long before = threads.getCurrentThreadAllocatedBytes();
        write(archive, numbers, shared, "text");
        assertEquals(0, threads.getCurrentThreadAllocatedBytes() - before);
    }
}
