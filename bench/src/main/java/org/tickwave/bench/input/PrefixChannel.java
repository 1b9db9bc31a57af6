package org.tickwave.bench.input;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** Reads a file, and tells its {@link Prefix} what was read. */
record PrefixChannel(FileChannel file, Prefix prefix) implements SeekableByteChannel {
    @Override
    public int read(final ByteBuffer to) throws IOException {
        final long at = file.position();
        final int from = to.position();
        final int read = file.read(to);
        if (read > 0) {
            prefix.read(at, to.duplicate().flip().position(from));
        }
        return read;
    }

    @Override
    public int write(final ByteBuffer from) {
        throw new NonWritableChannelException();
    }

    @Override
    public long position() throws IOException {
        return file.position();
    }

    @Override
    public SeekableByteChannel position(final long to) throws IOException {
        file.position(to);
        return this;
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public SeekableByteChannel truncate(final long size) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return file.isOpen();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
