package org.tickwave.bench.model;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** The bytes of a file whose size is known, read once from first to last. */
final class SizedInput implements Closeable {
    private final String name;
    private final ReadableByteChannel channel;
    private final long size;
    private long position;

    SizedInput(final String name, final ReadableByteChannel channel, final long size) {
        this.name = name;
        this.channel = channel;
        this.size = size;
    }

    /** What to call it in a message. */
    String name() {
        return name;
    }

    long size() {
        return size;
    }

    /** How many bytes were read. */
    long position() {
        return position;
    }

    /** Fills what remains of a buffer; whoever asks for more than the size says gets what a file that shrank gets. */
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
