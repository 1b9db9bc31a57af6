package org.tickwave.bench.model;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tickwave.bench.stream.Printable;
import org.tickwave.kernel.Good;

/**
 * A safetensors file of float32, read strictly: what it says of itself is held against its size before anything is allocated.
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
    private static final String DTYPE = "F32";

    private final SizedInput input;
    private final String where;
    private final Map<String, String> metadata = new HashMap<>();
    private final List<Tensor> tensors = new ArrayList<>();

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
            return new Safetensors(name, channel.size(), channel);
        } catch (final IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Reads a header.
     *
     * @param name    for messages
     * @param size    bytes that the channel has
     * @param channel that this closes when it is closed
     */
    Safetensors(final String name, final long size, final ReadableByteChannel channel) throws IOException {
        input = new SizedInput(name, channel, size);
        where = name + ": ";
        final long length = headerLength();
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
        expectNoGap(size - Long.BYTES - length);
    }

    private long headerLength() throws IOException {
        final long size = input.size();
        if (size < Long.BYTES) {
            throw new ModelException(where + size + " bytes: expected a safetensors file, which begins with 8 that give"
                + " the length of its header");
        }
        final ByteBuffer start = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        input.fill(start);
        final long length = start.getLong(0);
        final long most = Math.min(LONGEST_HEADER, size - Long.BYTES);
        if (length < 0 || length > most) {
            throw new ModelException(where + "header of " + Long.toUnsignedString(length) + " bytes: expected at most " + most
                + (most == LONGEST_HEADER ? "" : ", as many as the file has after its length"));
        }
        if (length < 2) {
            throw new ModelException(where + "header of " + length + " bytes: expected at least 2, {}");
        }
        return length;
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

    /** Reads all data, once: numbers by the name of their tensor, all of them good. */
    Map<String, float[]> data() throws IOException {
        final long bytes = tensors.isEmpty() ? 0 : tensors.getLast().end;
        if (bytes > heapBytes()) {
            throw tooLarge(bytes);
        }
        try {
            return numbers();
        } catch (final OutOfMemoryError e) {
            throw tooLarge(bytes);
        }
    }

    private static long heapBytes() {
        final Runtime runtime = Runtime.getRuntime();
        return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
    }

    private ModelException tooLarge(final long bytes) {
        return new ModelException(where + bytes + " bytes of numbers: expected as many as the heap has room for, of which "
            + heapBytes() + " bytes are free; -Xmx gives it more, in JDK_JAVA_OPTIONS");
    }

    private Map<String, float[]> numbers() throws IOException {
        final Map<String, float[]> data = new LinkedHashMap<>();
        final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
        final FloatBuffer numbers = buffer.asFloatBuffer();
        for (final Tensor tensor : tensors) {
            final float[] to = new float[tensor.count()];
            for (int at = 0; at < to.length; at += numbers.limit()) {
                final int n = Math.min(numbers.capacity(), to.length - at);
                input.fill(buffer.clear().limit(n * Float.BYTES));
                numbers.clear().limit(n).get(to, at, n);
            }
            expectGood(tensor, to);
            data.put(tensor.name, to);
        }
        return data;
    }

    private void expectGood(final Tensor tensor, final float[] numbers) throws ModelException {
        for (int i = 0; i < numbers.length; i++) {
            if (!Good.number(numbers[i])) {
                throw new ModelException(where + tensor.shown() + numbers[i] + " at " + Arrays.toString(index(tensor.shape, i))
                    + ": expected at most 2^30 in magnitude");
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
