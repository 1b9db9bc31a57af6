package org.tickwave.bench.ceiling;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The loops in Java, on the Vector API. */
final class JavaLoops implements Loops {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final int VECTOR = SPECIES.vectorByteSize();
    /** Vectors of a step of a sweep that reads and writes. */
    private static final int STEP = 4;
    /** Vectors of a step of a sweep that reads: more sums than a core has additions under way. */
    private static final int READ_STEP = 8;
    /** Independent sums: more than a core has multiply-adds under way. */
    private static final int SUMS = 10;

    @Override
    public float read(final MemorySegment memory) {
        return sum(memory, (int) (memory.byteSize() / VECTOR / READ_STEP));
    }

    @Override
    public void readWrite(final MemorySegment memory, final float factor) {
        scale(memory, (int) (memory.byteSize() / VECTOR / STEP), factor);
    }

    @Override
    public float multiplyAdd(final int rounds, final float factor, final float addend) {
        return chains(rounds, factor, addend);
    }

    @Override
    public int multiplyAddsOfARound() {
        return SUMS * SPECIES.length();
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
