package org.tickwave.safetensors;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
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
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tickwave.safetensors.file.AtomicFile;
import org.tickwave.safetensors.file.FileException;
import org.tickwave.safetensors.file.OneLine;
import org.tickwave.safetensors.file.StrictJson;

/**
 * Reads a safetensors file of float32. The header is checked strictly, and against the size of the file, before memory is allocated
 * for tensors. The numbers are never in memory all at once. A number is refused that an {@link org.tickwave.Engine} refuses: NaN, and
 * numbers above 2^30 in magnitude. For one thread at a time.
 *
 * <pre>
 * offset   bytes
 *      0       8   N, little-endian
 *      8       N   a JSON object: the name of each tensor maps to dtype, shape and data_offsets [begin, end);
 *                  __metadata__ maps to an object of strings
 *  8 + N           the data: each byte belongs to exactly one tensor
 * </pre>
 *
 * <p>The message of every {@link IOException} is one line: which file, where in the file, and what was expected.
 */
public final class Safetensors implements Closeable {
    /** The most numbers in a tensor: {@value}. */
    public static final int MOST_NUMBERS = Integer.MAX_VALUE - 8;
    /** The name that is no tensor's. */
    static final String METADATA = "__metadata__";

    /** The limit of the reference implementation. */
    static final int LONGEST_HEADER = 100_000_000;
    /** The largest magnitude that the engine takes. */
    private static final float LARGEST_GOOD = 0x1p30f;
    private static final int BUFFER = 1 << 16;
    /** The number of bytes from which the kind of another file is guessed. */
    private static final int START = 512;

    private final SizedInput input;
    private final String where;
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final List<Tensor> tensors = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    private final MemorySegment bufferBytes = MemorySegment.ofArray(buffer.array());
    private final FloatBuffer numbers = buffer.asFloatBuffer();
    private final long dataOffset;

    /**
     * An entry of the header.
     *
     * @param name  any text
     * @param shape the dimensions; empty for a single number
     * @param begin offset of the tensor's first byte in the data
     * @param end   offset of the byte after the tensor's last byte in the data
     */
    public record Tensor(String name, List<Integer> shape, long begin, long end) {
        /**
         * How many numbers the tensor has.
         *
         * @return from 0 to {@link Safetensors#MOST_NUMBERS}
         */
        public int count() {
            return (int) ((end - begin) / Float.BYTES);
        }

        /** The tensor in a message, with a colon and a space. */
        String shown() {
            return "tensor " + OneLine.text(name) + ": ";
        }
    }

    /**
     * Opens a file and reads its header.
     *
     * @param path a regular file, or a link to one
     * @return the file, which the caller closes
     * @throws IOException if there is no such file, or if the file is no safetensors file of float32
     */
    public static Safetensors open(final Path path) throws IOException {
        final String name = OneLine.text(path.toString());
        if (!Files.exists(path)) {
            throw new FileException(name + ": no such file: expected a safetensors file");
        }
        if (!Files.isRegularFile(path)) {
            throw new FileException(name + ": " + (Files.isDirectory(path) ? "a directory" : "not a regular file")
                + ": expected a safetensors file");
        }
        final FileChannel channel;
        try {
            channel = FileChannel.open(path, StandardOpenOption.READ);
        } catch (final IOException e) {
            throw new FileException(name + ": cannot be opened: " + AtomicFile.reason(e), e);
        }
        return open(name, channel);
    }

    /**
     * Reads the header of a file that is already open.
     *
     * @param name    name of the file in messages, of one line
     * @param channel positioned at the start of the file; closed with the result, and also if this method throws
     * @return the file, which the caller closes
     * @throws IOException if the file cannot be read, or is no safetensors file of float32
     */
    public static Safetensors open(final String name, final SeekableByteChannel channel) throws IOException {
        try {
            return new Safetensors(name, channel);
        } catch (final IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    private Safetensors(final String name, final SeekableByteChannel channel) throws IOException {
        input = new SizedInput(name, channel);
        where = name + ": ";
        final long length = headerLength();
        dataOffset = Long.BYTES + length;
        final StrictJson json = new StrictJson(where + "header: ", new HeaderText(input, length));
        json.object("", key -> {
            if (key.equals(METADATA)) {
                json.object(METADATA + ": ", of -> metadata.put(of, json.text(METADATA + ": " + OneLine.text(of) + ": ")));
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
            throw new FileException(where + "header of " + length + " bytes: expected at most " + most
                + ", the number of bytes left in the file");
        }
        input.seek(Long.BYTES);
        return length;
    }

    private FileException notSafetensors(final byte[] start, final String reason) {
        final String kind = FileKind.of(start);
        return new FileException(input.name() + " is not a safetensors file: " + (kind == null ? reason : kind));
    }

    private void expectNoGap(final long dataBytes) throws FileException {
        long at = 0;
        for (final Tensor tensor : tensors) {
            if (tensor.end > dataBytes) {
                throw new FileException(where + tensor.shown() + "ends at byte " + tensor.end
                    + " of the data: expected at most " + dataBytes + ", the size of the data");
            }
            if (tensor.begin != at) {
                throw new FileException(where + tensor.shown() + "begins at byte " + tensor.begin
                    + " of the data: expected " + at + ", the end of the tensor before"
                    + (tensor.begin < at ? "; the tensors overlap" : "; there is a gap between the tensors"));
            }
            at = tensor.end;
        }
        if (at != dataBytes) {
            throw new FileException(where + dataBytes + " bytes of data: expected " + at + ", the size of all tensors");
        }
    }

    /**
     * The name of the file.
     *
     * @return as it stands in messages
     */
    public String name() {
        return input.name();
    }

    /**
     * The strings in {@code __metadata__} by key.
     *
     * @return an unmodifiable map in the order of the file; empty if there are no metadata
     */
    public Map<String, String> metadata() {
        return Collections.unmodifiableMap(metadata);
    }

    /**
     * The tensors in the order of their data.
     *
     * @return an unmodifiable list
     */
    public List<Tensor> tensors() {
        return Collections.unmodifiableList(tensors);
    }

    /**
     * Reads all numbers once, to check them.
     *
     * @throws IOException if a number is bad, or the file has become shorter
     */
    public void expectGood() throws IOException {
        for (final Tensor tensor : tensors) {
            for (int at = 0; at < tensor.count();) {
                at += fill(tensor, at, tensor.count() - at);
            }
        }
    }

    /**
     * Reads consecutive numbers of a tensor.
     *
     * @param tensor one of {@link #tensors()}
     * @param first  index of the first number
     * @param to     receives the numbers; its length is the number of numbers
     * @throws IOException               if a number is bad, or the file has become shorter
     * @throws IndexOutOfBoundsException if the tensor has not so many numbers; nothing was read
     */
    public void read(final Tensor tensor, final int first, final float[] to) throws IOException {
        Objects.checkFromIndexSize(first, to.length, tensor.count());
        for (int at = 0; at < to.length;) {
            final int n = fill(tensor, first + at, to.length - at);
            numbers.get(0, to, at, n);
            at += n;
        }
    }

    /**
     * Reads consecutive numbers of a tensor into memory, as little-endian float32. Needs no array of that size.
     *
     * @param tensor one of {@link #tensors()}
     * @param first  index of the first number
     * @param to     receives the numbers, without padding; its size is that of the numbers
     * @throws IOException               if a number is bad, or the file has become shorter. The memory may hold some of the numbers then
     * @throws IndexOutOfBoundsException if the tensor has not so many numbers; nothing was read
     * @throws IllegalArgumentException  if the size of the memory is no multiple of four bytes; nothing was read
     */
    public void read(final Tensor tensor, final int first, final MemorySegment to) throws IOException {
        final long count = to.byteSize() / Float.BYTES;
        if (count * Float.BYTES != to.byteSize()) {
            throw new IllegalArgumentException(to.byteSize() + " bytes: expected a multiple of " + Float.BYTES);
        }
        Objects.checkFromIndexSize(first, count, tensor.count());
        for (int at = 0; at < count;) {
            final int n = fill(tensor, first + at, (int) count - at);
            MemorySegment.copy(bufferBytes, 0, to, (long) at * Float.BYTES, (long) n * Float.BYTES);
            at += n;
        }
    }

    /** Fills the buffer with the next numbers, and checks them. Returns how many there are. */
    private int fill(final Tensor tensor, final int first, final int most) throws IOException {
        final int n = Math.min(numbers.capacity(), most);
        input.seek(dataOffset + tensor.begin + (long) first * Float.BYTES);
        input.fill(buffer.clear().limit(n * Float.BYTES));
        for (int i = 0; i < n; i++) {
            if (!good(numbers.get(i))) {
                throw new FileException(where + tensor.shown() + bad(tensor.shape, first + i, numbers.get(i)));
            }
        }
        return n;
    }

    /** Whether the engine takes a number; false for NaN. */
    static boolean good(final float number) {
        return Math.abs(number) <= LARGEST_GOOD;
    }

    /** Says where in a tensor a bad number is. */
    static String bad(final List<Integer> shape, final int index, final float number) {
        final int[] place = new int[shape.size()];
        int left = index;
        for (int d = place.length - 1; d >= 0; d--) {
            place[d] = left % shape.get(d);
            left /= shape.get(d);
        }
        return number + " at " + Arrays.toString(place) + ": expected at most 2^30 in magnitude";
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
