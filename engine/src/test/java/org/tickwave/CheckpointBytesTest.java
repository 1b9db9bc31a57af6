package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tickwave.keep.CheckpointStore;
import org.tickwave.keep.ImageCopy;
import org.tickwave.layout.CheckpointDescriptor;

/** A file in which anything was changed is refused, by name and in one line. */
class CheckpointBytesTest {
    private static final Path FILE = Path.of("/d/keep");
    private static final Path BEFORE = Path.of("/d/keep.1");

    @TempDir
    Path directory;

    private byte[] good;

    @BeforeEach
    void write() throws IOException {
        final Network network = Network.chain(3, 70, 2).build().withFeedback(Feedback.RANDOM);
        final Path path = directory.resolve("keep");
        try (Checkpoint checkpoint = new Checkpoint(network, new Context()); Engine engine = Engine.open(network, new Context());
             CheckpointFile file = CheckpointFile.open(path)) {
            for (int t = 0; t < 5; t++) {
                engine.input(new float[] {t, 1, 2}).target(new float[] {t, -t}).tick();
            }
            engine.checkpoint(checkpoint);
            file.write(checkpoint.put("one", new byte[] {1, 2, 3}).put("none", new byte[0]));
            good = Files.readAllBytes(path);
        }
    }

    private static void read(final byte[] bytes) throws IOException {
        final FaultyDisk disk = new FaultyDisk();
        disk.put(FILE, bytes);
        new CheckpointStore(disk, FILE).read().close();
    }

    private static String refused(final byte[] bytes, final String what) {
        final String message = assertThrows(IOException.class, () -> read(bytes), what).getMessage();
        assertTrue(message.startsWith(FILE + ": ") && !message.contains("\n"), message);
        return message;
    }

    private byte[] flipped(final long at, final int bit) {
        final byte[] bytes = good.clone();
        bytes[(int) at] ^= (byte) (1 << bit);
        return bytes;
    }

    @Test
    void everyBitOfTheHeaderAndTheTableCounts() throws IOException {
        read(good);
        final int count = ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN).getInt(CheckpointDescriptor.SECTION_COUNT_OFFSET);
        for (int at = 0; at < CheckpointDescriptor.entry(count); at++) {
            for (int bit = 0; bit < 8; bit++) {
                refused(flipped(at, bit), "bit " + bit + " of byte " + at);
            }
        }
    }

    @Test
    void theFirstAndTheLastByteOfEverySectionCount() {
        final ByteBuffer bytes = ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN);
        final TreeSet<Integer> kinds = new TreeSet<>();
        for (int s = 0; s < bytes.getInt(CheckpointDescriptor.SECTION_COUNT_OFFSET); s++) {
            final int entry = (int) CheckpointDescriptor.entry(s);
            final long place = bytes.getLong(entry + CheckpointDescriptor.ENTRY_PLACE_OFFSET);
            final long length = bytes.getLong(entry + CheckpointDescriptor.ENTRY_LENGTH_OFFSET);
            if (length > 0) {
                kinds.add(bytes.getInt(entry + CheckpointDescriptor.ENTRY_KIND_OFFSET));
                assertTrue(refused(flipped(place, 0), "section " + s).contains("CRC 0x"));
                assertTrue(refused(flipped(place + length - 1, 7), "section " + s).contains("CRC 0x"));
            }
        }
        assertEquals(10, kinds.size(), kinds::toString);
    }

    @Test
    void aFileThatIsCutOrLongerIsRefused() {
        for (int length = 0; length < good.length; length += length < 200 ? 1 : 97) {
            refused(Arrays.copyOf(good, length), length + " bytes");
        }
        assertEquals(FILE + ": has " + (good.length + 1) + " bytes: expected " + good.length + ", as its header says",
            refused(Arrays.copyOf(good, good.length + 1), "longer"));
    }

    private byte[] written(final byte[] newest, final byte[] before) throws IOException {
        final FaultyDisk disk = new FaultyDisk();
        disk.put(FILE, newest);
        if (before != null) {
            disk.put(BEFORE, before);
        }
        try (ImageCopy copy = copy()) {
            new CheckpointStore(disk, FILE).write(copy);
        } finally {
            assertFalse(disk.exists(Path.of("/d/keep.tmp")));
        }
        return disk.content(FILE);
    }

    private ImageCopy copy() throws IOException {
        final FaultyDisk disk = new FaultyDisk();
        disk.put(FILE, good);
        return new CheckpointStore(disk, FILE).read();
    }

    /** Somebody has mistyped a name. A checkpoint that was damaged is replaced, even if its first bytes are gone and FILE.1 is good. */
    @Test
    void aFileThatIsNoCheckpointIsNotReplaced() throws IOException {
        final byte[] notes = "notes of a whole year".getBytes();
        for (final byte[] other : new byte[][] {notes, {'n'}, new byte[good.length]}) {
            final FaultyDisk disk = new FaultyDisk();
            disk.put(FILE, other);
            try (ImageCopy copy = copy()) {
                final CheckpointStore store = new CheckpointStore(disk, FILE);
                for (int i = 0; i < 2; i++) {
                    final String message = assertThrows(IOException.class, () -> store.write(copy)).getMessage();
                    assertTrue(message.startsWith(FILE + ": cannot be written: ") && message.contains(": expected a checkpoint"), message);
                    assertThrows(IOException.class, store::read);
                }
                assertArrayEquals(other, disk.content(FILE));
                assertEquals(0, disk.changes());
            }
        }
        assertThrows(IOException.class, () -> written(notes, notes));
        assertArrayEquals(good, written(notes, good));
        assertArrayEquals(good, written(new byte[0], null));
        assertArrayEquals(good, written(Arrays.copyOf(good, 8), null));
        assertArrayEquals(good, written(flipped(good.length - 1, 0), null));
        assertArrayEquals(good, written(flipped(0, 0), good));
    }

    @Test
    void aFileOfAnotherKindOrVersionIsRefused() {
        assertTrue(refused("YUV4MPEG2 W16 H16 F25:1 Ip A1:1 C420jpeg and more of it".repeat(3).getBytes(), "video")
            .endsWith("expected a checkpoint, which begins with 0x5045454b4b434954"));
        final byte[] later = good.clone();
        later[CheckpointDescriptor.VERSION_OFFSET] = 2;
        assertEquals(FILE + ": VERSION 2: expected 1", refused(later, "version"));
    }

    /** No CRC protects from a file that was made to harm: every number of the table is checked too. */
    @Test
    void aForgedTableIsRefused() throws IOException {
        int refused = 0;
        for (int at = CheckpointDescriptor.TABLE_OFFSET; at < CheckpointDescriptor.entry(8); at++) {
            for (final int value : new int[] {0, 1, 0x7f, 0x80, 0xff}) {
                final byte[] forged = good.clone();
                forged[at] = (byte) value;
                seal(forged);
                try {
                    final FaultyDisk disk = new FaultyDisk();
                    disk.put(FILE, forged);
                    try (ImageCopy copy = new CheckpointStore(disk, FILE).read()) {
                        assertTrue(copy.complete());
                    }
                } catch (final IOException e) {
                    refused++;
                }
            }
        }
        assertTrue(refused > 500, refused + " refused");
    }

    private byte[] withImageBytes(final long imageBytes) {
        final byte[] forged = good.clone();
        ByteBuffer.wrap(forged).order(ByteOrder.LITTLE_ENDIAN).putLong(CheckpointDescriptor.IMAGE_BYTES_OFFSET, imageBytes);
        seal(forged);
        return forged;
    }

    /** A size with the right CRCs neither takes all memory nor hides the checkpoint before. */
    @Test
    void anImageIsAsLargeAsItsRegions() throws IOException {
        final long imageBytes =
            ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN).getLong(CheckpointDescriptor.IMAGE_BYTES_OFFSET);
        read(withImageBytes(imageBytes));
        for (final long other : new long[] {Long.MIN_VALUE, -1, 0, 1, imageBytes - 64, imageBytes - 1, imageBytes + 1, imageBytes + 64,
            imageBytes + 4096, 1L << 50, Long.MAX_VALUE}) {
            assertTrue(refused(withImageBytes(other), "IMAGE_BYTES " + other).contains(": expected "));
        }
        assertEquals(FILE + ": IMAGE_BYTES " + (1L << 50) + ": expected " + imageBytes + ", where its last region ends",
            refused(withImageBytes(1L << 50), "IMAGE_BYTES"));
        final FaultyDisk disk = new FaultyDisk();
        disk.put(FILE, withImageBytes(1L << 50));
        disk.put(BEFORE, good);
        final CheckpointStore store = new CheckpointStore(disk, FILE);
        store.read().close();
        assertTrue(store.refused().contains("IMAGE_BYTES"), store.refused());
    }

    private static void seal(final byte[] file) {
        final ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        final int count = bytes.getInt(CheckpointDescriptor.SECTION_COUNT_OFFSET);
        bytes.putInt(CheckpointDescriptor.TABLE_CRC_OFFSET,
            crc(file, CheckpointDescriptor.TABLE_OFFSET, (int) CheckpointDescriptor.entry(count)));
        bytes.putInt(CheckpointDescriptor.HEADER_CRC_OFFSET, crc(file, 0, CheckpointDescriptor.HEADER_CRC_OFFSET));
    }

    private static int crc(final byte[] file, final int from, final int to) {
        final java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
        crc.update(file, from, to - from);
        return (int) crc.getValue();
    }
}
