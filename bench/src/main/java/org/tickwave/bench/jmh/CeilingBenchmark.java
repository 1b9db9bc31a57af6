package org.tickwave.bench.jmh;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.tickwave.bench.ceiling.Language;
import org.tickwave.bench.ceiling.Loops;

/**
 * What this machine can do at most, in Java and in C: read memory, read and write it, and multiply and add. Every thread ({@code -t 1},
 * {@code -t max}) has memory of its own. JMH prints sweeps a nanosecond, and beside them bytes and multiply-adds a nanosecond, of all
 * threads together: billions a second. Compare the best iterations.
 */
@BenchmarkMode(Mode.Throughput)
public class CeilingBenchmark extends Timed {
    static final int MAX_KIB = 1 << 22;
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;
    private static final int KIB = 1024;
    /** So many that the sum of the sums takes no time beside them. */
    private static final int ROUNDS = 1000;
    private static final long ALIGNMENT_BYTES = 2 << 20;
    /** So near to 1 that no number vanishes or grows in a measurement that anybody makes, and not 1, so that nothing is saved. */
    private static final float FACTOR = 0.9999999f;
    private static final float ADDEND = 1e-7f;
    /** Every sum of at most so many ones is exact, in any order. */
    private static final long EXACT = 1 << 24;

    /** What is read and written. */
    @State(Scope.Thread)
    public static class Memory {
        /** {@code JAVA} or {@code C}. */
        @Param("JAVA")
        public Language language;

        /** Memory of a thread, in KiB: choose a size for each cache, and one that fits no cache. */
        @Param("16")
        public int kib;

        Loops loops;
        private Arena arena;
        private MemorySegment segment;

        /** Allocates and verifies. */
        @Setup
        public void setUp() {
            if (kib < 1 || kib > MAX_KIB) {
                throw new IllegalArgumentException("kib " + kib + ": expected 1 to " + MAX_KIB);
            }
            loops = language.loops();
            arena = Arena.ofShared();
            segment = arena.allocate((long) kib * KIB, ALIGNMENT_BYTES);
            verify();
        }

        /** Verifies and frees. */
        @TearDown
        public void tearDown() {
            verify();
            arena.close();
        }

        /** Expects that a sweep reads and writes each number once. Leaves ones. */
        void verify() {
            final long numbers = segment.byteSize() / Float.BYTES;
            fill(0, numbers, 0);
            for (long from = 0; from < numbers; from += EXACT) {
                final long to = Math.min(numbers, from + EXACT);
                fill(from, to, 1);
                Expect.near("the sum of the numbers read, of which " + from + " to " + to + " are ones", to - from, loops.read(segment), 0);
                fill(from, to, 0);
            }
            fill(0, numbers, 2);
            loops.readWrite(segment, 0.5f);
            for (long i = 0; i < numbers; i++) {
                Expect.near("number " + i, 1, segment.getAtIndex(FLOAT, i), 0);
            }
        }

        private void fill(final long from, final long to, final float number) {
            for (long i = from; i < to; i++) {
                segment.setAtIndex(FLOAT, i, number);
            }
        }
    }

    /** Verifies the arithmetic. */
    @State(Scope.Thread)
    public static class Registers {
        /** {@code JAVA} or {@code C}. */
        @Param("JAVA")
        public Language language;

        Loops loops;

        @Setup
        public void setUp() {
            loops = language.loops();
            verify();
        }

        /** From 1, each sum is 3, 7 and 15 after a round. The sum of the sums is exact. */
        @TearDown
        public void verify() {
            final int rounds = 3;
            final double sum = 15.0 * loops.multiplyAddsOfARound();
            Expect.near("the sum of the multiply-adds", sum, loops.multiplyAdd(rounds, 2, 1), 0);
        }
    }

    /** Reads all memory once. */
    @Benchmark
    public float read(final Memory memory, final Work work) {
        work.add(memory.segment.byteSize(), 0);
        return memory.loops.read(memory.segment);
    }

    /** Reads and writes all memory once. */
    @Benchmark
    public void readWrite(final Memory memory, final Work work) {
        work.add(2 * memory.segment.byteSize(), 0);
        memory.loops.readWrite(memory.segment, FACTOR);
    }

    /** Multiplies and adds in registers. */
    @Benchmark
    public float multiplyAdd(final Registers registers, final Work work) {
        work.add(0, (long) ROUNDS * registers.loops.multiplyAddsOfARound());
        return registers.loops.multiplyAdd(ROUNDS, FACTOR, ADDEND);
    }
}
