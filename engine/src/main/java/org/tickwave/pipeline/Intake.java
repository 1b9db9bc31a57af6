package org.tickwave.pipeline;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.tickwave.kernel.Good;
import org.tickwave.layout.RingDescriptor;

/**
 * The intake of frames, or of targets. The source writes a vector into the slot of the next tick, and the intake inspects the
 * vector before the commit. A refused vector leaves the engine as if no vector had been given.
 */
public final class Intake {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final String name;
    private final MemorySegment image;
    private final RingDescriptor ring;
    private final int width;
    private final MemorySegment[] inPlace;
    private boolean given;
    private boolean inspected;

    /** @param name the word for the vector in error messages */
    public Intake(final String name, final Image image, final RingDescriptor ring, final int width) {
        this.name = name;
        this.image = image.segment();
        this.ring = ring;
        this.width = width;
        inPlace = new MemorySegment[ring.slots()];
        for (int i = 0; i < inPlace.length; i++) {
            inPlace[i] = this.image.asSlice(Slot.vector(ring.slotAt(i)), (long) width * Float.BYTES);
        }
    }

    public boolean given() {
        return given;
    }

    public void forget() {
        given = false;
    }

    /** Opens the slot of tick t, and returns the offset of its vector. */
    private long begin(final long t) {
        given = false;
        final long slot = ring.slot(t);
        Slot.open(image, slot);
        return Slot.vector(slot);
    }

    public void give(final long t, final float[] from) {
        given = false;
        if (from.length != width) {
            throw new IllegalArgumentException(name + " of " + from.length + " numbers: expected " + width);
        }
        MemorySegment.copy(from, 0, image, FLOAT, begin(t), width);
        inspect(t);
        given = true;
    }

    public void give(final long t, final MemorySegment from, final long offsetBytes) {
        given = false;
        final long bytes = (long) width * Float.BYTES;
        if (offsetBytes < 0 || offsetBytes > from.byteSize() - bytes) {
            throw new IndexOutOfBoundsException(
                name + " of " + bytes + " bytes at " + offsetBytes + " in a segment of " + from.byteSize() + " bytes");
        }
        MemorySegment.copy(from, offsetBytes, image, begin(t), bytes);
        inspect(t);
        given = true;
    }

    public void give(final long t, final DirectBuffer from, final int indexBytes) {
        given = false;
        final long bytes = (long) width * Float.BYTES;
        if (indexBytes < 0 || indexBytes > from.capacity() - bytes) {
            throw new IndexOutOfBoundsException(
                name + " of " + bytes + " bytes at " + indexBytes + " in a buffer of " + from.capacity() + " bytes");
        }
        final long to = begin(t);
        for (int i = 0; i < width; i++) {
            final float value = from.getFloat(indexBytes + i * Float.BYTES, ByteOrder.LITTLE_ENDIAN);
            image.set(FLOAT, to + (long) i * Float.BYTES, value);
        }
        inspect(t);
        given = true;
    }

    /** A segment for the caller to fill before the next commit. */
    public MemorySegment giveInPlace(final long t) {
        begin(t);
        given = true;
        inspected = false;
        return inPlace[Math.floorMod(t, inPlace.length)];
    }

    private void inspect(final long t) {
        final long vector = Slot.vector(ring.slot(t));
        if (!Good.admit(image, vector, width)) {
            given = false;
            final int bad = Good.firstBad(image, vector, width);
            throw new IllegalArgumentException(name + "[" + bad + "] is "
                + image.get(FLOAT, vector + (long) bad * Float.BYTES) + ": expected at most 2^30 in magnitude");
        }
        inspected = true;
    }

    /** Inspects a vector that was given in place. */
    public void inspectGiven(final long t) {
        if (given && !inspected) {
            inspect(t);
        }
    }

    /**
     * Makes the given vector the vector of tick t. If no vector was given, tick t has none.
     *
     * @param frame the number of the frame
     */
    public void commit(final long t, final long frame) {
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
