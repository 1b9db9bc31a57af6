package org.tickwave.safetensors;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import org.tickwave.safetensors.file.AtomicFile;
import org.tickwave.safetensors.file.FileException;

/** Reads a file whose size is determined once, when the file is opened. A file that becomes shorter later is refused. */
final class SizedInput implements Closeable {
    private final String name;
    private final SeekableByteChannel channel;
    private final long size;
    private long position;

    SizedInput(final String name, final SeekableByteChannel channel) throws IOException {
        this.name = name;
        this.channel = channel;
        try {
            size = channel.size();
        } catch (final IOException e) {
            throw new FileException(name + ": cannot be read: " + AtomicFile.reason(e), e);
        }
    }

    /** The name of the file in messages. */
    String name() {
        return name;
    }

    long size() {
        return size;
    }

    /** The offset of the next byte. */
    long position() {
        return position;
    }

    /**
     * Sets the offset of the next byte.
     *
     * @throws FileException if the file cannot be read
     */
    void seek(final long to) throws IOException {
        try {
            channel.position(to);
        } catch (final IOException e) {
            throw unreadable(to, e);
        }
        position = to;
    }

    /**
     * Fills the rest of a buffer.
     *
     * @throws FileException if the file cannot be read or has become shorter
     */
    void fill(final ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            final int read;
            try {
                read = channel.read(buffer);
            } catch (final IOException e) {
                throw unreadable(position, e);
            }
            if (read < 0) {
                throw new FileException(name + ": ends at byte " + position + ": expected " + size
                    + " bytes, the size when the file was opened");
            }
            position += read;
        }
    }

    private FileException unreadable(final long at, final IOException e) {
        return new FileException(name + ": cannot be read at byte " + at + ": " + AtomicFile.reason(e), e);
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } catch (final IOException e) {
            throw new FileException(name + ": cannot be closed: " + AtomicFile.reason(e), e);
        }
    }
}
