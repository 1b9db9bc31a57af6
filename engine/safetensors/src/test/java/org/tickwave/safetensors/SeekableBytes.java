package org.tickwave.safetensors;

import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** A file in memory that is read in pieces and may be shorter than the size that it reports. */
final class SeekableBytes implements SeekableByteChannel {
    private final byte[] bytes;
    private final long size;
    private final int piece;
    private long position;
    private boolean open = true;

    /**
     * @param size  size that the channel reports
     * @param piece largest number of bytes that a read returns
     */
    SeekableBytes(final byte[] bytes, final long size, final int piece) {
        this.bytes = bytes;
        this.size = size;
        this.piece = piece;
    }

    @Override
    public int read(final ByteBuffer to) {
        if (position >= bytes.length) {
            return -1;
        }
        final int n = Math.min(piece, Math.min(to.remaining(), bytes.length - (int) position));
        to.put(bytes, (int) position, n);
        position += n;
        return n;
    }

    @Override
    public int write(final ByteBuffer from) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(final long to) {
        position = to;
        return this;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public SeekableByteChannel truncate(final long to) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
    }
}
