package org.tickwave.bench.stream;

import java.io.IOException;
import java.util.List;

/**
 * A stream is not what it should be; the message is one line that says which, where, and what was expected. Frames are
 * counted from 1 there, bytes from 0.
 */
public final class StreamException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> details;

    public StreamException(final String message) {
        this(message, List.of());
    }

    /** @param details lines to show before the message */
    public StreamException(final String message, final List<String> details) {
        super(message);
        this.details = List.copyOf(details);
    }

    /** Lines to show before the message; most have none. */
    public List<String> details() {
        return details;
    }
}
