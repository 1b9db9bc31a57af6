package org.tickwave.bench.stream;

import java.io.IOException;
import java.util.List;

/**
 * A stream is invalid or cannot be opened. The message is one line that says which stream, where, and what was expected. Messages
 * count frames from 1 and bytes from 0.
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

    /** Lines to show before the message; usually empty. */
    public List<String> details() {
        return details;
    }
}
