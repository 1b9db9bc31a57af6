package org.tickwave.bench.model;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.tickwave.bench.stream.Printable;
import org.tickwave.kernel.Good;

/**
 * Reads a safetensors file of float32. The header is checked strictly, and against the size of the file, before memory is allocated
 * for tensors. The numbers are never in memory all at once.
 *
 * <pre>
 * offset   bytes
 *      0       8   N, little-endian
 *      8       N   a JSON object: the name of each tensor maps to dtype, shape and data_offsets [begin, end);
 *                  __metadata__ maps to an object of strings
 *  8 + N           the data: each byte belongs to exactly one tensor
 * </pre>
 */
final class Safetensors implements Closeable {
    /** The limit of the reference implementation. */
    static final int LONGEST_HEADER = 100_000_000;
    /** The most numbers in a tensor. */
    static final int MOST_NUMBERS = Integer.MAX_VALUE - 8;
    private static final int BUFFER = 1 << 16;
    /** The number of bytes from which the kind of another file is guessed. */
    private static final int START = 512;

    private final SizedInput input;
    private final String where;
    private final Map<String, String> metadata = new HashMap<>();
    private final List<Tensor> tensors = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    private final long dataOffset;

    /**
     * An entry of the header.
     *
     * @param begin offset of the tensor's first byte in the data
     * @param end   offset of the byte after the tensor's last byte in the data
     */
    record Tensor(String name, int[] shape, long begin, long end) {
        int count() {
            return (int) ((end - begin) / Float.BYTES);
        }

        /** The tensor in a message, with a colon and a space. */
        String shown() {
            return "tensor " + Printable.text(name) + ": ";
        }
    }

    /** Opens a file and reads its header. */
    static Safetensors open(final Path path) throws IOException {
        final String name = Printable.text(path.toString());
        if (!Files.exists(path)) {
            throw new ModelException(name + ": no such file: expected a safetensors file");
        }
        if (!Files.isRegularFile(path)) {
            throw new ModelException(name + ": " + (Files.isDirectory(path) ? "a directory" : "not a regular file")
                + ": expected a safetensors file");
        }
        final FileChannel channel;
        try {
            channel = FileChannel.open(path, StandardOpenOption.READ);
        } catch (final IOException e) {
            throw new ModelException(name + ": cannot be opened: " + AtomicFile.reason(e), e);
        }
        try {
            return new Safetensors(name, channel);
        } catch (final IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Reads a header.
     *
     * @param name    name of the file in messages
     * @param channel positioned at the start of the file; closed with this object
     */
    Safetensors(final String name, final SeekableByteChannel channel) throws IOException {
        input = new SizedInput(name, channel);
        where = name + ": ";
        final long length = headerLength();
        dataOffset = Long.BYTES + length;
        final StrictJson json = new StrictJson(where + "header: ", new HeaderText(input, length));
        json.object("", key -> {
            if (key.equals("__metadata__")) {
                json.object("__metadata__: ", of -> metadata.put(of, json.text("__metadata__: " + Printable.text(of) + ": ")));
            } else {
                tensors.add(TensorEntry.read(json, key));
            }
        });
        json.end();
        tensors.sort(Comparator.comparingLong(Tensor::begin).thenComparingLong(Tensor::end));
        expectNoGap(input.size() - dataOffset);
    }

    private long headerLength() throws IOException {
        final long size = input.size();
        final ByteBuffer start = ByteBuffer.allocate((int) Math.min(START, size)).order(ByteOrder.LITTLE_ENDIAN);
        input.fill(start);
        if (size < Long.BYTES) {
            throw notSafetensors(start.array(), size + " bytes: expected at least 8 for the length of the header");
        }
        final long length = start.getLong(0);
        if (length < 0 || length > LONGEST_HEADER) {
            throw notSafetensors(start.array(), "the first 8 bytes give a header of " + Long.toUnsignedString(length)
                + " bytes: expected at most " + LONGEST_HEADER);
        }
        if (length < 2) {
            throw notSafetensors(start.array(), "the first 8 bytes give a header of " + length + " bytes: expected at least 2 for {}");
        }
        if (size > Long.BYTES && start.get(Long.BYTES) != '{') {
            throw notSafetensors(start.array(), "byte 8 is 0x" + HexFormat.of().toHexDigits(start.get(Long.BYTES))
                + ": expected {, the first byte of a header");
        }
        final long most = size - Long.BYTES;
        if (length > most) {
            throw new ModelException(where + "header of " + length + " bytes: expected at most " + most
                + ", the number of bytes left in the file");
        }
        input.seek(Long.BYTES);
        return length;
    }

    private ModelException notSafetensors(final byte[] start, final String reason) {
        final String kind = FileKind.of(start);
        return new ModelException(input.name() + " is not a safetensors file: " + (kind == null ? reason : kind));
    }

    private void expectNoGap(final long dataBytes) throws ModelException {
        long at = 0;
        for (final Tensor tensor : tensors) {
            if (tensor.end > dataBytes) {
                throw new ModelException(where + tensor.shown() + "ends at byte " + tensor.end
                    + " of the data: expected at most " + dataBytes + ", the size of the data");
            }
            if (tensor.begin != at) {
                throw new ModelException(where + tensor.shown() + "begins at byte " + tensor.begin
                    + " of the data: expected " + at + ", the end of the tensor before"
                    + (tensor.begin < at ? "; the tensors overlap" : "; there is a gap between the tensors"));
            }
            at = tensor.end;
        }
        if (at != dataBytes) {
            throw new ModelException(where + dataBytes + " bytes of data: expected " + at + ", the size of all tensors");
        }
    }

    String name() {
        return input.name();
    }

    /** The strings in __metadata__ by key, in no defined order. */
    Map<String, String> metadata() {
        return metadata;
    }

    /** The tensors in the order of their data. */
    List<Tensor> tensors() {
        return tensors;
    }

    /**
     * Reads all numbers once, to check them.
     *
     * @throws ModelException if a number is bad
     */
    void expectGood() throws IOException {
        final float[] numbers = new float[buffer.capacity() / Float.BYTES];
        for (final Tensor tensor : tensors) {
            for (int at = 0; at < tensor.count(); at += numbers.length) {
                read(tensor, at, numbers, Math.min(numbers.length, tensor.count() - at));
            }
        }
    }

    /**
     * Reads consecutive numbers of a tensor.
     *
     * @param first index of the first number
     * @param to    receives the numbers; its length is the number of numbers
     * @throws ModelException if a number is bad, or the file has become shorter
     */
    void read(final Tensor tensor, final int first, final float[] to) throws IOException {
        read(tensor, first, to, to.length);
    }

    private void read(final Tensor tensor, final int first, final float[] to, final int count) throws IOException {
        input.seek(dataOffset + tensor.begin + (long) first * Float.BYTES);
        final FloatBuffer numbers = buffer.clear().asFloatBuffer();
        for (int at = 0; at < count;) {
            final int n = Math.min(numbers.capacity(), count - at);
            input.fill(buffer.clear().limit(n * Float.BYTES));
            numbers.clear().limit(n).get(to, at, n);
            expectGood(tensor, first, to, at, at + n);
            at += n;
        }
    }

    private void expectGood(final Tensor tensor, final int first, final float[] numbers, final int from, final int to)
        throws ModelException {
        for (int i = from; i < to; i++) {
            if (!Good.number(numbers[i])) {
                throw new ModelException(where + tensor.shown() + numbers[i] + " at "
                    + Arrays.toString(index(tensor.shape, first + i)) + ": expected at most 2^30 in magnitude");
            }
        }
    }

    private static int[] index(final int[] shape, final int number) {
        final int[] index = new int[shape.length];
        int left = number;
        for (int d = shape.length - 1; d >= 0; d--) {
            index[d] = left % shape[d];
            left /= shape[d];
        }
        return index;
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
