package org.tickwave.bench.stream;

import java.io.IOException;

/** The bytes of a stream are not what they should be; the message is one line that says which, where, and what was expected. */
public final class StreamException extends IOException {
    private static final long serialVersionUID = 1L;

    public StreamException(final String message) {
        super(message);
    }
}
