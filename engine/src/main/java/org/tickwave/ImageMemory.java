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
     * @return memory that an engine can run in
     * @throws IllegalArgumentException if an engine cannot run in the arena's memory
     */
    static MemorySegment allocate(final Arena arena, final long bytes, final String users) {
        final MemorySegment segment = arena.allocate(bytes, Engine.IMAGE_ALIGNMENT_BYTES);
        if (segment == null || segment.byteSize() < bytes) {
            throw unfit("gave " + (segment == null ? "no segment" : segment.byteSize() + " bytes"), bytes + " bytes");
        }
        if (!segment.isNative()) {
            throw unfit("gave memory on the heap", "native or mapped memory");
        }
        if (segment.isReadOnly()) {
            throw unfit("gave memory that is read-only", "memory that can be written");
        }
        if (segment.address() % Engine.IMAGE_ALIGNMENT_BYTES != 0) {
            throw unfit("gave memory at address 0x" + Long.toHexString(segment.address()),
                "a multiple of " + Engine.IMAGE_ALIGNMENT_BYTES + " bytes, Engine.IMAGE_ALIGNMENT_BYTES");
        }
        if (!segment.isAccessibleBy(Thread.currentThread())) {
            throw unfit("gave memory that is confined to another thread", "memory that this thread may access");
        }
        if (users != null && !segment.isAccessibleBy(Thread.ofPlatform().unstarted(() -> { }))) {
            throw unfit("confined to one thread, but there are " + users, "a shared arena, such as Arena.ofShared()");
        }
        return segment.asSlice(0, bytes);
    }

    private static IllegalArgumentException unfit(final String what, final String expected) {
        return new IllegalArgumentException("arena: " + what + ": expected " + expected);
    }
}
