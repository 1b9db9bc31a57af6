package org.tickwave.keep;

import static org.tickwave.keep.Section.INT;
import static org.tickwave.keep.Section.LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.tickwave.kernel.Lanes;
import org.tickwave.layout.CheckpointDescriptor;
import org.tickwave.layout.HeaderDescriptor;
import org.tickwave.layout.ImageLayout;
import org.tickwave.layout.ImageState;
import org.tickwave.layout.Region;
import org.tickwave.layout.RegionTable;

/**
 * Reads a checkpoint, and believes nothing: the CRCs say that the file is as it was written, and every section lies within the file
 * and within the image. The result is an image at rest with this JVM's lanes.
 */
final class CheckpointReader {
    private static final long CHUNK_BYTES = 1 << 20;
    private static final Region.Kind[] KINDS = Region.Kind.values();

    private final Disk.Input from;
    private final MemorySegment chunk;
    private final CRC32C crc = new CRC32C();
    private MemorySegment head;
    private long imageBytes;

    private CheckpointReader(final Disk.Input from, final MemorySegment chunk) {
        this.from = from;
        this.chunk = chunk;
    }

    /** @throws IOException if the file cannot be read, or is no whole checkpoint; the message does not name the file */
    static ImageCopy read(final Disk.Input from) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            return new CheckpointReader(from, arena.allocate(CHUNK_BYTES)).read(arena);
        }
    }

    /** @throws IOException if the file is not empty, and does not begin as a checkpoint does */
    static void expectBegin(final Disk.Input from) throws IOException {
        final long fileBytes = from.size();
        if (fileBytes == 0) {
            return;
        }
        final String expected = ": expected a checkpoint, an empty file or a new name";
        if (fileBytes < Long.BYTES) {
            throw new IOException("has " + fileBytes + " bytes" + expected);
        }
        final ByteBuffer begin = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        from.read(begin, 0);
        if (begin.getLong(0) != CheckpointDescriptor.MAGIC) {
            throw new IOException("begins with 0x" + Long.toHexString(begin.getLong(0)) + expected + "; a checkpoint begins with 0x"
                + Long.toHexString(CheckpointDescriptor.MAGIC));
        }
    }

    private ImageCopy read(final Arena arena) throws IOException {
        final long fileBytes = from.size();
        if (fileBytes < CheckpointDescriptor.TABLE_OFFSET) {
            throw new IOException("has " + fileBytes + " bytes: expected a checkpoint");
        }
        final MemorySegment header = arena.allocate(CheckpointDescriptor.TABLE_OFFSET, Long.BYTES);
        from.read(header.asByteBuffer(), 0);
        final int count = Head.check(header, fileBytes);
        head = arena.allocate(CheckpointDescriptor.entry(count), Long.BYTES);
        from.read(head.asByteBuffer(), 0);
        Head.expectSame("TABLE_CRC", header.get(INT, CheckpointDescriptor.TABLE_CRC_OFFSET),
            Head.crc(head, CheckpointDescriptor.TABLE_OFFSET, head.byteSize()));
        imageBytes = header.get(LONG, CheckpointDescriptor.IMAGE_BYTES_OFFSET);
        if (imageBytes < HeaderDescriptor.entry(count)) {
            throw new IOException("IMAGE_BYTES " + imageBytes + ": expected an image with " + count + " regions");
        }
        final List<Section> sections = sections(count, fileBytes);
        final RegionTable table = table(sections);
        final ImageCopy copy = new ImageCopy(imageBytes);
        try {
            table.write(copy.image());
            for (final Section section : sections) {
                read(section, copy, arena);
            }
            complete(copy.image());
            return copy;
        } catch (final IOException | RuntimeException | Error e) {
            copy.close();
            throw e;
        }
    }

    private List<Section> sections(final int count, final long fileBytes) throws IOException {
        final List<Section> sections = new ArrayList<>();
        long end = head.byteSize();
        for (int s = 0; s < count; s++) {
            final Section section = Section.read(head, s);
            if (section.place() != end || section.length() < 0 || section.length() > fileBytes - end) {
                throw refused(s, "PLACE " + section.place() + ", LENGTH " + section.length(),
                    "byte " + end + ", where the section before ends, and at most " + (fileBytes - end) + " bytes");
            }
            sections.add(section);
            end = section.end();
        }
        if (end != fileBytes) {
            throw new IOException("its sections end at byte " + end + ": expected byte " + fileBytes + ", its end");
        }
        return sections;
    }

    private static IOException refused(final int section, final String what, final String expected) {
        return new IOException("section " + section + ": " + what + ": expected " + expected);
    }

    /** The region table of the image. Regions follow each other, and what is in the file fits into them. */
    private RegionTable table(final List<Section> sections) throws IOException {
        final List<Region> regions = new ArrayList<>();
        long end = 0;
        for (int s = 0; s < sections.size() && sections.get(s).kind() != CheckpointDescriptor.ADDED; s++) {
            final Section section = sections.get(s);
            if (section.kind() < 0 || section.kind() >= KINDS.length) {
                throw refused(s, "KIND " + section.kind(), "0 to " + (KINDS.length - 1) + ", or " + CheckpointDescriptor.ADDED);
            }
            final Region region = region(s, section);
            if (section.length() != Section.of(region, Lanes.LANES, 0).length() || region.offset() < end
                || region.offset() > imageBytes || region.bytes() > imageBytes - region.offset()) {
                throw refused(s, "LENGTH " + section.length() + ", REGION " + section.region(), "a region of the image and its bytes");
            }
            regions.add(region);
            end = region.end();
        }
        expectImageBytes(regions);
        try {
            return new RegionTable(Lanes.LANES, imageBytes, head.get(INT, CheckpointDescriptor.LAYERS_OFFSET), regions);
        } catch (final IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Before the memory of the image is allocated. */
    private void expectImageBytes(final List<Region> regions) throws IOException {
        if (regions.isEmpty()) {
            throw new IOException("no region of an image in its table: expected one");
        }
        final long expected = ImageLayout.imageBytes(regions.getLast());
        if (imageBytes != expected) {
            throw new IOException("IMAGE_BYTES " + imageBytes + ": expected " + expected + ", where its last region ends");
        }
    }

    private Region region(final int number, final Section section) throws IOException {
        final Region.Kind kind = KINDS[section.kind()];
        if (section.slots() < 1 || section.stride() < 1 || section.width() < 0 || section.region() < 0
            || section.stride() > imageBytes / section.slots()) {
            throw refused(number, "SLOTS " + section.slots() + ", STRIDE " + section.stride() + ", WIDTH " + section.width(),
                "slots that fit into an image of " + imageBytes + " bytes");
        }
        if (!CheckpointDescriptor.matrix(kind)) {
            return new Region(kind, section.owner(), section.region(), section.slots(), section.stride(), section.width());
        }
        if (section.width() < 1 || section.stride() != (long) section.width() * Float.BYTES) {
            throw refused(number, "STRIDE " + section.stride(), "the bytes of " + section.width() + " columns");
        }
        final Matrix matrix = new Matrix(section.region(), section.slots(), section.width(), Lanes.LANES);
        return new Region(kind, section.owner(), section.region(), matrix.panels().panels(), matrix.panels().panelBytes(), section.width());
    }

    private void read(final Section section, final ImageCopy to, final Arena arena) throws IOException {
        crc.reset();
        if (section.kind() == CheckpointDescriptor.ADDED) {
            add(section, to);
        } else if (CheckpointDescriptor.matrix(KINDS[section.kind()])) {
            readRows(section, to.image(), arena);
        } else {
            read(section.place(), to.image().asSlice(section.region(), section.length()));
        }
        if ((int) crc.getValue() != section.crc()) {
            final String name = section.kind() == CheckpointDescriptor.ADDED ? "added section" : KINDS[section.kind()].toString();
            Head.expectSame(name + ' ' + section.owner() + ": CRC", section.crc(), (int) crc.getValue());
        }
    }

    /** Reads as many whole rows at a time as the chunk holds. */
    private void readRows(final Section section, final MemorySegment image, final Arena arena) throws IOException {
        final Matrix matrix = new Matrix(section.region(), section.slots(), section.width(), Lanes.LANES);
        final long rowBytes = matrix.rowBytes();
        final MemorySegment rows = rowBytes <= chunk.byteSize() ? chunk : arena.allocate(rowBytes, Float.BYTES);
        final int most = Math.toIntExact(rows.byteSize() / rowBytes);
        for (int row = 0; row < matrix.rows(); row += most) {
            final int n = Math.min(most, matrix.rows() - row);
            read(section.place() + row * rowBytes, rows.asSlice(0, n * rowBytes));
            for (int i = 0; i < n; i++) {
                matrix.write(image, row + i, rows.asSlice(i * rowBytes, rowBytes));
            }
        }
    }

    private void add(final Section section, final ImageCopy to) throws IOException {
        if (section.width() < 1 || section.width() > CheckpointDescriptor.NAME_BYTES || section.length() < section.width()
            || section.length() > Integer.MAX_VALUE - Long.BYTES) {
            throw new IOException("added section " + section.owner() + ": WIDTH " + section.width() + ", LENGTH " + section.length()
                + ": expected a name of 1 to " + CheckpointDescriptor.NAME_BYTES + " bytes and less than 2 GiB");
        }
        final byte[] bytes = new byte[(int) section.length()];
        final ByteBuffer buffer = ByteBuffer.wrap(bytes);
        from.read(buffer, section.place());
        crc.update(bytes);
        final byte[] content = new byte[bytes.length - section.width()];
        System.arraycopy(bytes, section.width(), content, 0, content.length);
        to.added().put(new String(bytes, 0, section.width(), StandardCharsets.UTF_8), content);
    }

    private void read(final long place, final MemorySegment to) throws IOException {
        for (long at = 0; at < to.byteSize(); at += CHUNK_BYTES) {
            final MemorySegment part = to.asSlice(at, Math.min(CHUNK_BYTES, to.byteSize() - at));
            from.read(part.asByteBuffer(), place + at);
            crc.update(part.asByteBuffer());
        }
    }

    private void complete(final MemorySegment image) throws IOException {
        image.set(LONG, HeaderDescriptor.DIGEST_OFFSET, head.get(LONG, CheckpointDescriptor.DIGEST_OFFSET));
        image.set(LONG, HeaderDescriptor.SEED_OFFSET, head.get(LONG, CheckpointDescriptor.SEED_OFFSET));
        image.set(INT, HeaderDescriptor.STATE_OFFSET, ImageState.AT_REST.ordinal());
        image.set(LONG, HeaderDescriptor.MAGIC_OFFSET, HeaderDescriptor.MAGIC);
        try {
            RegionTable.read(image);
        } catch (final IllegalArgumentException e) {
            throw new IOException("its image: " + e.getMessage(), e);
        }
    }
}
