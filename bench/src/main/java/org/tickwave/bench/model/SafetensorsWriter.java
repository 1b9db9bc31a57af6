package org.tickwave.bench.model;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Writes tensors of float32 to a safetensors file. Equal contents give equal bytes. The data begin at a multiple of 8 bytes. */
final class SafetensorsWriter {
    private static final int ALIGNMENT = 8;
    private static final int BUFFER = 1 << 16;

    private final byte[] start;
    private final List<Tensor> tensors;

    /** Metadata come first in the file. Metadata and tensors keep their order. */
    SafetensorsWriter(final Map<String, String> metadata, final List<Tensor> tensors) throws IOException {
        this.tensors = tensors;
        final byte[] header = header(metadata, tensors).getBytes(StandardCharsets.UTF_8);
        final int padded = -Math.floorDiv(-header.length, ALIGNMENT) * ALIGNMENT;
        final ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(padded).put(header);
        while (bytes.hasRemaining()) {
            bytes.put((byte) ' ');
        }
        start = bytes.array();
    }

    /** Reads the numbers of a tensor. */
    interface Rows {
        /** @param to receives a row; its length is the last dimension of the tensor */
        void read(int row, float[] to) throws IOException;
    }

    /**
     * A tensor to write.
     *
     * @param shape rows and columns, or only columns if the tensor is a vector
     */
    record Tensor(String name, int[] shape, Rows rows) {
        private int columns() {
            return shape[shape.length - 1];
        }

        private int count() {
            return shape.length == 1 ? 1 : shape[0];
        }

        private long bytes() {
            return (long) count() * columns() * Float.BYTES;
        }
    }

    /** The size of the file. */
    long bytes() {
        return start.length + tensors.stream().mapToLong(Tensor::bytes).sum();
    }

    void write(final OutputStream to) throws IOException {
        to.write(start);
        final Numbers numbers = new Numbers(to);
        for (final Tensor tensor : tensors) {
            final float[] row = new float[tensor.columns()];
            for (int r = 0; r < tensor.count(); r++) {
                tensor.rows.read(r, row);
                numbers.write(row);
            }
        }
        numbers.flush();
    }

    /** Collects short rows, so that many rows need one write. */
    private static final class Numbers {
        private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
        private final FloatBuffer floats = bytes.asFloatBuffer();
        private final OutputStream to;

        private Numbers(final OutputStream to) {
            this.to = to;
        }

        private void write(final float[] row) throws IOException {
            for (int at = 0; at < row.length;) {
                if (!floats.hasRemaining()) {
                    flush();
                }
                final int n = Math.min(floats.remaining(), row.length - at);
                floats.put(row, at, n);
                at += n;
            }
        }

        private void flush() throws IOException {
            to.write(bytes.array(), 0, floats.position() * Float.BYTES);
            floats.clear();
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
            at += tensor.bytes();
            json.value(at).endArray().endObject();
        }
        json.endObject();
        return text.toString();
    }
}
