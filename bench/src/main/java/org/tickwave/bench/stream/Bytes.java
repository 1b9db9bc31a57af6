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
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;
import org.tickwave.bench.stdio.Descriptors;

/**
 * The bytes of a stream as they come, through one buffer. It never seeks and never waits for more than was asked for, so a
 * pipe is as good as a file; an interrupt ends a wait (and closes the channel, as channels do).
 */
public final class Bytes implements Closeable {
    public static final int BUFFER = 65_536;

    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final long NOTHING_YET_NS = 500_000;

    private final String name;
    private final ReadableByteChannel channel;
    private ByteBuffer buffer;
    private MemorySegment segment;
    private long offset;
    private boolean ended;

    /** @param atLeast how many bytes will be asked for at once; a call that asks for more makes the buffer grow */
    public Bytes(final String name, final ReadableByteChannel channel, final int atLeast) {
        this(name, channel, ByteBuffer.allocate(Math.max(BUFFER, atLeast)));
    }

    /** @param buffer to read through, whatever it holds; for one stream at a time */
    public Bytes(final String name, final ReadableByteChannel channel, final ByteBuffer buffer) {
        this.name = name;
        this.channel = channel;
        use(buffer.clear().limit(0));
    }

    private void use(final ByteBuffer next) {
        buffer = next.order(ByteOrder.LITTLE_ENDIAN);
        segment = MemorySegment.ofBuffer(next.duplicate().clear());
    }

    /** Opens a file that was there before. */
    public static FileChannel channel(final String name, final Path path) throws IOException {
        final String closed = Descriptors.closed(path);
        if (closed != null) {
            throw new StreamException(name + ": " + closed);
        }
        try {
            return FileChannel.open(path, StandardOpenOption.READ);
        } catch (final NoSuchFileException e) {
            throw new StreamException(name + ": no such file, and there was one before");
        } catch (final AccessDeniedException e) {
            throw new StreamException(name + ": may not be read: expected a file with read permission");
        } catch (final FileSystemException e) {
            throw new IOException(name + ": cannot be opened: " + (e.getReason() == null ? e.toString() : e.getReason()), e);
        }
    }

    public String name() {
        return name;
    }

    /** How many bytes can be asked for at once without a larger buffer. */
    public int capacity() {
        return buffer.capacity();
    }

    /** How many bytes of the stream were taken: the offset of the next. */
    public long offset() {
        return offset;
    }

    /** Waits until n bytes are there, or the stream ends; how many of them are. */
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
                    // Only a pipe that somebody made non-blocking answers so.
                    LockSupport.parkNanos(NOTHING_YET_NS);
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

    /** A byte that is there, i after the next. */
    public byte at(final int i) {
        return buffer.get(buffer.position() + i);
    }

    /** Two bytes that are there, i after the next, as an integer from -32,768. */
    public short int16(final int i) {
        return buffer.getShort(buffer.position() + i);
    }

    /** Four bytes that are there, i after the next, as an integer. */
    public int int32(final int i) {
        return buffer.getInt(buffer.position() + i);
    }

    /** Eight bytes that are there, i after the next, as an integer. */
    public long int64(final int i) {
        return buffer.getLong(buffer.position() + i);
    }

    /** Whether bytes that are there, i after the next, are a text of ISO 8859-1. */
    public boolean is(final int i, final String text) {
        for (int k = 0; k < text.length(); k++) {
            if ((at(i + k) & 0xff) != text.charAt(k)) {
                return false;
            }
        }
        return true;
    }

    /** Passes over bytes that are there. */
    public void take(final int n) {
        buffer.position(buffer.position() + n);
        offset += n;
    }

    /** Takes bytes that are there, as many as the array is long. */
    public void take(final byte[] to) {
        buffer.get(to);
        offset += to.length;
    }

    /** Takes little-endian float32 that are there. */
    public void take(final float[] to, final int n) {
        MemorySegment.copy(segment, FLOAT, buffer.position(), to, 0, n);
        take(n * Float.BYTES);
    }

    /** Passes over n bytes as they come; how many there were. */
    public long skip(final long n) throws IOException {
        long left = n;
        while (left > 0 && await(1) == 1) {
            final int now = (int) Math.min(left, buffer.remaining());
            take(now);
            left -= now;
        }
        return n - left;
    }

    /** The next bytes for a message, up to n, if they are there. */
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
