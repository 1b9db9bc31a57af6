package org.tickwave.bench.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Makes and reads the bytes of saved models, for tests that edit the bytes. */
final class ModelBytes {
    static final String NAME = "m";

    private ModelBytes() {
    }

    static byte[] of(final Model model) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ModelFile.write(Channels.newChannel(bytes), model, "0");
        return bytes.toByteArray();
    }

    static Model read(final byte[] bytes) throws IOException {
        return read(bytes, bytes.length);
    }

    /** @param size size that the channel reports */
    static Model read(final byte[] bytes, final long size) throws IOException {
        try (SavedModel saved = SavedModel.open(NAME, new SeekableBytes(bytes, size, Integer.MAX_VALUE))) {
            return Models.inMemory(saved.model());
        }
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
        return file(header.getBytes(StandardCharsets.UTF_8), data);
    }

    static byte[] file(final byte[] header, final byte[] data) {
        return ByteBuffer.allocate(Long.BYTES + header.length + data.length).order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header.length).put(header).put(data).array();
    }
}
