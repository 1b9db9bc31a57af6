package org.tickwave.keep;

import static org.tickwave.layout.CheckpointDescriptor.ENTRY_CRC_OFFSET;
import static org.tickwave.layout.CheckpointDescriptor.ENTRY_KIND_OFFSET;
import static org.tickwave.layout.CheckpointDescriptor.ENTRY_LENGTH_OFFSET;
import static org.tickwave.layout.CheckpointDescriptor.ENTRY_OWNER_OFFSET;
import static org.tickwave.layout.CheckpointDescriptor.ENTRY_PLACE_OFFSET;
import static org.tickwave.layout.CheckpointDescriptor.ENTRY_REGION_OFFSET;
import static org.tickwave.layout.CheckpointDescriptor.ENTRY_SLOTS_OFFSET;
import static org.tickwave.layout.CheckpointDescriptor.ENTRY_STRIDE_OFFSET;
import static org.tickwave.layout.CheckpointDescriptor.ENTRY_WIDTH_OFFSET;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.tickwave.layout.CheckpointDescriptor;
import org.tickwave.layout.Region;

/**
 * An entry of the table of a checkpoint. {@link CheckpointDescriptor} says what the numbers mean.
 *
 * @param kind   code
 * @param region offset in the image
 * @param place  offset in the file
 */
record Section(int kind, int owner, long region, long stride, int slots, int width, long place, long length, int crc) {
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** @param lanes of the image */
    static Section of(final Region region, final int lanes, final long place) {
        final Region.Kind kind = region.kind();
        if (CheckpointDescriptor.matrix(kind)) {
            final Matrix matrix = Matrix.of(region, lanes);
            return new Section(kind.ordinal(), region.owner(), region.offset(), matrix.rowBytes(), matrix.rows(), region.width(), place,
                matrix.rows() * matrix.rowBytes(), 0);
        }
        return new Section(kind.ordinal(), region.owner(), region.offset(), region.strideBytes(), region.slots(), region.width(), place,
            CheckpointDescriptor.holds(kind) ? region.bytes() : 0, 0);
    }

    static Section added(final int number, final int nameBytes, final long contentBytes, final long place) {
        return new Section(CheckpointDescriptor.ADDED, number, 0, 0, 0, nameBytes, place, nameBytes + contentBytes, 0);
    }

    static Section read(final MemorySegment head, final int number) {
        final long at = CheckpointDescriptor.entry(number);
        return new Section(head.get(INT, at + ENTRY_KIND_OFFSET), head.get(INT, at + ENTRY_OWNER_OFFSET),
            head.get(LONG, at + ENTRY_REGION_OFFSET), head.get(LONG, at + ENTRY_STRIDE_OFFSET), head.get(INT, at + ENTRY_SLOTS_OFFSET),
            head.get(INT, at + ENTRY_WIDTH_OFFSET), head.get(LONG, at + ENTRY_PLACE_OFFSET), head.get(LONG, at + ENTRY_LENGTH_OFFSET),
            head.get(INT, at + ENTRY_CRC_OFFSET));
    }

    void write(final MemorySegment head, final int number, final int crcOfContent) {
        final long at = CheckpointDescriptor.entry(number);
        head.set(INT, at + ENTRY_KIND_OFFSET, kind);
        head.set(INT, at + ENTRY_OWNER_OFFSET, owner);
        head.set(LONG, at + ENTRY_REGION_OFFSET, region);
        head.set(LONG, at + ENTRY_STRIDE_OFFSET, stride);
        head.set(INT, at + ENTRY_SLOTS_OFFSET, slots);
        head.set(INT, at + ENTRY_WIDTH_OFFSET, width);
        head.set(LONG, at + ENTRY_PLACE_OFFSET, place);
        head.set(LONG, at + ENTRY_LENGTH_OFFSET, length);
        head.set(INT, at + ENTRY_CRC_OFFSET, crcOfContent);
    }

    long end() {
        return place + length;
    }
}
