package org.tickwave.bench.model;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Writes float32 as a safetensors file: the same bytes for the same content, data beginning at a multiple of 8 bytes. */
final class SafetensorsWriter {
    private static final int ALIGNMENT = 8;
    private static final int BUFFER = 1 << 16;

    private SafetensorsWriter() {
    }

    /**
     * A tensor to be written.
     *
     * @param shape   whose product is the length of numbers
     * @param numbers row by row
     */
    record Tensor(String name, int[] shape, float[] numbers) {
        Tensor {
            if (Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact) != numbers.length) {
                throw new IllegalArgumentException("tensor " + name + ": " + numbers.length
                    + " numbers: expected as many as its shape " + Arrays.toString(shape) + " has");
            }
        }
    }

    /** In the order of the tensors; the metadata before them, in its order. */
    static void write(
        final OutputStream to, final Map<String, String> metadata, final List<Tensor> tensors) throws IOException {
        final byte[] header = header(metadata, tensors).getBytes(StandardCharsets.UTF_8);
        final int padded = -Math.floorDiv(-header.length, ALIGNMENT) * ALIGNMENT;
        final ByteBuffer start = ByteBuffer.allocate(Long.BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
        start.putLong(padded).put(header);
        while (start.hasRemaining()) {
            start.put((byte) ' ');
        }
        to.write(start.array());
        final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
        final FloatBuffer numbers = buffer.asFloatBuffer();
        for (final Tensor tensor : tensors) {
            for (int at = 0; at < tensor.numbers.length; at += numbers.position()) {
                numbers.clear().put(tensor.numbers, at, Math.min(numbers.capacity(), tensor.numbers.length - at));
                to.write(buffer.array(), 0, numbers.position() * Float.BYTES);
            }
        }
    }

    private static String header(final Map<String, String> metadata, final List<Tensor> tensors) throws IOException {
        final StringWriter text = new StringWriter();
        final JsonWriter json = new JsonWriter(text);
        json.beginObject().name("__metadata__").beginObject();
        for (final Map.Entry<String, String> entry : metadata.entrySet()) {
            json.name(entry.getKey()).value(entry.getValue());
        }
        json.endObject();
        long at = 0;
        for (final Tensor tensor : tensors) {
            json.name(tensor.name).beginObject().name("dtype").value("F32").name("shape").beginArray();
            for (final int n : tensor.shape) {
                json.value(n);
            }
            json.endArray().name("data_offsets").beginArray().value(at);
            at += (long) tensor.numbers.length * Float.BYTES;
            json.value(at).endArray().endObject();
        }
        json.endObject();
        return text.toString();
    }
}
