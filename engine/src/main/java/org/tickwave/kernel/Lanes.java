package org.tickwave.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.tickwave.layout.WeightsDescriptor;

/** The vector width of this JVM. Every kernel has one body for all widths. */
public final class Lanes {
    static final VectorSpecies<Float> SPECIES = species();
    static final VectorSpecies<Integer> INTS = SPECIES.withLanes(int.class);

    /** float32 numbers in a vector. */
    public static final int LANES = SPECIES.length();
    /** Bytes of a vector. */
    static final int VECTOR = LANES * Float.BYTES;
    /** Bytes of a row of a panel: the columns of four vectors. */
    static final int PANEL_ROW = 4 * VECTOR;

    /** Running sums of a row, whatever the lane width. */
    static final int SUMS = WeightsDescriptor.SUMS;
    /** How many vectors hold the running sums of a row: 1, 2 or 4. Each takes part of the columns. */
    static final int PARTS = SUMS / LANES;
    /** Bytes from one vector of a panel's columns to the next, in a vector of activations. */
    static final int LINE = SUMS * Float.BYTES;
    /** Bytes of a group of columns. */
    static final int GROUP = WeightsDescriptor.GROUP_COLUMNS * Float.BYTES;

    static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT.withOrder(ORDER);

    private Lanes() {
    }

    /** An image is made for 128, 256 or 512 bits. Wider machines use 512; on narrower ones the JVM emulates 128. */
    private static VectorSpecies<Float> species() {
        final VectorSpecies<Float> preferred = FloatVector.SPECIES_PREFERRED;
        if (preferred.vectorBitSize() >= 512) {
            return FloatVector.SPECIES_512;
        }
        return preferred.vectorBitSize() >= 256 ? FloatVector.SPECIES_256 : FloatVector.SPECIES_128;
    }

    static FloatVector load(final MemorySegment image, final long at) {
        return FloatVector.fromMemorySegment(SPECIES, image, at, ORDER);
    }

    static void store(final FloatVector vector, final MemorySegment image, final long at) {
        vector.intoMemorySegment(image, at, ORDER);
    }

    /** How many vectors {@code n} numbers take; the last one may be partly filled. */
    static int vectors(final int n) {
        return (n + LANES - 1) / LANES;
    }

    /** How many lines of sixteen numbers {@code n} numbers take; the last one may be partly filled. */
    static int lines(final int n) {
        return (n + SUMS - 1) / SUMS;
    }

    /** Bytes of one part of the partial sums: a vector for each row, rows rounded up to whole lines. */
    static long partBytes(final int rows) {
        return (long) lines(rows) * SUMS * VECTOR;
    }
}
