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
 * A safetensors file of float32, read strictly: what it says of itself is held against its size before anything is allocated.
 * Its numbers are never in memory all at once.
 *
 * <pre>
 * offset   bytes
 *      0       8   N, little-endian
 *      8       N   a JSON object: a tensor's name to its dtype, shape and data_offsets [begin, end); __metadata__ to strings
 *  8 + N           the data: every byte of it in one tensor
 * </pre>
 */
final class Safetensors implements Closeable {
    /** The limit that the reference implementation has. */
    static final int LONGEST_HEADER = 100_000_000;
    /** Whole numbers beyond it are not the same in every reader of JSON. */
    private static final long LARGEST = 1L << 53;
    private static final int MOST_DIMENSIONS = 8;
    /** In a tensor. */
    static final int MOST_NUMBERS = Integer.MAX_VALUE - 8;
    private static final int BUFFER = 1 << 16;
    /** Bytes that show what another file is. */
    private static final int START = 512;
    private static final String DTYPE = "F32";

    private final SizedInput input;
    private final String where;
    private final Map<String, String> metadata = new HashMap<>();
    private final List<Tensor> tensors = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    private final long dataOffset;

    /**
     * Where a tensor is.
     *
     * @param begin of its first byte, counted from the first of the data
     * @param end   of the byte after its last
     */
    record Tensor(String name, int[] shape, long begin, long end) {
        int count() {
            return (int) ((end - begin) / Float.BYTES);
        }

        /** As it is known in a message. */
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
     * @param name    for messages
     * @param channel at its begin; this closes it when it is closed
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
                tensors.add(tensor(json, key));
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
            throw noSafetensors(start.array(), size + " bytes: expected 8 that give the length of its header");
        }
        final long length = start.getLong(0);
        if (length < 0 || length > LONGEST_HEADER) {
            throw noSafetensors(start.array(), "its first 8 bytes give a header of " + Long.toUnsignedString(length)
                + " bytes: expected at most " + LONGEST_HEADER);
        }
        if (length < 2) {
            throw noSafetensors(start.array(), "its first 8 bytes give a header of " + length + " bytes: expected at least 2, {}");
        }
        if (size > Long.BYTES && start.get(Long.BYTES) != '{') {
            throw noSafetensors(start.array(), "byte 8 is 0x" + HexFormat.of().toHexDigits(start.get(Long.BYTES))
                + ": expected {, which a header begins with");
        }
        final long most = size - Long.BYTES;
        if (length > most) {
            throw new ModelException(where + "header of " + length + " bytes: expected at most " + most
                + ", as many as the file has after its length");
        }
        input.seek(Long.BYTES);
        return length;
    }

    private ModelException noSafetensors(final byte[] start, final String otherwise) {
        final String kind = FileKind.of(start);
        return new ModelException(input.name() + " is not a safetensors file: " + (kind == null ? otherwise : kind));
    }

    /** What is known of a tensor while its entry is read. */
    private static final class Entry {
        private String dtype;
        private int[] shape;
        private long[] offsets;
    }

    private static Tensor tensor(final StrictJson json, final String name) throws IOException {
        final String what = "tensor " + Printable.text(name) + ": ";
        final Entry entry = new Entry();
        json.object(what, key -> {
            switch (key) {
                case "dtype" -> entry.dtype = json.text(what + "dtype: ");
                case "shape" -> entry.shape = shape(json, what + "shape: ");
                case "data_offsets" -> entry.offsets = offsets(json, what + "data_offsets: ");
                default -> throw json.surplus(what, key, "dtype, shape and data_offsets");
            }
        });
        if (entry.dtype == null || entry.shape == null || entry.offsets == null) {
            throw json.refuse(what + "no " + (entry.dtype == null ? "dtype" : entry.shape == null ? "shape" : "data_offsets")
                + ": expected dtype, shape and data_offsets");
        }
        if (!entry.dtype.equals(DTYPE)) {
            throw json.refuse(what + "dtype " + Printable.text(entry.dtype) + ": expected " + DTYPE);
        }
        final Tensor tensor = new Tensor(name, entry.shape, entry.offsets[0], entry.offsets[1]);
        expectSize(json, what, tensor);
        return tensor;
    }

    private static int[] shape(final StrictJson json, final String what) throws IOException {
        final int[] shape = new int[MOST_DIMENSIONS];
        final int[] dimensions = {0};
        json.list(what, MOST_DIMENSIONS, i -> {
            shape[i] = (int) json.whole(what, 0, MOST_NUMBERS);
            dimensions[0] = i + 1;
        });
        return Arrays.copyOf(shape, dimensions[0]);
    }

    private static long[] offsets(final StrictJson json, final String what) throws IOException {
        final long[] offsets = {-1, -1};
        json.list(what, 2, i -> offsets[i] = json.whole(what, 0, LARGEST));
        if (offsets[1] < 0) {
            throw json.refuse(what + (offsets[0] < 0 ? "none" : "only one") + ": expected a begin and an end");
        }
        if (offsets[0] > offsets[1]) {
            throw json.refuse(what + Arrays.toString(offsets) + ": expected a begin that is not after the end");
        }
        return offsets;
    }

    private static void expectSize(final StrictJson json, final String what, final Tensor tensor) throws ModelException {
        long count = 1;
        for (final int n : tensor.shape) {
            // No product here is beyond 2^62.
            count *= n;
            if (count > MOST_NUMBERS) {
                throw json.refuse(what + "shape " + Arrays.toString(tensor.shape) + ": expected at most " + MOST_NUMBERS
                    + " numbers");
            }
        }
        if (tensor.end - tensor.begin != count * Float.BYTES) {
            throw json.refuse(what + "data_offsets: [" + tensor.begin + ", " + tensor.end + "], which are "
                + (tensor.end - tensor.begin) + " bytes: expected " + count * Float.BYTES + ", as many as its shape "
                + Arrays.toString(tensor.shape) + " of " + DTYPE + " takes");
        }
    }

    private void expectNoGap(final long dataBytes) throws ModelException {
        long at = 0;
        for (final Tensor tensor : tensors) {
            if (tensor.end > dataBytes) {
                throw new ModelException(where + tensor.shown() + "ends at byte " + tensor.end
                    + " of the data: expected at most " + dataBytes + ", as many as the file has");
            }
            if (tensor.begin != at) {
                throw new ModelException(where + tensor.shown() + "begins at byte " + tensor.begin
                    + " of the data: expected " + at + ", where the tensor before it ends: "
                    + (tensor.begin < at ? "they overlap" : "there is a hole"));
            }
            at = tensor.end;
        }
        if (at != dataBytes) {
            throw new ModelException(where + dataBytes + " bytes of data: expected " + at + ", as many as its tensors take");
        }
    }

    String name() {
        return input.name();
    }

    /** Text by key; of no order. */
    Map<String, String> metadata() {
        return metadata;
    }

    /** In the order of their data. */
    List<Tensor> tensors() {
        return tensors;
    }

    /**
     * Reads all numbers, from the first to the last, and keeps none.
     *
     * @throws ModelException if one is not good
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
     * Reads numbers of a tensor.
     *
     * @param first of them
     * @param to    filled
     * @throws ModelException if one is not good, or the file has become shorter
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
