package org.tickwave.bench.input;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.tickwave.bench.keep.RunningCrc;
import org.tickwave.bench.stream.StreamException;

/** How much of a file was read so far, by any reader, and the CRC of these bytes. For one thread at a time. */
final class Prefix {
    private static final int CHUNK_BYTES = 1 << 20;

    private RunningCrc crc = new RunningCrc();
    private long length;

    /**
     * Bytes were read.
     *
     * @param at   their offset
     * @param from the bytes; unchanged
     */
    void read(final long at, final ByteBuffer from) {
        if (at <= length && at + from.remaining() > length) {
            final ByteBuffer more = from.duplicate();
            more.position(more.position() + (int) (length - at));
            length += more.remaining();
            crc.update(more);
        }
    }

    long length() {
        return length;
    }

    int crc() {
        return crc.value();
    }

    /**
     * Reads the prefix of a file.
     *
     * @throws StreamException if the file is shorter, or has other bytes there
     */
    void expect(final String name, final FileChannel file, final long expectedLength, final int expectedCrc) throws IOException {
        final ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
        crc = new RunningCrc();
        length = 0;
        while (length < expectedLength) {
            chunk.clear().limit((int) Math.min(CHUNK_BYTES, expectedLength - length));
            if (file.read(chunk, length) < 0) {
                throw new StreamException(name + ": has " + length + " bytes: expected the " + expectedLength + " that were read before");
            }
            read(length, chunk.flip());
        }
        if (crc.value() != expectedCrc) {
            throw new StreamException(name + ": its first " + expectedLength + " bytes differ from those that were read before: expected the"
                + " same file");
        }
    }
}
