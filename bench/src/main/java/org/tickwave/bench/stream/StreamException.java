package org.tickwave.bench.stream;

import java.io.IOException;

/**
 * A stream is not what it should be; the message is one line that says which, where, and what was expected. Frames are
 * counted from 1 there, bytes from 0.
 */
public final class StreamException extends IOException {
    private static final long serialVersionUID = 1L;

    public StreamException(final String message) {
        super(message);
    }
}
