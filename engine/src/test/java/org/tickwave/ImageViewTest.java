package org.tickwave;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tickwave.layout.HeaderDescriptor;
import org.tickwave.layout.NotesDescriptor;

/** A view believes nothing that the file says. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ImageViewTest {
    private static final Network NETWORK = Network.graph().input("eye", 4).input("ear", 2).layer("a", 3).from("eye").layer("b", 5).from("a", "ear")
        .output("say", 2).from("b").build();
    private static final int RANDOM_FILES = 800;

    @TempDir
    Path directory;
    private Path path;
    private byte[] good;

    @BeforeEach
    void write() throws IOException {
        path = directory.resolve("w");
        try (ImageFile file = ImageFile.create(path, NETWORK, new Context());
             Engine engine = Engine.open(NETWORK, new Context().arena(file.arena()))) {
            for (int t = 0; t < 9; t++) {
                engine.inputs().get(0).frame(new float[] {1, 2, 3, t});
                engine.inputs().get(1).frame(new float[] {1, t});
                engine.outputs().getFirst().target(new float[] {1, -1});
                engine.tick();
            }
        }
        good = Files.readAllBytes(path);
    }

    private int notes() {
        return good.length - NotesDescriptor.BYTES;
    }

    private String refused(final byte[] content) throws IOException {
        Files.write(path, content);
        return assertThrows(IOException.class, () -> ImageView.open(path)).getMessage();
    }

    /** Whether the view is refused, or reads all there is without a crash. */
    private boolean opens(final byte[] content) throws IOException {
        Files.write(path, content);
        try (ImageView view = ImageView.open(path)) {
            read(view);
            return true;
        } catch (final IOException e) {
            assertTrue(e.getMessage().startsWith(path + ": no image file, or a damaged one: "), e::getMessage);
            return false;
        }
    }

    private static void read(final ImageView view) {
        view.state();
        view.live();
        view.beatAgeMs();
        view.numbers();
        if (view.complete()) {
            for (int l = 0; l < view.shape().layers().size(); l++) {
                final float[] to = new float[view.shape().layers().get(l).width()];
                view.waves().activation(l, view.completed(), to);
                view.waves().frame(l, view.completed());
                if (view.shape().layers().get(l).role() != ImageShape.Role.INPUT) {
                    view.waves().delta(l, view.completed() - 1, to);
                    view.completed(l);
                }
            }
            view.guardTrips();
            view.frames();
            view.rate();
            view.learning();
        }
    }

    @Test
    void theGoodFileIsRead() throws IOException {
        assertTrue(opens(good));
        try (ImageView view = ImageView.open(path)) {
            assertEquals(9, view.completed());
            final float[] to = new float[5];
            assertTrue(view.waves().activation(3, 9, to));
            assertTrue(view.waves().delta(3, 8, to));
        }
    }

    /** The fields of the notes that never change, with their sizes from field to field. */
    private static List<Field> fixed() throws IllegalAccessException {
        final List<Field> fields = new ArrayList<>();
        for (final Field field : NotesDescriptor.class.getDeclaredFields()) {
            if (field.getName().endsWith("_OFFSET") && !field.getName().matches("(LAYER|PROJECTION)_(WIDTH|ROLE|NAME|NAME_BYTES|FROM|TO|TICKS)_OFFSET")
                && field.getInt(null) < NotesDescriptor.SEQUENCE_OFFSET) {
                fields.add(field);
            }
        }
        return fields;
    }

    @Test
    void everyFieldOfTheNotesIsRefusedByItsName() throws IOException, IllegalAccessException {
        assertEquals(15, fixed().size());
        for (final Field field : fixed()) {
            final byte[] damaged = good.clone();
            final int at = notes() + field.getInt(null);
            ByteBuffer.wrap(damaged).order(ByteOrder.LITTLE_ENDIAN).putInt(at, 0x8000_0001);
            final String name = field.getName().replace("_OFFSET", "");
            final String message = refused(damaged);
            // Of these each number may be right, so the checksum tells.
            final String expected = List.of("PROCESS", "PROCESS_START", "CREATED").contains(name) ? "CRC" : name;
            assertTrue(message.startsWith(path + ": no image file, or a damaged one: " + expected + " ") && message.contains(" in the notes: expected"),
                name + ": " + message);
        }
    }

    @Test
    void aDamagedHeaderIsRefusedByItsField() throws IOException {
        final int[] offsets = {HeaderDescriptor.MAGIC_OFFSET, HeaderDescriptor.VERSION_OFFSET, HeaderDescriptor.LANES_OFFSET,
            HeaderDescriptor.IMAGE_BYTES_OFFSET, HeaderDescriptor.LAYERS_OFFSET, HeaderDescriptor.REGION_COUNT_OFFSET, HeaderDescriptor.STATE_OFFSET,
            HeaderDescriptor.END_OFFSET};
        final String[] names = {"MAGIC", "VERSION", "LANES", "IMAGE_BYTES", "LAYERS", "REGION_COUNT", "STATE", "END"};
        for (int i = 0; i < offsets.length; i++) {
            final byte[] damaged = good.clone();
            ByteBuffer.wrap(damaged).order(ByteOrder.LITTLE_ENDIAN).putInt(offsets[i], -1);
            if (names[i].equals("STATE")) {
                // While END is there, STATE has no meaning.
                damaged[HeaderDescriptor.END_OFFSET] = 0;
            }
            final String message = refused(damaged);
            assertTrue(message.contains(": " + names[i] + " ") && message.contains(": expected"), names[i] + ": " + message);
        }
    }

    /** The checksum finds a flipped bit; with a right checksum the entries are still not believed. */
    @Test
    void theShapeIsCheckedTwice() throws IOException {
        final ByteBuffer file = ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN);
        final int shape = (int) file.getLong(notes() + NotesDescriptor.SHAPE_OFFSET);
        final int bytes = (int) file.getLong(notes() + NotesDescriptor.SHAPE_BYTES_OFFSET);
        for (int at = shape; at < shape + bytes; at++) {
            final byte[] damaged = good.clone();
            damaged[at] ^= 1;
            assertTrue(refused(damaged).contains(": CRC 0x"));
        }
        final int projections = shape + 5 * NotesDescriptor.LAYER_ENTRY_BYTES;
        final int[][] entries = {{shape + NotesDescriptor.LAYER_WIDTH_OFFSET, -1}, {shape + NotesDescriptor.LAYER_WIDTH_OFFSET, 5},
            {shape + NotesDescriptor.LAYER_ROLE_OFFSET, 3}, {shape + NotesDescriptor.LAYER_ROLE_OFFSET, 2},
            {shape + NotesDescriptor.LAYER_NAME_OFFSET, 1 << 30}, {shape + NotesDescriptor.LAYER_NAME_BYTES_OFFSET, 1 << 30},
            {projections + NotesDescriptor.PROJECTION_FROM_OFFSET, 5}, {projections + NotesDescriptor.PROJECTION_TO_OFFSET, -1},
            {projections + NotesDescriptor.PROJECTION_TICKS_OFFSET, 0}};
        final String[] names = {"WIDTH -1", "WIDTH of ACTIVATION 0 4", "ROLE 3", "the number of regions DELTA 0 0", "NAME 1073741824",
            "NAME_BYTES 1073741824", "FROM 5", "TO -1", "TICKS 0"};
        for (int i = 0; i < entries.length; i++) {
            final String message = refused(sealed(entries[i][0], entries[i][1], shape, bytes));
            assertTrue(message.contains(": " + names[i] + " in "), names[i] + ": " + message);
        }
    }

    /** With a number changed, and the right checksum. */
    private byte[] sealed(final int at, final int value, final int shape, final int bytes) {
        final byte[] content = good.clone();
        final ByteBuffer file = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(at, value);
        final CRC32C crc = new CRC32C();
        crc.update(content, notes(), NotesDescriptor.CRC_OFFSET);
        crc.update(content, notes() + NotesDescriptor.FILE_BYTES_OFFSET, NotesDescriptor.SEQUENCE_OFFSET - NotesDescriptor.FILE_BYTES_OFFSET);
        crc.update(content, shape, bytes);
        file.putInt(notes() + NotesDescriptor.CRC_OFFSET, (int) crc.getValue());
        return content;
    }

    @Test
    void randomDamageIsRefusedOrHarmless() throws IOException {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final int table = HeaderDescriptor.TABLE_OFFSET + 60 * HeaderDescriptor.ENTRY_BYTES;
        int refusals = 0;
        for (int i = 0; i < RANDOM_FILES; i++) {
            final byte[] damaged = good.clone();
            final boolean head = random.nextBoolean();
            final int at = head ? 4 * random.nextInt(table / 4) : notes() + 4 * random.nextInt(NotesDescriptor.BYTES / 4);
            final int value = switch (random.nextInt(4)) {
                case 0 -> random.nextInt();
                case 1 -> random.nextInt(100);
                case 2 -> -1;
                default -> Integer.MAX_VALUE;
            };
            ByteBuffer.wrap(damaged).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
            refusals += assertDoesNotThrow(() -> opens(damaged), "seed " + seed + ", file " + i + ", offset " + at + ", value " + value) ? 0 : 1;
        }
        assertNotEquals(0, refusals, "seed " + seed);
        assertNotEquals(RANDOM_FILES, refusals, "seed " + seed);
    }

    @Test
    void aCutPaddedOrForeignFileIsRefused() throws IOException {
        for (final int bytes : new int[] {0, 1, 64, 4_095, 4_096, good.length - 4_096, good.length - 1}) {
            assertFalse(opens(Arrays.copyOf(good, bytes)), bytes + " bytes");
        }
        assertFalse(opens(Arrays.copyOf(good, good.length + 4_096)));
        assertFalse(opens(new byte[good.length]));
        assertEquals(directory + ": no regular file: expected an image file", assertThrows(IOException.class, () -> ImageView.open(directory)).getMessage());
        assertEquals(directory.resolve("no") + ": no such file: expected an image file",
            assertThrows(IOException.class, () -> ImageView.open(directory.resolve("no"))).getMessage());
    }

    @Test
    void aViewIsStaleIfItsFileIsCutOrGone() throws IOException {
        try (ImageView view = ImageView.open(path)) {
            assertFalse(view.stale());
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                channel.truncate(4_096);
            }
            assertTrue(view.stale());
            assertThrows(InternalError.class, view::numbers);
            Files.write(path, good);
            assertFalse(view.stale());
            Files.delete(path);
            assertTrue(view.stale());
        }
    }

    /** Each publication has the same number everywhere. */
    @Test
    void noTornNumbersAreSeen() throws IOException, InterruptedException {
        final AtomicBoolean stop = new AtomicBoolean();
        try (ImageFile file = ImageFile.create(path, NETWORK, new Context()); ImageView view = ImageView.open(path)) {
            final Thread writer = Thread.ofPlatform().start(() -> {
                for (long i = 1; !stop.get(); i++) {
                    file.publish(new ImageNumbers(i, i, i, i, i, i, i));
                }
            });
            long newest = 0;
            for (int i = 0; i < 200_000; i++) {
                final ImageNumbers seen = view.numbers();
                if (!seen.equals(ImageNumbers.UNKNOWN)) {
                    final long n = seen.framesRead();
                    assertEquals(new ImageNumbers(n, n, n, n, n, n, n), seen);
                    assertTrue(n >= newest);
                    newest = n;
                }
            }
            stop.set(true);
            writer.join();
            assertTrue(newest > 0);
        }
    }

    /** A writer that was killed in the middle of a publication leaves an odd sequence. */
    @Test
    void numbersThatAreHalfWrittenAreNotShown() throws IOException {
        final byte[] torn = good.clone();
        torn[notes() + NotesDescriptor.SEQUENCE_OFFSET] |= 1;
        torn[notes() + NotesDescriptor.FRAMES_READ_OFFSET] = 77;
        Files.write(path, torn);
        try (ImageView view = ImageView.open(path)) {
            assertEquals(ImageNumbers.UNKNOWN, view.numbers());
        }
    }
}
