package org.tickwave.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tickwave.safetensors.file.OneLine;

class SafetensorsWriterTest {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int SEVERAL = 60;

    @TempDir
    private Path directory;

    private static SafetensorsWriter.Tensor tensor(final String name, final float[] data, final Integer... shape) {
        return new SafetensorsWriter.Tensor(name, List.of(shape), (row, to) -> {
            final int n = (int) (to.byteSize() / Float.BYTES);
            MemorySegment.copy(data, row * n, to, FLOAT, 0, n);
        });
    }

    private static float[] numbers(final Random random, final int n) {
        final float[] numbers = new float[n];
        for (int i = 0; i < n; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }

    /** The bytes that the reference implementation's format asks for, by hand. */
    @Test
    void theBytesOfASmallFile() throws IOException {
        final byte[] found = FileBytes.of(new SafetensorsWriter(Map.of("k", "\"v\""), List.of(tensor("a", new float[] {1, -2}, 1, 2))));
        final String header = "{\"__metadata__\":{\"k\":\"\\\"v\\\"\"},\"a\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}";
        final byte[] data = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putFloat(1).putFloat(-2).array();
        assertArrayEquals(FileBytes.file(header + " ".repeat(-header.length() & 7), data), found);
    }

    /** Rows that fit into a buffer several times, not at all, or exactly; tensors of no, one and three dimensions; none. */
    @Test
    void whatIsReadIsWhatWasWritten() throws IOException {
        final long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        final Random random = new Random(seed);
        for (int i = 0; i < SEVERAL; i++) {
            final List<SafetensorsWriter.Tensor> tensors = new ArrayList<>();
            final List<float[]> expected = new ArrayList<>();
            for (int t = 0; t < random.nextInt(5); t++) {
                final Integer[] shape = switch (random.nextInt(6)) {
                    case 0 -> new Integer[0];
                    case 1 -> new Integer[] {random.nextInt(50_000)};
                    case 2 -> new Integer[] {1 + random.nextInt(4), 16_383 + random.nextInt(3)};
                    case 3 -> new Integer[] {random.nextInt(4), random.nextInt(5), random.nextInt(6)};
                    case 4 -> new Integer[] {3, 16_384 * 3 + random.nextInt(2)};
                    default -> new Integer[] {random.nextInt(200), random.nextInt(200)};
                };
                final float[] data = numbers(random, List.of(shape).stream().reduce(1, (a, b) -> a * b));
                expected.add(data);
                tensors.add(tensor("t" + t, data, shape));
            }
            final SafetensorsWriter writer = new SafetensorsWriter(Map.of(), tensors);
            final byte[] bytes = FileBytes.of(writer);
            assertEquals(writer.bytes(), bytes.length);
            assertEquals(0, FileBytes.headerBytes(bytes) % 8);
            final Map<String, float[]> found = FileBytes.read(bytes, bytes.length, 1 + random.nextInt(70_000));
            assertEquals(expected.size(), found.size());
            for (int t = 0; t < expected.size(); t++) {
                assertArrayEquals(expected.get(t), found.get("t" + t));
            }
        }
    }

    /** A channel may take a part of what it is given. */
    @Test
    void aChannelThatTakesOneByteAtATimeGetsAll() throws IOException {
        final SafetensorsWriter writer = new SafetensorsWriter(Map.of(), List.of(tensor("a", numbers(new Random(1), 50), 5, 10)));
        final byte[] whole = FileBytes.of(writer);
        final ByteBuffer taken = ByteBuffer.allocate(whole.length);
        writer.write(new WritableByteChannel() {
            @Override
            public int write(final ByteBuffer from) {
                taken.put(from.get());
                return 1;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {
            }
        });
        assertArrayEquals(whole, taken.array());
    }

    @Test
    void aFileOnTheDiskHasTheSameBytes() throws IOException {
        final SafetensorsWriter writer = new SafetensorsWriter(Map.of("a", "b"), List.of(tensor("a", numbers(new Random(1), 60_000), 60_000)));
        final Path file = directory.resolve("m");
        writer.write(file);
        assertArrayEquals(FileBytes.of(writer), Files.readAllBytes(file));
    }

    @Test
    void theOldFileStaysIfARowCannotBeRead() throws IOException {
        final Path file = Files.writeString(directory.resolve("m"), "old");
        final SafetensorsWriter writer = new SafetensorsWriter(Map.of(), List.of(new SafetensorsWriter.Tensor("a", List.of(2, 2), (row, to) -> {
            if (row == 1) {
                throw new IOException("the source is gone");
            }
        })));
        assertEquals(file + ": cannot be written: the source is gone", assertThrows(IOException.class, () -> writer.write(file)).getMessage());
        assertEquals("old", Files.readString(file));
    }

    @Test
    void aPartOfATensorIsRead() throws IOException {
        final float[] data = numbers(new Random(2), 40_000);
        final byte[] bytes = FileBytes.of(new SafetensorsWriter(Map.of(), List.of(tensor("x", new float[] {5}, 1), tensor("a", data, 200, 200))));
        try (Safetensors file = Safetensors.open("m", new SeekableBytes(bytes, bytes.length, 1000))) {
            final Safetensors.Tensor tensor = file.tensors().get(1);
            final float[] part = new float[30_000];
            file.read(tensor, 9_999, part);
            for (int i = 0; i < part.length; i++) {
                assertEquals(data[9_999 + i], part[i]);
            }
            final MemorySegment memory = MemorySegment.ofArray(new byte[4 * part.length]);
            file.read(tensor, 10_000, memory);
            assertEquals(data[10_000], memory.get(FLOAT, 0));
            assertEquals(data[39_999], memory.get(FLOAT, memory.byteSize() - 4));
            assertThrows(IndexOutOfBoundsException.class, () -> file.read(tensor, 10_001, part));
            assertThrows(IndexOutOfBoundsException.class, () -> file.read(tensor, 10_001, memory));
            assertThrows(IndexOutOfBoundsException.class, () -> file.read(tensor, -1, part));
            assertEquals("7 bytes: expected a multiple of 4",
                assertThrows(IllegalArgumentException.class, () -> file.read(tensor, 0, memory.asSlice(0, 7))).getMessage());
        }
    }

    private static void assertRefused(final String message, final String name, final Integer... shape) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, () -> tensor(name, new float[0], shape)).getMessage());
    }

    /** What the reader would refuse. */
    @Test
    void whatNoFileCanHoldIsRefused() {
        assertRefused("tensor a: shape [2, -1]: expected no negative number", "a", 2, -1);
        assertRefused("tensor a: shape [65536, 65536]: expected at most 2147483639 numbers", "a", 65_536, 65_536);
        assertRefused("tensor a: shape [65536, 65536, 0]: expected at most 2147483639 numbers", "a", 65_536, 65_536, 0);
        assertRefused("tensor a: shape [0, 2147483640]: expected no dimension above 2147483639", "a", 0, 2_147_483_640);
        assertRefused("tensor a\\x0a: shape [1, 1, 1, 1, 1, 1, 1, 1, 1]: expected at most 8 dimensions", "a\n", 1, 1, 1, 1, 1, 1, 1, 1, 1);
        for (final String name : List.of("a", "__metadata__")) {
            final List<SafetensorsWriter.Tensor> tensors = List.of(tensor("a", new float[1], 1), tensor(name, new float[1], 1));
            assertEquals("tensor " + name + ": expected another name, since this one is taken",
                assertThrows(IllegalArgumentException.class, () -> new SafetensorsWriter(Map.of(), tensors)).getMessage());
        }
    }

    private static void assertRefused(final String message, final Map<String, String> metadata, final List<SafetensorsWriter.Tensor> tensors) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, () -> new SafetensorsWriter(metadata, tensors)).getMessage());
    }

    /** Both would be a question mark in the file. In a value a question mark harms nobody. */
    @Test
    void aNameThatIsNoUnicodeIsRefused() throws IOException {
        assertRefused("tensor ?: unpaired surrogate \\ud800: expected valid Unicode".replace("?", OneLine.text("\ud800")), Map.of(),
            List.of(tensor("\ud800", new float[1], 1), tensor("\ud801", new float[1], 1)));
        assertRefused("metadata: key ?: unpaired surrogate \\udc00: expected valid Unicode".replace("?", OneLine.text("a\udc00")),
            Map.of("a\udc00", ""), List.of());
        final byte[] bytes = FileBytes.of(new SafetensorsWriter(Map.of("\ud83c\udf0a", "\ud800"), List.of(tensor("\ud83c\udf0a", new float[1], 1))));
        try (Safetensors file = Safetensors.open("m", new SeekableBytes(bytes, bytes.length, 1000))) {
            assertEquals(Map.of("\ud83c\udf0a", "?"), file.metadata());
            assertEquals("\ud83c\udf0a", file.tensors().getFirst().name());
        }
    }

    /** The reader takes as many keys as the writer, and no more. */
    @Test
    void asManyTensorsAndMetadataAsTheReaderTakes() throws IOException {
        final List<SafetensorsWriter.Tensor> tensors = new ArrayList<>();
        final Map<String, String> metadata = new HashMap<>();
        for (int i = 0; i < 262_143; i++) {
            tensors.add(tensor("t" + i, new float[0], 0));
            metadata.put("k" + i, "");
        }
        metadata.put("k", "");
        final byte[] bytes = FileBytes.of(new SafetensorsWriter(metadata, tensors));
        try (Safetensors file = Safetensors.open("m", new SeekableBytes(bytes, bytes.length, Integer.MAX_VALUE))) {
            assertEquals(262_143, file.tensors().size());
            assertEquals(metadata, file.metadata());
        }
        tensors.add(tensor("t", new float[0], 0));
        assertRefused("262144 tensors: expected at most 262143", Map.of(), tensors);
        metadata.put("l", "");
        assertRefused("262145 keys of the metadata: expected at most 262144", metadata, List.of());
    }

    /** The reference implementation has the same limit. */
    @Test
    @Tag("soak")
    void aHeaderIsAtMostAsLongAsTheReaderTakes() throws IOException {
        final String frame = "{\"__metadata__\":{\"k\":\"\"}}";
        final String longest = "v".repeat(100_000_000 - frame.length());
        assertRefused("header of 100000001 bytes: expected at most 100000000", Map.of("k", longest + "v"), List.of());
        final SafetensorsWriter writer = new SafetensorsWriter(Map.of("k", longest), List.of());
        assertEquals(100_000_008, writer.bytes());
    }

    /** A tensor without rows needs no memory for a row, and no row is asked for, however long it would be. */
    @Test
    void aTensorWithoutNumbersNeedsNoMemory() throws IOException {
        final SafetensorsWriter.Rows none = (row, to) -> {
            throw new IOException("row " + row + " of " + to.byteSize() + " bytes");
        };
        final List<SafetensorsWriter.Tensor> tensors = new ArrayList<>();
        for (final List<Integer> shape : List.of(List.of(0, 1_000_000_000), List.of(0, 2_000_000_000, 2_000_000_000, 2_000_000_000),
            List.of(0, 1 << 30, 1 << 30, 2), List.of(2_000_000_000, 0), List.of(0))) {
            tensors.add(new SafetensorsWriter.Tensor(shape.toString(), shape, none));
        }
        tensors.add(1, tensor("a", new float[] {5, 6}, 2));
        final byte[] bytes = FileBytes.of(new SafetensorsWriter(Map.of(), tensors));
        assertEquals(2 * Float.BYTES, FileBytes.data(bytes).length);
        assertArrayEquals(new float[] {5, 6}, FileBytes.read(bytes).get("a"));
    }
}
