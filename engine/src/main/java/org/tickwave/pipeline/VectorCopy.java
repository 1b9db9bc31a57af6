package org.tickwave.pipeline;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.function.IntFunction;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.tickwave.kernel.Good;

/** Copies a vector between the image and memory of the embedder, who gives an array, a segment or a buffer. */
final class VectorCopy {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final String name;
    private final MemorySegment image;
    private final int width;
    private final long bytes;

    /**
     * @param name  the word for the vector in error messages
     * @param width numbers of the vector
     */
    VectorCopy(final String name, final Image image, final int width) {
        this.name = name;
        this.image = image.segment();
        this.width = width;
        bytes = (long) width * Float.BYTES;
    }

    void expect(final float[] memory) {
        if (memory.length != width) {
            throw new IllegalArgumentException(name + " of " + memory.length + " numbers: expected " + width);
        }
    }

    void expect(final MemorySegment memory, final long offsetBytes) {
        if (offsetBytes < 0 || offsetBytes > memory.byteSize() - bytes) {
            throw new IndexOutOfBoundsException(
                name + " of " + bytes + " bytes at " + offsetBytes + " in a segment of " + memory.byteSize() + " bytes");
        }
    }

    void expect(final DirectBuffer memory, final int indexBytes) {
        if (indexBytes < 0 || indexBytes > memory.capacity() - bytes) {
            throw new IndexOutOfBoundsException(
                name + " of " + bytes + " bytes at " + indexBytes + " in a buffer of " + memory.capacity() + " bytes");
        }
    }

    /**
     * What messages call the vector of one layer among several. A vector that stands alone needs no name of a layer.
     *
     * @param names gives the name of a layer
     */
    static String name(final String name, final int[] layers, final int layer, final IntFunction<String> names) {
        return layers.length == 1 ? name : name + " of " + names.apply(layer);
    }

    String name() {
        return name;
    }

    int width() {
        return width;
    }

    void in(final float[] from, final int index, final long vector) {
        MemorySegment.copy(from, index, image, FLOAT, vector, width);
    }

    void in(final MemorySegment from, final long offsetBytes, final long vector) {
        MemorySegment.copy(from, offsetBytes, image, vector, bytes);
    }

    void in(final DirectBuffer from, final int indexBytes, final long vector) {
        for (int i = 0; i < width; i++) {
            final float value = from.getFloat(indexBytes + i * Float.BYTES, ByteOrder.LITTLE_ENDIAN);
            image.set(FLOAT, vector + (long) i * Float.BYTES, value);
        }
    }

    void out(final long vector, final float[] to, final int index) {
        MemorySegment.copy(image, FLOAT, vector, to, index, width);
    }

    void out(final long vector, final MemorySegment to, final long offsetBytes) {
        MemorySegment.copy(image, vector, to, offsetBytes, bytes);
    }

    void out(final long vector, final MutableDirectBuffer to, final int indexBytes) {
        for (int i = 0; i < width; i++) {
            final float value = image.get(FLOAT, vector + (long) i * Float.BYTES);
            to.putFloat(indexBytes + i * Float.BYTES, value, ByteOrder.LITTLE_ENDIAN);
        }
    }

    /** Flushes tiny numbers to zero. Refuses a vector of which a number is not good. */
    void inspect(final long vector) {
        if (!Good.admit(image, vector, width)) {
            final int bad = Good.firstBad(image, vector, width);
            throw new IllegalArgumentException(name + "[" + bad + "] is "
                + image.get(FLOAT, vector + (long) bad * Float.BYTES) + ": expected at most 2^30 in magnitude");
        }
    }
}
