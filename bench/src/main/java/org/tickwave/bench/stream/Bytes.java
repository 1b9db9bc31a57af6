package org.tickwave.bench.stream;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;
import org.tickwave.bench.stdio.Descriptors;

/**
 * Reads the bytes of a stream through one buffer. Reading never seeks, and never waits for more bytes than the caller asks for, so
 * pipes work like files. An interrupt ends a wait and closes the channel.
 *
 * <p>{@link #await} makes bytes available. {@link #at} and the other methods that take an index read only available bytes. Index 0 is the next
 * byte of the stream.
 */
public final class Bytes implements Closeable {
    public static final int BUFFER = 65_536;

    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final long RETRY_NS = 500_000;

    private final String name;
    private final ReadableByteChannel channel;
    private ByteBuffer buffer;
    private MemorySegment segment;
    private long offset;
    private boolean ended;

    /** @param atLeast the minimum capacity of the buffer. The buffer grows if a call asks for more bytes at once */
    public Bytes(final String name, final ReadableByteChannel channel, final int atLeast) {
        this(name, channel, ByteBuffer.allocate(Math.max(BUFFER, atLeast)));
    }

    /** @param buffer the buffer to read through. This object clears the buffer. The caller must not use the buffer as long as this object is in use */
    public Bytes(final String name, final ReadableByteChannel channel, final ByteBuffer buffer) {
        this.name = name;
        this.channel = channel;
        use(buffer.clear().limit(0));
    }

    private void use(final ByteBuffer next) {
        buffer = next.order(ByteOrder.LITTLE_ENDIAN);
        segment = MemorySegment.ofBuffer(next.duplicate().clear());
    }

    /**
     * Opens a file for reading. The caller has already seen that the file exists. So if the file is missing now, the message says
     * that the file no longer exists.
     *
     * @param name the file's name in messages
     * @throws StreamException if the file is missing, if permission is denied, or if the path leads to a closed descriptor
     */
    public static FileChannel channel(final String name, final Path path) throws IOException {
        final String closed = Descriptors.closed(path);
        if (closed != null) {
            throw new StreamException(name + ": " + closed);
        }
        try {
            return FileChannel.open(path, StandardOpenOption.READ);
        } catch (final NoSuchFileException e) {
            throw new StreamException(name + ": no longer exists: expected the file to stay until the run ends");
        } catch (final AccessDeniedException e) {
            throw new StreamException(name + ": permission denied: expected a file with read permission");
        } catch (final FileSystemException e) {
            throw new IOException(name + ": cannot be opened: " + (e.getReason() == null ? e.toString() : e.getReason()), e);
        }
    }

    public String name() {
        return name;
    }

    /** The capacity of the buffer in bytes. A call that asks for more bytes at once makes the buffer grow. */
    public int capacity() {
        return buffer.capacity();
    }

    /** The offset of the next byte in the stream. */
    public long offset() {
        return offset;
    }

    /** Goes to an offset of a file. */
    public void seek(final long to) throws IOException {
        if (!(channel instanceof final SeekableByteChannel file)) {
            throw new IOException(name + ": cannot be sought: expected a file");
        }
        file.position(to);
        buffer.clear().limit(0);
        offset = to;
        ended = false;
    }

    /**
     * Waits until n bytes are available, or the stream ends.
     *
     * @return the number of available bytes, at most n
     */
    public int await(final int n) throws IOException {
        if (buffer.remaining() < n && !ended) {
            refill(n);
        }
        return Math.min(n, buffer.remaining());
    }

    private void refill(final int n) throws IOException {
        if (n > buffer.capacity()) {
            final ByteBuffer larger = ByteBuffer.allocate(Math.max(n, 2 * buffer.capacity())).put(buffer);
            use(larger);
        } else {
            buffer.compact();
        }
        try {
            while (buffer.position() < n && !ended) {
                final int read = channel.read(buffer);
                if (read == 0) {
                    // Only a pipe in non-blocking mode returns 0: the pipe is open but empty.
                    LockSupport.parkNanos(RETRY_NS);
                }
                ended = read < 0;
            }
        } catch (final ClosedChannelException e) {
            throw e;
        } catch (final IOException e) {
            final long at = offset + buffer.position();
            throw new IOException(name + ": cannot be read at byte " + at + ": " + e.getMessage(), e);
        } finally {
            buffer.flip();
        }
    }

    /** The available byte at index i. */
    public byte at(final int i) {
        return buffer.get(buffer.position() + i);
    }

    /** The two available bytes at index i, as a signed little-endian integer. */
    public short int16(final int i) {
        return buffer.getShort(buffer.position() + i);
    }

    /** The four available bytes at index i, as a signed little-endian integer. */
    public int int32(final int i) {
        return buffer.getInt(buffer.position() + i);
    }

    /** The eight available bytes at index i, as a signed little-endian integer. */
    public long int64(final int i) {
        return buffer.getLong(buffer.position() + i);
    }

    /** Whether the available bytes at index i are the given text in ISO 8859-1. */
    public boolean is(final int i, final String text) {
        for (int k = 0; k < text.length(); k++) {
            if ((at(i + k) & 0xff) != text.charAt(k)) {
                return false;
            }
        }
        return true;
    }

    /** Skips n available bytes. */
    public void take(final int n) {
        buffer.position(buffer.position() + n);
        offset += n;
    }

    /** Takes available bytes and fills the array with them. */
    public void take(final byte[] to) {
        buffer.get(to);
        offset += to.length;
    }

    /** Takes available bytes, as many as the given buffer has room for. */
    public void take(final ByteBuffer to) {
        final int n = Math.min(to.remaining(), buffer.remaining());
        to.put(to.position(), buffer, buffer.position(), n).position(to.position() + n);
        take(n);
    }

    /** Takes n available little-endian float32 numbers. */
    public void take(final float[] to, final int n) {
        MemorySegment.copy(segment, FLOAT, buffer.position(), to, 0, n);
        take(n * Float.BYTES);
    }

    /**
     * Waits for n bytes and skips them.
     *
     * @return the number of skipped bytes; less than n if the stream ends first
     */
    public long skip(final long n) throws IOException {
        long left = n;
        while (left > 0 && await(1) == 1) {
            final int now = (int) Math.min(left, buffer.remaining());
            take(now);
            left -= now;
        }
        return n - left;
    }

    /** The next available bytes, at most n, quoted for a message. */
    public String shown(final int n) {
        final byte[] next = new byte[Math.min(n, buffer.remaining())];
        buffer.get(buffer.position(), next);
        return Printable.bytes(next);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
