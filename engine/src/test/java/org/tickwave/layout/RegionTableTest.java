package org.tickwave.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The region table: what is written is read, and what does not fit is refused by name. */
class RegionTableTest {
    private static final ImageLayout LAYOUT =
        new ImageLayout(new Geometry(8, new int[] {70, 20, 67}, Wiring.chain(2).aligned(), 1));
    private static final ImageLayout WITH_FEEDBACK = new ImageLayout(new Geometry(
        8, new int[] {70, 20, 67, 30}, RandomWiring.withFeedback(Feedback.RANDOM, Wiring.chain(3).aligned(), 1), 1));
    private static final int FUZZES = 20_000;

    /** The header, the table, and zeros where the regions are. */
    private static MemorySegment image(final Arena arena, final ImageLayout layout) {
        final MemorySegment image = arena.allocate(layout.imageBytes(), 64);
        layout.table().write(image);
        image.set(ValueLayout.JAVA_LONG, HeaderDescriptor.MAGIC_OFFSET, HeaderDescriptor.MAGIC);
        return image;
    }

    @Test
    void whatIsWrittenIsRead() {
        for (final int lanes : new int[] {4, 8, 16}) {
            for (final Wiring wiring : new Wiring[] {Wiring.chain(3), Wiring.chain(3).window(2), Wiring.chain(3).aligned()}) {
                final ImageLayout layout = new ImageLayout(new Geometry(lanes, new int[] {1, 70, 20, 1_000}, wiring, 3));
                try (Arena arena = Arena.ofConfined()) {
                    final RegionTable table = RegionTable.read(image(arena, layout));
                    assertEquals(layout.regions(), table.regions());
                    assertEquals(lanes, table.lanes());
                    assertEquals(layout.imageBytes(), table.imageBytes());
                    assertEquals(3, table.layers());
                    assertEquals(layout.activation(2), table.ring(Region.Kind.ACTIVATION, 2));
                    assertEquals(layout.echo(2), table.ring(Region.Kind.ECHO, 2));
                    table.expectSame(layout.table());
                }
            }
        }
    }

    @Test
    void regionsOfFeedbackAreRead() {
        try (Arena arena = Arena.ofConfined()) {
            final RegionTable table = RegionTable.read(image(arena, WITH_FEEDBACK));
            assertEquals(WITH_FEEDBACK.regions(), table.regions());
            assertTrue(table.has(Region.Kind.FEEDBACK, 3) && table.has(Region.Kind.FEEDBACK, 4) && table.has(Region.Kind.ECHO, 4));
        }
    }

    @Test
    void aRegionOfFeedbackHasRoomForItsMatrix() {
        final int entry = (int) HeaderDescriptor.entry(WITH_FEEDBACK.regions().indexOf(WITH_FEEDBACK.table().region(Region.Kind.FEEDBACK, 4)));
        try (Arena arena = Arena.ofConfined()) {
            for (final Arguments damage : new Arguments[] {
                header(entry + HeaderDescriptor.ENTRY_STRIDE_OFFSET, 64, "STRIDE 64 in entry 17, FEEDBACK 4: expected a multiple of 128, "),
                header(entry + HeaderDescriptor.ENTRY_WIDTH_OFFSET, 65, "WIDTH 65 in entry 17, FEEDBACK 4: expected 1 to 64"),
                header(entry + HeaderDescriptor.ENTRY_WIDTH_OFFSET, 0, "WIDTH 0 in entry 17, FEEDBACK 4: expected 1 to 64"),
                header(entry + HeaderDescriptor.ENTRY_OWNER_OFFSET, 0, "OWNER 0 in entry 17, FEEDBACK 0: expected 1 to 26"),
                header(entry + HeaderDescriptor.ENTRY_OWNER_OFFSET, 27, "OWNER 27 in entry 17, FEEDBACK 27: expected 1 to 26")}) {
                final MemorySegment image = image(arena, WITH_FEEDBACK);
                damage(damage).accept(image);
                final String said = assertThrows(IllegalArgumentException.class, () -> RegionTable.read(image)).getMessage();
                assertTrue(said.startsWith((String) damage.get()[0]), said + ", expected " + damage.get()[0]);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static Consumer<MemorySegment> damage(final Arguments arguments) {
        return (Consumer<MemorySegment>) arguments.get()[1];
    }

    /** A file may be longer than its image. */
    @Test
    void memoryMayBeLongerThanTheImage() {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment longer = arena.allocate(LAYOUT.imageBytes() + 100, 64);
            longer.copyFrom(image(arena, LAYOUT));
            assertEquals(LAYOUT.regions(), RegionTable.read(longer).regions());
        }
    }

    @Test
    void aRegionThatIsNotThereIsNamed() {
        assertFalse(LAYOUT.table().has(Region.Kind.DELTA, 0));
        assertTrue(LAYOUT.table().has(Region.Kind.DELTA, 1));
        final IllegalArgumentException e =
            assertThrows(IllegalArgumentException.class, () -> LAYOUT.table().region(Region.Kind.ECHO, 1));
        assertEquals("no ECHO 1 in the region table: expected one", e.getMessage());
    }

    @Test
    void thereIsNoImageWithoutMagic() {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment image = image(arena, LAYOUT);
            image.set(ValueLayout.JAVA_LONG, HeaderDescriptor.MAGIC_OFFSET, 0x17);
            refused("MAGIC 0x17 in the header: expected 0x455641574b434954, which a complete image has", image);
            assertEquals(LAYOUT.regions(), RegionTable.readOpening(image).regions());
            refused("the segment's length 63 in the header: expected at least 64", image.asSlice(0, 63));
            refused("an image aligned to 1 bytes: expected at least 8", MemorySegment.ofArray(new byte[4096]));
        }
    }

    private static void refused(final String message, final MemorySegment image) {
        final byte[] before = image.toArray(ValueLayout.JAVA_BYTE);
        assertEquals(message, assertThrows(IllegalArgumentException.class, () -> RegionTable.read(image)).getMessage());
        assertEquals(-1, MemorySegment.ofArray(before).mismatch(image));
    }

    private static Arguments header(final int offset, final int value, final String message) {
        final Consumer<MemorySegment> damage = image -> image.set(ValueLayout.JAVA_INT, offset, value);
        return Arguments.of(message, damage);
    }

    private static Arguments number(final Region.Kind kind, final int owner, final int field, final int value, final String message) {
        return header((int) entry(kind, owner) + field, value, message);
    }

    private static Arguments offset(final Region.Kind kind, final int owner, final int field, final long value, final String message) {
        final Consumer<MemorySegment> damage = image -> image.set(ValueLayout.JAVA_LONG, entry(kind, owner) + field, value);
        return Arguments.of(message, damage);
    }

    private static long entry(final Region.Kind kind, final int owner) {
        return HeaderDescriptor.entry(LAYOUT.regions().indexOf(LAYOUT.table().region(kind, owner)));
    }

    static Stream<Arguments> damages() {
        final long bytes = LAYOUT.imageBytes();
        final Region input = LAYOUT.table().region(Region.Kind.ACTIVATION, 0);
        final Region zeros = LAYOUT.table().region(Region.Kind.ZEROS, 0);
        final Region answer = LAYOUT.table().region(Region.Kind.ANSWER, 0);
        return Stream.of(
            header(HeaderDescriptor.VERSION_OFFSET, 2, "VERSION 2 in the header: expected 3"),
            header(HeaderDescriptor.LANES_OFFSET, 5, "LANES 5 in the header: expected 4, 8 or 16"),
            header(HeaderDescriptor.IMAGE_BYTES_OFFSET, (int) bytes + 64, "IMAGE_BYTES " + (bytes + 64)
                + " in the header: expected a multiple of 64, 64 to " + bytes),
            header(HeaderDescriptor.IMAGE_BYTES_OFFSET, (int) bytes - 1, "IMAGE_BYTES " + (bytes - 1)
                + " in the header: expected a multiple of 64, 64 to " + bytes),
            header(HeaderDescriptor.IMAGE_BYTES_OFFSET, (int) bytes - 64, "SLOTS 3 in entry 17, SETTINGS 0: expected at least 3, "
                + "and there is room for 2"),
            header(HeaderDescriptor.LAYERS_OFFSET, 0, "LAYERS 0 in the header: expected 1 to "),
            header(HeaderDescriptor.LAYERS_OFFSET, 3, "SLOTS 3 in entry 1, COUNTERS 0: expected 4 to "),
            header(HeaderDescriptor.REGION_COUNT_OFFSET, 0, "REGION_COUNT 0 in the header: expected 1 to " + (bytes - 64) / 32),
            header(HeaderDescriptor.REGION_COUNT_OFFSET, 1 << 30, "REGION_COUNT 1073741824 in the header: expected 1 to "),
            header(HeaderDescriptor.REGION_COUNT_OFFSET, 19, "STRIDE 640 in entry 0, HEADER 0: expected a multiple of 64, 704 to "),
            number(Region.Kind.HEADER, 0, HeaderDescriptor.ENTRY_KIND_OFFSET, 1, "KIND 1 in entry 0: expected 0"),
            offset(Region.Kind.HEADER, 0, HeaderDescriptor.ENTRY_REGION_OFFSET, 64, "REGION 64 in entry 0: expected 0"),
            number(Region.Kind.ZEROS, 0, HeaderDescriptor.ENTRY_KIND_OFFSET, 15, "KIND 15 in entry 2: expected 1 to 14"),
            number(Region.Kind.ZEROS, 0, HeaderDescriptor.ENTRY_KIND_OFFSET, 0, "KIND 0 in entry 2: expected 1 to 14"),
            number(Region.Kind.ZEROS, 0, HeaderDescriptor.ENTRY_OWNER_OFFSET, 1, "OWNER 1 in entry 2, ZEROS 1: expected 0"),
            number(Region.Kind.BIAS, 1, HeaderDescriptor.ENTRY_OWNER_OFFSET, 3, "OWNER 3 in entry 6, BIAS 3: expected 0 to 2"),
            number(Region.Kind.BIAS, 1, HeaderDescriptor.ENTRY_OWNER_OFFSET, 2,
                "OWNER 2 of entry 11, BIAS: expected an owner that no entry before has"),
            offset(Region.Kind.ACTIVATION, 0, HeaderDescriptor.ENTRY_REGION_OFFSET, zeros.end() - 64,
                "REGION " + (zeros.end() - 64) + " in entry 3, ACTIVATION 0: expected a multiple of 64, " + zeros.end() + " to "),
            offset(Region.Kind.ACTIVATION, 0, HeaderDescriptor.ENTRY_REGION_OFFSET, input.offset() + 8,
                "REGION " + (input.offset() + 8) + " in entry 3, ACTIVATION 0: expected a multiple of 64, " + zeros.end() + " to "),
            offset(Region.Kind.SETTINGS, 0, HeaderDescriptor.ENTRY_REGION_OFFSET, bytes, "REGION " + bytes
                + " in entry 17, SETTINGS 0: expected a multiple of 64, " + answer.end() + " to " + (bytes - 64)),
            offset(Region.Kind.SETTINGS, 0, HeaderDescriptor.ENTRY_REGION_OFFSET, -64, "REGION -64 in entry 17, SETTINGS 0: expected "),
            offset(Region.Kind.SETTINGS, 0, HeaderDescriptor.ENTRY_STRIDE_OFFSET, 128, "STRIDE 128 in entry 17, SETTINGS 0: expected 64"),
            offset(Region.Kind.COUNTERS, 0, HeaderDescriptor.ENTRY_STRIDE_OFFSET, 64, "STRIDE 64 in entry 1, COUNTERS 0: expected 128"),
            offset(Region.Kind.ACTIVATION, 0, HeaderDescriptor.ENTRY_STRIDE_OFFSET, 1L << 62, "STRIDE 4611686018427387904 in entry 3, "
                + "ACTIVATION 0: expected a multiple of 64, 64 to " + (bytes - input.offset())),
            offset(Region.Kind.ACTIVATION, 0, HeaderDescriptor.ENTRY_STRIDE_OFFSET, 72, "STRIDE 72 in entry 3, ACTIVATION 0: expected "),
            offset(Region.Kind.WEIGHTS, 1, HeaderDescriptor.ENTRY_STRIDE_OFFSET, 64,
                "STRIDE 64 in entry 5, WEIGHTS 1: expected a multiple of 128, 64 to "),
            number(Region.Kind.ACTIVATION, 0, HeaderDescriptor.ENTRY_SLOTS_OFFSET, 0, "SLOTS 0 in entry 3, ACTIVATION 0: expected 1 to "),
            number(Region.Kind.ACTIVATION, 0, HeaderDescriptor.ENTRY_SLOTS_OFFSET, 1 << 30,
                "SLOTS 1073741824 in entry 3, ACTIVATION 0: expected 1 to " + (bytes - input.offset()) / input.strideBytes()),
            number(Region.Kind.SETTINGS, 0, HeaderDescriptor.ENTRY_SLOTS_OFFSET, 2, "SLOTS 2 in entry 17, SETTINGS 0: expected 3"),
            number(Region.Kind.ACTIVATION, 0, HeaderDescriptor.ENTRY_WIDTH_OFFSET, 0, "WIDTH 0 in entry 3, ACTIVATION 0: expected 1 to 128"),
            number(Region.Kind.ACTIVATION, 0, HeaderDescriptor.ENTRY_WIDTH_OFFSET, 129, "WIDTH 129 in entry 3, ACTIVATION 0: expected 1 to 128"),
            number(Region.Kind.BIAS, 1, HeaderDescriptor.ENTRY_WIDTH_OFFSET, 65, "WIDTH 65 in entry 6, BIAS 1: expected 1 to 64"),
            number(Region.Kind.WEIGHTS, 1, HeaderDescriptor.ENTRY_WIDTH_OFFSET, 129, "WIDTH 129 in entry 5, WEIGHTS 1: expected 1 to 128"),
            number(Region.Kind.ZEROS, 0, HeaderDescriptor.ENTRY_WIDTH_OFFSET, 1, "WIDTH 1 in entry 2, ZEROS 0: expected 0"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void aNumberThatDoesNotFitIsNamed(final String message, final Consumer<MemorySegment> damage) {
        try (Arena arena = Arena.ofConfined()) {
            final MemorySegment image = image(arena, LAYOUT);
            damage.accept(image);
            final String said = assertThrows(IllegalArgumentException.class, () -> RegionTable.read(image)).getMessage();
            assertEquals(message, said.substring(0, Math.min(message.length(), said.length())));
            assertFalse(said.contains("\n"), said);
        }
    }

    /** Whatever stands in the header and the table: the answer is a refusal, or regions that lie within the memory. */
    @Test
    void noByteLeadsOutOfTheMemory() {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final int end = (int) HeaderDescriptor.entry(LAYOUT.regions().size());
        int refused = 0;
        try (Arena arena = Arena.ofConfined()) {
            final byte[] whole = image(arena, LAYOUT).toArray(ValueLayout.JAVA_BYTE);
            final MemorySegment image = arena.allocate(whole.length, 64);
            for (int i = 0; i < FUZZES; i++) {
                image.copyFrom(MemorySegment.ofArray(whole));
                for (int changes = random.nextInt(4); changes >= 0; changes--) {
                    image.set(ValueLayout.JAVA_BYTE, random.nextInt(end), (byte) random.nextInt());
                }
                try {
                    for (final Region region : RegionTable.read(image).regions()) {
                        assertTrue(region.offset() >= 0 && region.strideBytes() > 0 && region.slots() > 0
                            && region.slots() <= (whole.length - region.offset()) / region.strideBytes(), () -> region + ", seed " + seed);
                    }
                } catch (final IllegalArgumentException e) {
                    refused++;
                } catch (final RuntimeException e) {
                    throw new AssertionError("seed " + seed, e);
                }
            }
        }
        assertTrue(refused > FUZZES / 2 && refused < FUZZES, refused + " refused, seed " + seed);
    }
}
