package org.tickwave.keep;

import static org.tickwave.layout.CheckpointDescriptor.DIGEST_OFFSET;
import static org.tickwave.layout.CheckpointDescriptor.FILE_BYTES_OFFSET;
import static org.tickwave.layout.CheckpointDescriptor.HEADER_CRC_OFFSET;
import static org.tickwave.layout.CheckpointDescriptor.IMAGE_BYTES_OFFSET;
import static org.tickwave.layout.CheckpointDescriptor.IMAGE_VERSION_OFFSET;
import static org.tickwave.layout.CheckpointDescriptor.LAYERS_OFFSET;
import static org.tickwave.layout.CheckpointDescriptor.MAGIC_OFFSET;
import static org.tickwave.layout.CheckpointDescriptor.SECTION_COUNT_OFFSET;
import static org.tickwave.layout.CheckpointDescriptor.SEED_OFFSET;
import static org.tickwave.layout.CheckpointDescriptor.TABLE_CRC_OFFSET;
import static org.tickwave.layout.CheckpointDescriptor.VERSION_OFFSET;
import static org.tickwave.keep.Section.INT;
import static org.tickwave.keep.Section.LONG;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.zip.CRC32C;
import org.tickwave.layout.CheckpointDescriptor;
import org.tickwave.layout.HeaderDescriptor;

/** The header and the table of a checkpoint. */
final class Head {
    /** A table larger than this is no table: an image has a few regions for each layer. */
    static final int MOST_SECTIONS = 1 << 24;

    private Head() {
    }

    static int crc(final MemorySegment bytes, final long from, final long to) {
        final CRC32C crc = new CRC32C();
        crc.update(bytes.asSlice(from, to - from).asByteBuffer());
        return (int) crc.getValue();
    }

    /** Completes the head of a file. The entries are there. */
    static void seal(final MemorySegment head, final MemorySegment image, final int layers, final int sections, final long fileBytes) {
        head.set(LONG, MAGIC_OFFSET, CheckpointDescriptor.MAGIC);
        head.set(INT, VERSION_OFFSET, CheckpointDescriptor.VERSION);
        head.set(INT, IMAGE_VERSION_OFFSET, HeaderDescriptor.VERSION);
        head.set(LONG, FILE_BYTES_OFFSET, fileBytes);
        head.set(LONG, DIGEST_OFFSET, image.get(LONG, HeaderDescriptor.DIGEST_OFFSET));
        head.set(LONG, SEED_OFFSET, image.get(LONG, HeaderDescriptor.SEED_OFFSET));
        head.set(LONG, IMAGE_BYTES_OFFSET, image.get(LONG, HeaderDescriptor.IMAGE_BYTES_OFFSET));
        head.set(INT, LAYERS_OFFSET, layers);
        head.set(INT, SECTION_COUNT_OFFSET, sections);
        head.set(INT, TABLE_CRC_OFFSET, crc(head, CheckpointDescriptor.TABLE_OFFSET, head.byteSize()));
        head.set(INT, HEADER_CRC_OFFSET, crc(head, 0, HEADER_CRC_OFFSET));
    }

    /**
     * Checks the header, and returns the number of sections.
     *
     * @param header the first {@link CheckpointDescriptor#TABLE_OFFSET} bytes
     */
    static int check(final MemorySegment header, final long fileBytes) throws IOException {
        final long magic = header.get(LONG, MAGIC_OFFSET);
        if (magic != CheckpointDescriptor.MAGIC) {
            throw new IOException("begins with 0x" + Long.toHexString(magic) + ": expected a checkpoint, which begins with 0x"
                + Long.toHexString(CheckpointDescriptor.MAGIC));
        }
        expectSame("VERSION", header.get(INT, VERSION_OFFSET), CheckpointDescriptor.VERSION);
        expectSame("HEADER_CRC", header.get(INT, HEADER_CRC_OFFSET), crc(header, 0, HEADER_CRC_OFFSET));
        expectSame("IMAGE_VERSION", header.get(INT, IMAGE_VERSION_OFFSET), HeaderDescriptor.VERSION);
        final long bytes = header.get(LONG, FILE_BYTES_OFFSET);
        if (bytes != fileBytes) {
            throw new IOException("has " + fileBytes + " bytes: expected " + bytes + ", as its header says");
        }
        final int sections = header.get(INT, SECTION_COUNT_OFFSET);
        if (sections < 1 || sections > MOST_SECTIONS || CheckpointDescriptor.entry(sections) > fileBytes) {
            throw new IOException("SECTION_COUNT " + sections + ": expected 1 or more that fit into " + fileBytes + " bytes");
        }
        return sections;
    }

    static void expectSame(final String field, final int value, final int expected) throws IOException {
        if (value != expected) {
            final boolean crc = field.endsWith("CRC");
            throw new IOException(field + ' ' + (crc ? "0x" + Integer.toHexString(value) : value) + ": expected "
                + (crc ? "0x" + Integer.toHexString(expected) + ", as its bytes have: the file was damaged or edited" : expected));
        }
    }
}
