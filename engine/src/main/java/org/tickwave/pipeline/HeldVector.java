package org.tickwave.pipeline;

import java.lang.foreign.MemorySegment;
import org.tickwave.layout.RingDescriptor;
import org.tickwave.layout.SlotDescriptor;

/**
 * Copies a held frame, or target, from slot to slot: within a commit for the band that reads the vector, so that the band need
 * not wait for the source; from one commit to the next for the source.
 */
final class HeldVector {
    private final String name;
    private final MemorySegment image;
    private final RingDescriptor ring;
    private final long bytes;

    /** @param name the word for the vector in error messages */
    HeldVector(final String name, final Image image, final RingDescriptor ring) {
        this.name = name;
        this.image = image.segment();
        this.ring = ring;
        bytes = ring.strideBytes() - SlotDescriptor.VECTOR_OFFSET;
    }

    /** Copies the vector of tick t - 1 to tick t. */
    void copy(final long t) {
        final long before = ring.slot(t - 1);
        assert Slot.tickAcquire(image, before) == t - 1 : "held " + name + " of tick " + (t - 1)
            + " in a slot that holds tick " + Slot.tickAcquire(image, before);
        final long slot = ring.slot(t);
        Slot.open(image, slot);
        if (Slot.presentOpaque(image, before)) {
            MemorySegment.copy(image, Slot.vector(before), image, Slot.vector(slot), bytes);
        }
        Slot.frameOpaque(image, slot, Slot.frameOpaque(image, before));
        Slot.presentOpaque(image, slot, Slot.presentOpaque(image, before));
        Slot.sealRelease(image, slot, t);
    }
}
