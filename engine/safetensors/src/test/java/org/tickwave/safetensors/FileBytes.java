package org.tickwave.safetensors;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes and reads the bytes of files, for tests that edit the bytes. */
final class FileBytes {
    static final String NAME = "m";
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private FileBytes() {
    }

    /** The tensors of a chain 4-3-2: 92 bytes of data. */
    static byte[] small() throws IOException {
        final List<SafetensorsWriter.Tensor> tensors = new ArrayList<>();
        NetworkTensors.ofChain(4, 3, 2).shapes().forEach((name, shape) -> tensors.add(new SafetensorsWriter.Tensor(name, shape, (row, to) -> {
            for (int i = 0; i < to.byteSize() / Float.BYTES; i++) {
                to.set(FLOAT, (long) i * Float.BYTES, (row + 1) / (i + 3f));
            }
        })));
        final Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("made", "by hand");
        metadata.put("seed", "7");
        return of(new SafetensorsWriter(metadata, tensors));
    }

    static byte[] of(final SafetensorsWriter writer) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        writer.write(Channels.newChannel(bytes));
        return bytes.toByteArray();
    }

    static Map<String, float[]> read(final byte[] bytes) throws IOException {
        return read(bytes, bytes.length);
    }

    /** @param size size that the channel reports */
    static Map<String, float[]> read(final byte[] bytes, final long size) throws IOException {
        return read(bytes, size, Integer.MAX_VALUE);
    }

    /** Reads all tensors, once into an array and once into memory, and expects the same bits. */
    static Map<String, float[]> read(final byte[] bytes, final long size, final int piece) throws IOException {
        final Map<String, float[]> all = new LinkedHashMap<>();
        try (Safetensors file = Safetensors.open(NAME, new SeekableBytes(bytes, size, piece))) {
            file.expectGood();
            for (final Safetensors.Tensor tensor : file.tensors()) {
                final float[] numbers = new float[tensor.count()];
                final MemorySegment memory = MemorySegment.ofArray(new byte[tensor.count() * Float.BYTES]);
                file.read(tensor, 0, numbers);
                file.read(tensor, 0, memory);
                for (int i = 0; i < numbers.length; i++) {
                    if (Float.floatToRawIntBits(numbers[i]) != Float.floatToRawIntBits(memory.get(FLOAT, (long) i * Float.BYTES))) {
                        throw new AssertionError(tensor + ": other bits in memory at " + i);
                    }
                }
                all.put(tensor.name(), numbers);
            }
        }
        return all;
    }

    static int headerBytes(final byte[] bytes) {
        return (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
    }

    static String header(final byte[] bytes) {
        return new String(bytes, Long.BYTES, headerBytes(bytes), StandardCharsets.UTF_8);
    }

    static byte[] data(final byte[] bytes) {
        return Arrays.copyOfRange(bytes, Long.BYTES + headerBytes(bytes), bytes.length);
    }

    static byte[] file(final String header, final byte[] data) {
        final byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN)
            .putLong(text.length).put(text).put(data).array();
    }
}
