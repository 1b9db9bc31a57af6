package org.tickwave.safetensors;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.tickwave.safetensors.file.AtomicFile;
import org.tickwave.safetensors.file.OneLine;
import org.tickwave.safetensors.file.StrictJson;

/**
 * Writes tensors of float32 to a safetensors file. Equal contents give equal bytes. The data begin at a multiple of 8 bytes. The numbers
 * pass through memory outside the heap, a row at a time, so that a tensor needs no array. For one thread at a time.
 *
 * <p>The numbers are not checked. {@link Safetensors} refuses NaN, and numbers above 2^30 in magnitude.
 */
public final class SafetensorsWriter {
    private static final int ALIGNMENT = 8;
    private static final int BUFFER = 1 << 16;
    /** A buffer of the JDK holds at most 2^31 - 1 bytes. */
    private static final int MOST_AT_ONCE = 1 << 30;

    private final byte[] start;
    private final List<Tensor> tensors;

    /** Reads the numbers of a tensor. */
    @FunctionalInterface
    public interface Rows {
        /**
         * Reads a row.
         *
         * @param row from 0 to the first dimension of the tensor; 0 if the tensor has one dimension, or none
         * @param to  receives the numbers of the row, as little-endian float32 without padding; as large as a row, outside the heap. Its
         *            old content is of no meaning
         * @throws IOException if the row cannot be read; the message is one line
         */
        void read(int row, MemorySegment to) throws IOException;
    }

    /**
     * A tensor to write.
     *
     * @param name  any valid Unicode but {@code __metadata__}
     * @param shape rows, and numbers in a row; or only numbers in a row, if the tensor is a vector; more dimensions are of a row, too
     * @param rows  the numbers; read while the file is written, but not if the tensor has no numbers
     */
    public record Tensor(String name, List<Integer> shape, Rows rows) {
        /**
         * Copies the shape.
         *
         * @throws IllegalArgumentException if a dimension is negative or above {@link Safetensors#MOST_NUMBERS}, or if there are more than
         *                                  eight dimensions or more numbers than that
         */
        public Tensor {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(rows, "rows");
            shape = List.copyOf(shape);
            expect(shape.size() <= TensorEntry.MOST_DIMENSIONS, name, shape, "at most " + TensorEntry.MOST_DIMENSIONS + " dimensions");
            long count = 1;
            for (final int n : shape) {
                expect(n >= 0, name, shape, "no negative number");
                expect(n <= Safetensors.MOST_NUMBERS, name, shape, "no dimension above " + Safetensors.MOST_NUMBERS);
                count *= n;
                expect(count <= Safetensors.MOST_NUMBERS, name, shape, "at most " + Safetensors.MOST_NUMBERS + " numbers");
            }
        }

        private static void expect(final boolean fits, final String name, final List<Integer> shape, final String expected) {
            if (!fits) {
                throw new IllegalArgumentException("tensor " + OneLine.text(name) + ": shape " + shape + ": expected " + expected);
            }
        }

        private int count() {
            return shape.size() < 2 ? 1 : shape.getFirst();
        }

        private long rowBytes() {
            return shape.stream().skip(shape.size() < 2 ? 0 : 1).mapToLong(Integer::longValue).reduce(Float.BYTES, (a, b) -> a * b);
        }

        private long bytes() {
            return count() * rowBytes();
        }
    }

    /**
     * Makes the header. Metadata come first in the file. Metadata and tensors keep their order. An unpaired surrogate in a value of the
     * metadata becomes a question mark.
     *
     * @param metadata any strings, with keys of valid Unicode
     * @param tensors  with different names
     * @throws IllegalArgumentException if two tensors have one name, if a tensor is called {@code __metadata__}, or if {@link Safetensors}
     *                                  would refuse the header: because a name or a key is no valid Unicode, because there are more than
     *                                  262,143 tensors or 262,144 metadata, or because the header has more than 100,000,000 bytes
     */
    public SafetensorsWriter(final Map<String, String> metadata, final List<Tensor> tensors) {
        this.tensors = List.copyOf(tensors);
        expectNames(tensors);
        expectKeys(metadata);
        final byte[] header = header(metadata, tensors).getBytes(StandardCharsets.UTF_8);
        expect(header.length <= Safetensors.LONGEST_HEADER,
            () -> "header of " + header.length + " bytes: expected at most " + Safetensors.LONGEST_HEADER);
        final int padded = -Math.floorDiv(-header.length, ALIGNMENT) * ALIGNMENT;
        final ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(padded).put(header);
        while (bytes.hasRemaining()) {
            bytes.put((byte) ' ');
        }
        start = bytes.array();
    }

    private static void expectNames(final List<Tensor> tensors) {
        // The metadata are a key, too.
        final int most = StrictJson.MOST_KEYS - 1;
        expect(tensors.size() <= most, () -> tensors.size() + " tensors: expected at most " + most);
        final Set<String> names = new HashSet<>(Set.of(Safetensors.METADATA));
        for (final Tensor tensor : tensors) {
            expectUnicode("tensor ", tensor.name);
            expect(names.add(tensor.name), () -> "tensor " + OneLine.text(tensor.name) + ": expected another name, since this one is taken");
        }
    }

    private static void expectKeys(final Map<String, String> metadata) {
        expect(metadata.size() <= StrictJson.MOST_KEYS,
            () -> metadata.size() + " keys of the metadata: expected at most " + StrictJson.MOST_KEYS);
        metadata.forEach((key, value) -> {
            Objects.requireNonNull(key, "a key of the metadata");
            Objects.requireNonNull(value, key);
            expectUnicode("metadata: key ", key);
        });
    }

    /** An unpaired surrogate would become a question mark, and might then be another's name. */
    private static void expectUnicode(final String what, final String name) {
        final int unpaired = StrictJson.unpairedSurrogate(name);
        expect(unpaired < 0, () -> what + OneLine.text(name) + ": unpaired surrogate \\u" + Integer.toHexString(name.charAt(unpaired))
            + ": expected valid Unicode");
    }

    private static void expect(final boolean fits, final Supplier<String> message) {
        if (!fits) {
            throw new IllegalArgumentException(message.get());
        }
    }

    /**
     * The size of the file.
     *
     * @return bytes
     */
    public long bytes() {
        return start.length + tensors.stream().mapToLong(Tensor::bytes).sum();
    }

    /**
     * Writes the file as a whole or not at all: under a temporary name in the same directory, which is forced to the disk and then moved
     * over the old file. A link is followed; permissions stay. Another thread reads the rows while the calling thread waits, so an
     * interrupt does not stop the writing. Removes temporary files that killed processes left behind.
     *
     * @param file in a directory that exists
     * @throws IOException if the disk has no room, or if the file cannot be written; the old file is unchanged
     */
    public void write(final Path file) throws IOException {
        AtomicFile.expectRoom(file, bytes());
        AtomicFile.writeBuffers(file, this::write);
    }

    /**
     * Writes the bytes of the file. The calling thread reads the rows.
     *
     * @param to stays open
     * @throws IOException if the channel or a row throws it
     */
    public void write(final WritableByteChannel to) throws IOException {
        writeAll(ByteBuffer.wrap(start), to);
        // A tensor without numbers may have rows of any size.
        final List<Tensor> withNumbers = tensors.stream().filter(tensor -> tensor.bytes() > 0).toList();
        final long longest = withNumbers.stream().mapToLong(Tensor::rowBytes).max().orElse(0);
        try (Arena arena = Arena.ofConfined()) {
            // The buffer collects short rows, so that many rows need one write.
            final MemorySegment buffer = arena.allocate(Math.max(BUFFER, longest), Float.BYTES);
            long filled = 0;
            for (final Tensor tensor : withNumbers) {
                for (int row = 0; row < tensor.count(); row++) {
                    if (filled + tensor.rowBytes() > buffer.byteSize()) {
                        writeAll(buffer.asSlice(0, filled), to);
                        filled = 0;
                    }
                    tensor.rows.read(row, buffer.asSlice(filled, tensor.rowBytes()));
                    filled += tensor.rowBytes();
                }
            }
            writeAll(buffer.asSlice(0, filled), to);
        }
    }

    private static void writeAll(final MemorySegment bytes, final WritableByteChannel to) throws IOException {
        for (long at = 0; at < bytes.byteSize(); at += MOST_AT_ONCE) {
            writeAll(bytes.asSlice(at, Math.min(MOST_AT_ONCE, bytes.byteSize() - at)).asByteBuffer(), to);
        }
    }

    private static void writeAll(final ByteBuffer bytes, final WritableByteChannel to) throws IOException {
        while (bytes.hasRemaining()) {
            to.write(bytes);
        }
    }

    private static String header(final Map<String, String> metadata, final List<Tensor> tensors) {
        final StringWriter text = new StringWriter();
        try (JsonWriter json = new JsonWriter(text)) {
            json.beginObject().name(Safetensors.METADATA).beginObject();
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
        } catch (final IOException e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }
}
