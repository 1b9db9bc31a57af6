package org.tickwave.pipeline;

import java.lang.foreign.MemorySegment;
import org.agrona.DirectBuffer;
import org.tickwave.layout.RingDescriptor;

/**
 * The intake of the frames of one input, or of the targets of one output. The source writes a vector into the slot of the next
 * tick, and the intake inspects the vector before the commit. A refused vector leaves the engine as if no vector had been given.
 */
final class Intake {
    private final MemorySegment image;
    private final RingDescriptor ring;
    private final VectorCopy copy;
    private final MemorySegment[] inPlace;
    private boolean given;
    private boolean inspected;

    /** @param name the word for the vector in error messages */
    Intake(final String name, final Image image, final RingDescriptor ring, final int width) {
        this.image = image.segment();
        this.ring = ring;
        copy = new VectorCopy(name, image, width);
        inPlace = new MemorySegment[ring.slots()];
        for (int i = 0; i < inPlace.length; i++) {
            inPlace[i] = this.image.asSlice(Slot.vector(ring.slotAt(i)), (long) width * Float.BYTES);
        }
    }

    boolean given() {
        return given;
    }

    void forget() {
        given = false;
    }

    /** Opens the slot of tick t, and returns the offset of its vector. */
    private long begin(final long t) {
        given = false;
        final long slot = ring.slot(t);
        Slot.open(image, slot);
        return Slot.vector(slot);
    }

    /** How the vector is copied in: what it is called, and how many numbers it has. */
    VectorCopy copy() {
        return copy;
    }

    /** Takes the vector from an array that holds it from some index on. */
    void give(final long t, final float[] from, final int index) {
        copy.in(from, index, begin(t));
        inspect(t);
    }

    /** Takes the vector from a segment that holds it. */
    void give(final long t, final MemorySegment from, final long offsetBytes) {
        copy.in(from, offsetBytes, begin(t));
        inspect(t);
    }

    /** Takes the vector from a buffer that holds it. */
    void give(final long t, final DirectBuffer from, final int indexBytes) {
        copy.in(from, indexBytes, begin(t));
        inspect(t);
    }

    /** A segment for the caller to fill before the next commit. */
    MemorySegment giveInPlace(final long t) {
        begin(t);
        given = true;
        inspected = false;
        return inPlace[Math.floorMod(t, inPlace.length)];
    }

    private void inspect(final long t) {
        given = false;
        copy.inspect(Slot.vector(ring.slot(t)));
        given = true;
        inspected = true;
    }

    /** Inspects a vector that was given in place. */
    void inspectGiven(final long t) {
        if (given && !inspected) {
            inspect(t);
        }
    }

    /**
     * Makes the given vector the vector of tick t. If no vector was given, tick t has none.
     *
     * @param frame the number of the frame
     */
    void commit(final long t, final long frame) {
        final long slot = ring.slot(t);
        if (!given) {
            Slot.open(image, slot);
        }
        Slot.frameOpaque(image, slot, frame);
        Slot.presentOpaque(image, slot, given);
        Slot.sealRelease(image, slot, t);
        given = false;
    }
}
