package org.tickwave.bench.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import org.tickwave.bench.input.Input;
import org.tickwave.bench.sound.WavHeader;
import org.tickwave.bench.sound.WavStream;

/** Opens bytes as streams that arrive in pieces, as from a pipe. For tests in other packages. */
public final class Pieces {
    /** A read buffer smaller than the buffer of a real header check. */
    private static final int SMALL = 64;

    private Pieces() {
    }

    /** A channel that hands bytes out in pieces. */
    public static ReadableByteChannel channel(final byte[] bytes, final int piece) {
        return Streams.pieces(bytes, piece);
    }

    /**
     * @param piece  largest number of bytes that a read of the pipe returns
     * @param format null if the bytes have a header
     */
    public static FrameStream open(final String name, final byte[] bytes, final int piece, final Format format)
        throws IOException {
        return Input.open(name, Streams.pieces(bytes, piece), format);
    }

    /** A recording in a file of known length. Its header has been read before, as in a directory of recordings. */
    public static FrameStream wavFile(final String name, final byte[] bytes, final int piece) throws IOException {
        final ByteBuffer small = ByteBuffer.allocate(SMALL);
        final WavHeader seen = WavHeader.read(new Bytes(name, Streams.pieces(bytes, piece), small), bytes.length);
        final Bytes again = new Bytes(name, Streams.pieces(bytes, piece), 0);
        final WavHeader header = WavHeader.read(again, bytes.length);
        assertEquals(seen, header);
        return new WavStream(again, header);
    }
}
