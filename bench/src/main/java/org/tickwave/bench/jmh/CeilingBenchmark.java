package org.tickwave.bench.jmh;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What this machine can do at most, in Java: read memory, read and write it, and multiply and add. Every thread ({@code -t 1}, {@code -t
 * max}) has memory of its own. JMH prints sweeps a nanosecond, and beside them bytes and multiply-adds a nanosecond, of all threads
 * together: billions a second. Compare the best iterations.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class CeilingBenchmark {
    static final int MAX_KIB = 1 << 22;
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;
    private static final int KIB = 1024;
    private static final int VECTOR = SPECIES.vectorByteSize();
    /** Vectors of a step of a sweep that reads and writes. */
    private static final int STEP = 4;
    /** Vectors of a step of a sweep that reads: more sums than a core has additions under way. */
    private static final int READ_STEP = 8;
    /** Independent sums: more than a core has multiply-adds under way. */
    private static final int SUMS = 10;
    /** So many that the sum of the sums takes no time beside them. */
    private static final int ROUNDS = 1000;
    private static final long ALIGNMENT_BYTES = 2 << 20;
    /** So near to 1 that no number vanishes or grows in a measurement that anybody makes, and not 1, so that nothing is saved. */
    private static final float FACTOR = 0.9999999f;
    private static final float ADDEND = 1e-7f;
    private static final double TOLERANCE = 1e-3;

    /** What is read and written. */
    @State(Scope.Thread)
    public static class Memory {
        /** Memory of a thread, in KiB: choose a size for each cache, and one that fits no cache. */
        @Param("16")
        public int kib;

        private Arena arena;
        private MemorySegment segment;
        private long bytes;
        private int vectors;

        /** Allocates and verifies. */
        @Setup
        public void setUp() {
            if (kib < 1 || kib > MAX_KIB) {
                throw new IllegalArgumentException("kib " + kib + ": expected 1 to " + MAX_KIB);
            }
            bytes = (long) kib * KIB;
            vectors = (int) (bytes / VECTOR);
            arena = Arena.ofShared();
            segment = arena.allocate(bytes, ALIGNMENT_BYTES);
            verify();
        }

        /** Verifies and frees. */
        @TearDown
        public void tearDown() {
            verify();
            arena.close();
        }

        /** Expects that a sweep reads and writes each number once. Leaves ones. */
        private void verify() {
            final long numbers = bytes / Float.BYTES;
            for (long i = 0; i < numbers; i++) {
                segment.setAtIndex(FLOAT, i, 2);
            }
            scale(segment, vectors / STEP, 0.5f);
            for (long i = 0; i < numbers; i++) {
                if (segment.getAtIndex(FLOAT, i) != 1) {
                    throw new IllegalStateException("number " + i + " is " + segment.getAtIndex(FLOAT, i) + ": expected 1");
                }
            }
            expect("the numbers read", numbers, sum(segment, vectors / READ_STEP));
        }
    }

    /** Verifies the arithmetic. */
    @State(Scope.Thread)
    public static class Registers {
        /** From 1, each sum is 3, 7 and 15 after a round. */
        @Setup
        @TearDown
        public void verify() {
            final int rounds = 3;
            expect("the multiply-adds", 15L * SUMS * SPECIES.length(), chains(rounds, 2, 1));
        }
    }

    /** Reads all memory once. */
    @Benchmark
    public float read(final Memory memory, final Work work) {
        work.add(memory.bytes, 0);
        return sum(memory.segment, memory.vectors / READ_STEP);
    }

    /** Reads and writes all memory once. */
    @Benchmark
    public void readWrite(final Memory memory, final Work work) {
        work.add(2 * memory.bytes, 0);
        scale(memory.segment, memory.vectors / STEP, FACTOR);
    }

    /** Multiplies and adds in registers. */
    @Benchmark
    public float multiplyAdd(final Registers registers, final Work work) {
        work.add(0, (long) ROUNDS * SUMS * SPECIES.length());
        return chains(ROUNDS, FACTOR, ADDEND);
    }

    private static void expect(final String what, final double expected, final double actual) {
        if (!(Math.abs(actual - expected) <= TOLERANCE * expected)) {
            throw new IllegalStateException(what + " add up to " + actual + ": expected " + expected);
        }
    }

    private static float sum(final MemorySegment memory, final int steps) {
        FloatVector a = FloatVector.zero(SPECIES);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        FloatVector e = a;
        FloatVector f = a;
        FloatVector g = a;
        FloatVector h = a;
        for (int i = 0; i < steps; i++) {
            final long at = (long) i * (READ_STEP * VECTOR);
            a = a.add(FloatVector.fromMemorySegment(SPECIES, memory, at, ORDER));
            b = b.add(FloatVector.fromMemorySegment(SPECIES, memory, at + VECTOR, ORDER));
            c = c.add(FloatVector.fromMemorySegment(SPECIES, memory, at + 2 * VECTOR, ORDER));
            d = d.add(FloatVector.fromMemorySegment(SPECIES, memory, at + 3 * VECTOR, ORDER));
            e = e.add(FloatVector.fromMemorySegment(SPECIES, memory, at + 4 * VECTOR, ORDER));
            f = f.add(FloatVector.fromMemorySegment(SPECIES, memory, at + 5 * VECTOR, ORDER));
            g = g.add(FloatVector.fromMemorySegment(SPECIES, memory, at + 6 * VECTOR, ORDER));
            h = h.add(FloatVector.fromMemorySegment(SPECIES, memory, at + 7 * VECTOR, ORDER));
        }
        return a.add(b).add(c.add(d)).add(e.add(f)).add(g.add(h)).reduceLanes(VectorOperators.ADD);
    }

    private static void scale(final MemorySegment memory, final int steps, final float factor) {
        for (int i = 0; i < steps; i++) {
            final long at = (long) i * (STEP * VECTOR);
            final FloatVector a = FloatVector.fromMemorySegment(SPECIES, memory, at, ORDER);
            final FloatVector b = FloatVector.fromMemorySegment(SPECIES, memory, at + VECTOR, ORDER);
            final FloatVector c = FloatVector.fromMemorySegment(SPECIES, memory, at + 2 * VECTOR, ORDER);
            final FloatVector d = FloatVector.fromMemorySegment(SPECIES, memory, at + 3 * VECTOR, ORDER);
            a.mul(factor).intoMemorySegment(memory, at, ORDER);
            b.mul(factor).intoMemorySegment(memory, at + VECTOR, ORDER);
            c.mul(factor).intoMemorySegment(memory, at + 2 * VECTOR, ORDER);
            d.mul(factor).intoMemorySegment(memory, at + 3 * VECTOR, ORDER);
        }
    }

    private static float chains(final int rounds, final float factor, final float addend) {
        final FloatVector k = FloatVector.broadcast(SPECIES, factor);
        final FloatVector l = FloatVector.broadcast(SPECIES, addend);
        FloatVector a = FloatVector.broadcast(SPECIES, 1);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        FloatVector e = a;
        FloatVector f = a;
        FloatVector g = a;
        FloatVector h = a;
        FloatVector i = a;
        FloatVector j = a;
        for (int r = 0; r < rounds; r++) {
            a = a.fma(k, l);
            b = b.fma(k, l);
            c = c.fma(k, l);
            d = d.fma(k, l);
            e = e.fma(k, l);
            f = f.fma(k, l);
            g = g.fma(k, l);
            h = h.fma(k, l);
            i = i.fma(k, l);
            j = j.fma(k, l);
        }
        return a.add(b).add(c.add(d)).add(e.add(f)).add(g.add(h)).add(i.add(j)).reduceLanes(VectorOperators.ADD);
    }
}
