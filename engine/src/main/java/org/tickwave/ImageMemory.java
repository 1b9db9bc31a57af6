package org.tickwave;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Takes the memory of an image from the embedder's arena, and says in one line what is wrong with that memory. */
final class ImageMemory {
    private ImageMemory() {
    }

    /**
     * Allocates one segment, and nothing else.
     *
     * @param bytes size of the image
     * @param users what shares the image, such as {@code 2 bands}; null if only one thread uses it
     * @return memory that an engine can run in; may be longer than the image
     * @throws IllegalArgumentException if an engine cannot run in the arena's memory
     */
    static MemorySegment allocate(final Arena arena, final long bytes, final String users) {
        final MemorySegment segment = arena.allocate(bytes, Engine.IMAGE_ALIGNMENT_BYTES);
        if (segment == null || segment.byteSize() < bytes) {
            throw unfit(segment == null ? "is null" : "has " + segment.byteSize() + " bytes", bytes + " bytes");
        }
        if (!segment.isNative()) {
            throw unfit("is on the heap", "native or mapped memory");
        }
        if (segment.isReadOnly()) {
            throw unfit("is read-only", "memory that can be written");
        }
        if (segment.address() % Engine.IMAGE_ALIGNMENT_BYTES != 0) {
            throw unfit("is at address 0x" + Long.toHexString(segment.address()),
                "a multiple of " + Engine.IMAGE_ALIGNMENT_BYTES + " bytes, Engine.IMAGE_ALIGNMENT_BYTES");
        }
        if (!segment.isAccessibleBy(Thread.currentThread())) {
            throw unfit("is confined to another thread", "memory that this thread may access");
        }
        if (users != null && confined(segment)) {
            throw unfit("is confined to one thread, but there are " + users, "a shared arena, such as Arena.ofShared()");
        }
        return plain(segment, arena);
    }

    /**
     * The same memory in the class of segments that no file backs. A JVM in which the kernels meet segments of both classes inlines two
     * kinds of access in each kernel. That exceeds C2's budget: ticks then box their vectors and take more than twice as long.
     *
     * @param arena lives as long as the memory
     * @return the segment itself if the application has not allowed native access to the engine: the JVM would warn, or refuse
     */
    @SuppressWarnings("restricted")
    static MemorySegment plain(final MemorySegment segment, final Arena arena) {
        if (!segment.isMapped() || !ImageMemory.class.getModule().isNativeAccessEnabled()) {
            return segment;
        }
        final MemorySegment plain = MemorySegment.ofAddress(segment.address()).reinterpret(segment.byteSize(), arena, null);
        return segment.isReadOnly() ? plain.asReadOnly() : plain;
    }

    /** Whether only one thread may access the memory. A thread that was never started tells. */
    static boolean confined(final MemorySegment segment) {
        return !segment.isAccessibleBy(Thread.ofPlatform().unstarted(() -> { }));
    }

    private static IllegalArgumentException unfit(final String what, final String expected) {
        return new IllegalArgumentException("the memory that Context.arena gave " + what + ": expected " + expected);
    }
}
