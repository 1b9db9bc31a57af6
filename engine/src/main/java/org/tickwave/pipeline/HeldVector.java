package org.tickwave.pipeline;

import java.lang.foreign.MemorySegment;
import org.tickwave.layout.RingDescriptor;
import org.tickwave.layout.SlotDescriptor;

/**
 * Carries a held frame, or target, from slot to slot: within a commit the band that reads it, so that nobody is asked in between,
 * and from one commit to the next the source.
 */
final class HeldVector {
    private final String name;
    private final MemorySegment image;
    private final RingDescriptor ring;
    private final long bytes;

    /** @param name what to call it in an error */
    HeldVector(final String name, final Image image, final RingDescriptor ring) {
        this.name = name;
        this.image = image.segment();
        this.ring = ring;
        bytes = ring.strideBytes() - SlotDescriptor.VECTOR_OFFSET;
    }

    /** Makes that of tick t - 1 that of tick t too. */
    void copy(final long t) {
        final long before = ring.slot(t - 1);
        assert Slot.tickAcquire(image, before) == t - 1 : name + " of tick " + (t - 1) + " held, tick " + Slot.tickAcquire(image, before);
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
