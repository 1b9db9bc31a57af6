package org.tickwave.bench.net;

import java.io.IOException;

/** A description of a network is invalid. The message is one line that says which file, where, and what was expected. */
public final class NetworkException extends IOException {
    private static final long serialVersionUID = 1L;

    NetworkException(final String message) {
        super(message);
    }
}
