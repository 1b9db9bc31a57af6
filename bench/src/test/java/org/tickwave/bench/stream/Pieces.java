package org.tickwave.bench.stream;

import java.io.IOException;

/** Opens bytes as a pipe hands them out, for tests in other packages. */
public final class Pieces {
    private Pieces() {
    }

    /**
     * @param piece  bytes that a read of the pipe gives, at most
     * @param format null where the bytes say themselves what they are
     */
    public static Source open(final String name, final byte[] bytes, final int piece, final Format format)
        throws IOException {
        return Input.open(name, Streams.pieces(bytes, piece), format);
    }
}
