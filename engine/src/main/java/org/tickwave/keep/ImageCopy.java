package org.tickwave.keep;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tickwave.layout.HeaderDescriptor;

/** A copy of an image at rest, with named sections that the embedder adds. For one thread at a time. */
public final class ImageCopy implements AutoCloseable {
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int ALIGNMENT_BYTES = 64;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment image;
    private final Map<String, byte[]> added = new LinkedHashMap<>();

    /** @param bytes size of the image */
    public ImageCopy(final long bytes) {
        try {
            image = arena.allocate(bytes, ALIGNMENT_BYTES);
        } catch (final RuntimeException | Error e) {
            arena.close();
            throw e;
        }
    }

    /** Whether the copy holds an image. */
    public boolean complete() {
        return image.get(LONG, HeaderDescriptor.MAGIC_OFFSET) == HeaderDescriptor.MAGIC;
    }

    /** Copies an image at rest. Allocates nothing. */
    public void take(final MemorySegment from) {
        if (from.byteSize() != image.byteSize()) {
            throw new IllegalArgumentException("a checkpoint of " + image.byteSize() + " bytes: expected " + from.byteSize()
                + ", the size of the image");
        }
        image.copyFrom(from);
    }

    public MemorySegment image() {
        return image;
    }

    /** The added sections, in the order in which they were added. The caller changes the map. */
    public Map<String, byte[]> added() {
        return added;
    }

    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
