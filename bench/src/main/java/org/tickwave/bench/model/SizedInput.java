package org.tickwave.bench.model;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** The bytes of a file. Its size is asked for once, so a file that becomes shorter is refused. */
final class SizedInput implements Closeable {
    private final String name;
    private final SeekableByteChannel channel;
    private final long size;
    private long position;

    SizedInput(final String name, final SeekableByteChannel channel) throws IOException {
        this.name = name;
        this.channel = channel;
        size = channel.size();
    }

    /** What to call it in a message. */
    String name() {
        return name;
    }

    long size() {
        return size;
    }

    /** Where the next byte is read. */
    long position() {
        return position;
    }

    /** Goes to a byte, which is read next. */
    void seek(final long to) throws IOException {
        channel.position(to);
        position = to;
    }

    /** Fills the rest of a buffer, or refuses a file that has become shorter. */
    void fill(final ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            final int read;
            try {
                read = channel.read(buffer);
            } catch (final IOException e) {
                throw new ModelException(name + ": cannot be read at byte " + position + ": " + AtomicFile.reason(e), e);
            }
            if (read < 0) {
                throw new ModelException(name + ": ends at byte " + position + " while it is read: expected " + size
                    + " bytes, as many as it had");
            }
            position += read;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
