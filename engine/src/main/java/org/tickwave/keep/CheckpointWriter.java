package org.tickwave.keep;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.tickwave.layout.CheckpointDescriptor;
import org.tickwave.layout.Region;
import org.tickwave.layout.RegionTable;

/** Writes a checkpoint: first the sections, and last the head, which has their CRCs. */
final class CheckpointWriter {
    private static final long CHUNK_BYTES = 1 << 20;

    private final ImageCopy copy;
    private final MemorySegment image;
    private final RegionTable table;
    private final List<Section> sections = new ArrayList<>();
    private final Disk.Output to;
    private final MemorySegment chunk;
    private long filled;
    private long written;
    private final CRC32C crc = new CRC32C();

    private CheckpointWriter(final ImageCopy copy, final Disk.Output to, final MemorySegment chunk) {
        this.copy = copy;
        this.to = to;
        this.chunk = chunk;
        image = copy.image();
        table = RegionTable.read(image);
    }

    /** Writes the whole file. Does not force it. */
    static void write(final ImageCopy copy, final Disk.Output to) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            new CheckpointWriter(copy, to, arena.allocate(CHUNK_BYTES)).write(arena);
        }
    }

    private void write(final Arena arena) throws IOException {
        final List<byte[]> names = copy.added().keySet().stream().map(name -> name.getBytes(StandardCharsets.UTF_8)).toList();
        final List<byte[]> contents = List.copyOf(copy.added().values());
        plan(names, contents);
        final MemorySegment head = arena.allocate(CheckpointDescriptor.entry(sections.size()), Long.BYTES);
        final MemorySegment row = arena.allocate(Math.max(1, widestRow()), Float.BYTES);
        written = head.byteSize();
        for (int s = 0; s < sections.size(); s++) {
            final Section section = sections.get(s);
            crc.reset();
            if (section.kind() == CheckpointDescriptor.ADDED) {
                put(MemorySegment.ofArray(names.get(section.owner())));
                put(MemorySegment.ofArray(contents.get(section.owner())));
            } else {
                put(table.regions().get(s), section, row);
            }
            section.write(head, s, (int) crc.getValue());
        }
        flush();
        Head.seal(head, image, table.layers(), sections.size(), written);
        to.write(head.asByteBuffer(), 0);
    }

    /** Decides where each section stands. */
    private void plan(final List<byte[]> names, final List<byte[]> contents) {
        final int count = table.regions().size() + names.size();
        long place = CheckpointDescriptor.entry(count);
        for (final Region region : table.regions()) {
            sections.add(Section.of(region, table.lanes(), place));
            place = sections.getLast().end();
        }
        for (int i = 0; i < names.size(); i++) {
            sections.add(Section.added(i, names.get(i).length, contents.get(i).length, place));
            place = sections.getLast().end();
        }
    }

    private long widestRow() {
        return table.regions().stream().filter(region -> CheckpointDescriptor.matrix(region.kind()))
            .mapToLong(region -> (long) region.width() * Float.BYTES).max().orElse(0);
    }

    private void put(final Region region, final Section section, final MemorySegment row) throws IOException {
        if (!CheckpointDescriptor.matrix(region.kind())) {
            put(image.asSlice(region.offset(), section.length()));
            return;
        }
        final Matrix matrix = Matrix.of(region, table.lanes());
        for (int r = 0; r < matrix.rows(); r++) {
            matrix.read(image, r, row);
            put(row.asSlice(0, matrix.rowBytes()));
        }
    }

    private void put(final MemorySegment bytes) throws IOException {
        for (long at = 0; at < bytes.byteSize();) {
            final long n = Math.min(bytes.byteSize() - at, chunk.byteSize() - filled);
            MemorySegment.copy(bytes, at, chunk, filled, n);
            crc.update(chunk.asSlice(filled, n).asByteBuffer());
            filled += n;
            at += n;
            if (filled == chunk.byteSize()) {
                flush();
            }
        }
    }

    private void flush() throws IOException {
        if (filled > 0) {
            to.write(chunk.asSlice(0, filled).asByteBuffer(), written);
            written += filled;
            filled = 0;
        }
    }
}
